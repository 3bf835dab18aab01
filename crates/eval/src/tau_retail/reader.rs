//! A decider that wants what a message says, as `{"tool": …, "input": …}`, and ends the turn once it is on its way.

use agent::{Line, ToolName, Usage};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use sessions::{Asked, Decider, Decision, Voice, Wish};

pub(super) struct Reader;

impl Decider for Reader {
    fn decide<'a>(&'a self, asked: Asked, _: &'a Voice) -> BoxFuture<'a, (Decision, Usage)> {
        let is_new = asked.lines.iter().all(|line| matches!(line, Line::Said { .. }));
        let wish = asked.said().filter(|_| is_new).and_then(|said| {
            let tool = ToolName::new(said["tool"].as_str()?);
            Some(Wish { call: "c1".to_owned(), tool, input: said["input"].clone() })
        });
        let decision = match wish {
            Some(wish) => Decision::Calls(vec![wish]),
            None => Decision::Reply(json!("Noted.")),
        };
        std::future::ready((decision, Usage::default())).boxed()
    }
}
