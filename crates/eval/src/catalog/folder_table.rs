//! The stores whose feeds stand beside their judgements, in `judged/NAME/feed`, as the platform exported them.

/// A store that is imported from its folder as it stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// The name of the folder, and of the store on the command line.
    pub name: &'static str,
    /// ISO 4217 code of prices that name no currency, which a merchant gives with the import.
    pub currency: &'static str,
    /// The language that its shoppers have set, ISO 639-1.
    pub language: &'static str,
}

/// All of them.
pub(super) static FOLDERS: [Folder; 13] = [
    Folder { name: "beauty", currency: "USD", language: "en" },
    Folder { name: "bikes", currency: "GBP", language: "en" },
    Folder { name: "cuisine", currency: "EUR", language: "fr" },
    Folder { name: "electronics", currency: "EUR", language: "en" },
    Folder { name: "fahrrad", currency: "EUR", language: "de" },
    Folder { name: "furniture", currency: "GBP", language: "en" },
    Folder { name: "grocery", currency: "EUR", language: "en" },
    Folder { name: "music", currency: "USD", language: "en" },
    Folder { name: "nursery", currency: "GBP", language: "en" },
    Folder { name: "office", currency: "USD", language: "en" },
    Folder { name: "pets", currency: "GBP", language: "en" },
    Folder { name: "tools", currency: "GBP", language: "en" },
    Folder { name: "vivero", currency: "EUR", language: "es" },
];
