//! Which model is wanted, as a person writes it on the command line.

use std::fmt;
use std::path::PathBuf;

use url::Url;

/// A model as chosen by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// `none`: go on without.
    None,
    /// `default`: the registry's default for the role.
    Default,
    /// A name in the registry.
    Named(String),
    /// A `.gguf` file, or for embeddings a folder with `model.onnx` and `tokenizer.json`, or with `weights.npz` and
    /// `sp.model`.
    Path(PathBuf),
    /// An OpenAI-compatible server: `http://host:port/v1#model`.
    Remote {
        /// The base address, up to and including `/v1`.
        base: Url,
        /// The name of the model there.
        model: String,
    },
}

impl Choice {
    /// Reads a choice. Whatever is neither a word of this list, an address nor a path is a name.
    pub fn parse(text: &str) -> Choice {
        match text.trim() {
            "" | "default" => Choice::Default,
            "none" => Choice::None,
            text => remote(text).or_else(|| path(text)).unwrap_or_else(|| Choice::Named(text.to_owned())),
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::None => f.write_str("none"),
            Choice::Default => f.write_str("default"),
            Choice::Named(name) => f.write_str(name),
            Choice::Path(path) => write!(f, "{}", path.display()),
            Choice::Remote { base, model } => write!(f, "{base}#{model}"),
        }
    }
}

fn remote(text: &str) -> Option<Choice> {
    let mut base = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let model = base.fragment().unwrap_or("default").to_owned();
    base.set_fragment(None);
    Some(Choice::Remote { base, model })
}

fn path(text: &str) -> Option<Choice> {
    let is_path = text.ends_with(".gguf") || text.contains(std::path::is_separator);
    is_path.then(|| Choice::Path(PathBuf::from(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let shown = |text: &str| format!("{:?}", Choice::parse(text));
        assert_eq!(shown("none"), "None");
        assert_eq!(shown(""), "Default");
        assert_eq!(shown("qwen2.5-coder-0.5b"), r#"Named("qwen2.5-coder-0.5b")"#);
        assert_eq!(shown("model.gguf"), r#"Path("model.gguf")"#);
        assert_eq!(shown("./minilm"), r#"Path("./minilm")"#);
    }

    #[test]
    fn takes_the_model_of_a_server_from_the_fragment() {
        let choice = Choice::parse("http://127.0.0.1:8080/v1#qwen");
        assert_eq!(choice.to_string(), "http://127.0.0.1:8080/v1#qwen");
        let Choice::Remote { base, model } = choice else { panic!("not remote") };
        assert_eq!((base.as_str(), model.as_str()), ("http://127.0.0.1:8080/v1", "qwen"));
    }
}
