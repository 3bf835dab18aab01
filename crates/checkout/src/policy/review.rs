//! `[review]`: what somebody of the shop looks at before it is done.

use commerce::Money;
use serde::{Deserialize, Serialize};

use super::fault::Check;
use super::{Price, Window};
use crate::tool::{Effect, NAMES, ToolName};

/// What needs the yes of the staff after the shopper's. Without the table nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewPolicy {
    /// How long somebody of the shop has for it; then nothing is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// A call that any of these fits is looked at.
    #[serde(rename = "rule")]
    pub rules: Vec<ReviewRule>,
}

/// Calls that are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRule {
    /// Tools, by name.
    pub tools: Vec<String>,
    /// Only where the goods or the money that go back are worth more than this, with what went back of the same order before; left
    /// out: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Price>,
}

impl ReviewPolicy {
    /// How long the staff has for a call, where it needs their yes.
    pub(crate) fn of(&self, tool: ToolName, at_stake: Money) -> Option<Window> {
        let is_above = |price: &Price| price.minor() < at_stake.amount_minor;
        let fits = |rule: &&ReviewRule| {
            rule.tools.iter().any(|name| name == tool.as_str()) && rule.above.as_ref().is_none_or(is_above)
        };
        self.rules.iter().find(fits).and(self.within)
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        let has_time = self.rules.is_empty() || self.within.is_some();
        check.require(has_time, "review", "nobody knows how long it may take", "add within = \"3 days\"");
        for (place, rule) in self.rules.iter().enumerate() {
            let key = format!("review.rule[{place}]");
            let fix = "name tools that cannot be taken back, such as \"return_items\"";
            check.require(!rule.tools.is_empty(), &format!("{key}.tools"), "the list is empty", fix);
            for name in &rule.tools {
                let tool = NAMES.contains(&name.as_str()).then(|| ToolName::parse(name)).flatten();
                let is_fine = tool.is_some_and(|tool| tool.effect() == Effect::Irreversible);
                let what = format!("\"{name}\" is no tool that waits for a yes");
                check.require(is_fine, &format!("{key}.tools"), what, fix);
            }
            rule.above.iter().for_each(|price| check.price(price, &format!("{key}.above")));
        }
    }
}
