//! The stores whose feeds stand beside their judgements, in `judged/NAME/feed`, as the platform exported them.

/// A store that is imported from its folder as it stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// The name of the folder, and of the store on the command line.
    pub name: &'static str,
    /// ISO 4217 code of prices that name no currency, which a merchant gives with the import.
    pub currency: &'static str,
}

/// All of them.
pub(super) static FOLDERS: [Folder; 11] = [
    Folder { name: "beauty", currency: "USD" },
    Folder { name: "bikes", currency: "GBP" },
    Folder { name: "cuisine", currency: "EUR" },
    Folder { name: "electronics", currency: "EUR" },
    Folder { name: "fahrrad", currency: "EUR" },
    Folder { name: "furniture", currency: "GBP" },
    Folder { name: "grocery", currency: "EUR" },
    Folder { name: "music", currency: "USD" },
    Folder { name: "pets", currency: "GBP" },
    Folder { name: "tools", currency: "GBP" },
    Folder { name: "vivero", currency: "EUR" },
];
