//! The chat template of a model, taken apart so that the texts in it are never read as control tokens.
//!
//! A review may hold `<|im_end|>`. So the template is rendered once around two placeholders, and at each request only the
//! text around them may become control tokens.

use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel};
use llama_cpp_2::token::LlamaToken;

use crate::InferError;

const SYSTEM: &str = "russet-system-text";
const PROMPT: &str = "russet-prompt-text";

/// The fixed text of a chat template.
pub(super) struct Template {
    with_system: [String; 3],
    without_system: [String; 2],
}

impl Template {
    /// The template that the model carries, else ChatML.
    pub(super) fn of(model: &LlamaModel) -> Result<Template, InferError> {
        let template = match model.chat_template(None) {
            Ok(template) => template,
            Err(_) => LlamaChatTemplate::new("chatml").map_err(InferError::failed)?,
        };
        let render = |messages: &[(&str, &str)]| render(model, &template, messages);
        let whole = render(&[("system", SYSTEM), ("user", PROMPT)])?;
        let (before, rest) = cut(&whole, SYSTEM)?;
        let (between, after) = cut(&rest, PROMPT)?;
        let (start, end) = cut(&render(&[("user", PROMPT)])?, PROMPT)?;
        Ok(Template { with_system: [before, between, after], without_system: [start, end] })
    }

    /// The tokens of a request.
    pub(super) fn encode(&self, model: &LlamaModel, system: &str, prompt: &str) -> Vec<LlamaToken> {
        let vocab = model.vocab();
        let (control, text) = (true, false);
        let pieces: Vec<(&str, bool)> = match (system, &self.with_system, &self.without_system) {
            ("", _, [start, end]) => vec![(start, control), (prompt, text), (end, control)],
            (_, [before, between, after], _) => {
                vec![(before, control), (system, text), (between, control), (prompt, text), (after, control)]
            }
        };
        let mut tokens = Vec::new();
        for (piece, has_control) in pieces {
            let is_first = tokens.is_empty();
            tokens.extend(vocab.tokenize(piece.as_bytes(), is_first, has_control));
        }
        tokens
    }
}

fn render(
    model: &LlamaModel,
    template: &LlamaChatTemplate,
    messages: &[(&str, &str)],
) -> Result<String, InferError> {
    let message = |(role, text): &(&str, &str)| LlamaChatMessage::new((*role).to_owned(), (*text).to_owned());
    let messages: Vec<_> =
        messages.iter().map(message).collect::<Result<_, _>>().map_err(InferError::failed)?;
    model.apply_chat_template(template, &messages, true).map_err(InferError::failed)
}

fn cut(text: &str, at: &str) -> Result<(String, String), InferError> {
    let (before, after) =
        text.split_once(at).ok_or_else(|| InferError::failed("the chat template of the model loses text"))?;
    Ok((before.to_owned(), after.to_owned()))
}
