//! Whether an answer is right.
//!
//! An answer to a question that can be answered is right when it is no abstention, its text holds one of the expected
//! strings (in any case of letters) and none of the forbidden ones, and it does not say no where yes is right, or yes
//! where no is. Where yes or no is all that is expected, it has to say it. Only an abstention is right for a question
//! that cannot be answered.
//!
//! A row of evidence that an answer cites is right when it is about the product of the question (any product where the
//! question names none) and its quotation or what it stands under holds one of the strings of a supporting quotation.

use assistant::{Answer, Polarity};
use commerce::ProductId;
use search::EvidenceRow;

use crate::conversations::contains;
use crate::judged::{JudgedQuestion, YesNo};

/// What became of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the answer is right.
    pub is_right: bool,
    /// Why it is not; empty for a right one.
    pub reason: String,
    /// Rows that the answer cites.
    pub cited: usize,
    /// Those of them that are right.
    pub supporting: usize,
    /// Whether a right row is shown beside an answer that the store does not say it.
    pub is_shown: bool,
}

/// Judges an answer with its text; `product` is what the question is about.
pub fn judge(question: &JudgedQuestion, product: Option<&ProductId>, answer: &Answer, text: &str) -> Verdict {
    let reason = mistake(question, answer, text).unwrap_or_default();
    let mut verdict = Verdict { is_right: reason.is_empty(), reason, ..Verdict::default() };
    if !question.is_answerable {
        return verdict;
    }
    let is_right = |row: &&EvidenceRow| {
        let is_about = product.is_none() || row.product.as_ref() == product;
        let holds = |part: &String| contains(&row.quote, part) || contains(&row.context, part);
        is_about && question.expect.evidence_contains.iter().any(holds)
    };
    let supporting = answer.evidence.iter().filter(is_right).count();
    match answer.is_abstention {
        true => verdict.is_shown = supporting > 0,
        false => (verdict.cited, verdict.supporting) = (answer.evidence.len(), supporting),
    }
    verdict
}

fn mistake(question: &JudgedQuestion, answer: &Answer, text: &str) -> Option<String> {
    let expect = &question.expect;
    match (question.is_answerable, answer.is_abstention) {
        (true, true) => return Some("abstained".to_owned()),
        (false, true) => return None,
        (false, false) => return Some("answered what the data does not say".to_owned()),
        (true, false) => {}
    }
    if !expect.any_of.is_empty() && !expect.any_of.iter().any(|part| contains(text, part)) {
        return Some(format!("without any of {:?}", expect.any_of));
    }
    if let Some(part) = expect.none_of.iter().find(|part| contains(text, part)) {
        return Some(format!("with {part:?}"));
    }
    let said = said(answer, text);
    match (expect.polarity, said) {
        (None, _) => None,
        (Some(expected), Some(said)) if expected == said => None,
        (Some(_), None) if !expect.any_of.is_empty() => None,
        (Some(expected), said) => Some(format!("{expected:?} is right, it says {said:?}")),
    }
}

/// Yes or no: the first word, else what all claims that take a side agree on.
fn said(answer: &Answer, text: &str) -> Option<YesNo> {
    let first = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    match first.to_lowercase().as_str() {
        "yes" => return Some(YesNo::Yes),
        "no" => return Some(YesNo::No),
        _ => {}
    }
    let has = |polarity| answer.claims.iter().any(|claim| claim.polarity == polarity);
    match (has(Polarity::Positive), has(Polarity::Negative)) {
        (true, false) => Some(YesNo::Yes),
        (false, true) => Some(YesNo::No),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judged::Expected;

    fn question(is_answerable: bool, polarity: Option<YesNo>, any_of: &[&str]) -> JudgedQuestion {
        JudgedQuestion {
            question: "Is it warm?".to_owned(),
            product: None,
            page: false,
            kind: "description".to_owned(),
            is_answerable,
            expect: Expected {
                any_of: any_of.iter().map(ToString::to_string).collect(),
                polarity,
                ..Expected::default()
            },
        }
    }

    fn is_right(question: &JudgedQuestion, is_abstention: bool, text: &str) -> bool {
        judge(question, None, &Answer { is_abstention, ..Answer::default() }, text).is_right
    }

    #[test]
    fn a_right_answer_says_what_is_expected_and_does_not_say_the_contrary() {
        let warm = question(true, Some(YesNo::Yes), &["1‑year"]);
        assert!(is_right(&warm, false, "Yes. “1-Year limited warranty”"));
        assert!(is_right(&warm, false, "It says: 1-year"));
        assert!(!is_right(&warm, false, "No. It has a 1-year warranty."));
        assert!(!is_right(&warm, false, "Yes."));
        assert!(!is_right(&warm, true, "The data does not say; 1-year."));
    }

    #[test]
    fn yes_or_no_alone_has_to_be_said() {
        let only = question(true, Some(YesNo::No), &[]);
        assert!(is_right(&only, false, "No, it comes in S, M and L."));
        assert!(!is_right(&only, false, "It comes in S, M and L."));
    }

    #[test]
    fn only_silence_is_right_where_the_data_is_silent() {
        assert!(is_right(&question(false, None, &[]), true, "The data does not say."));
        assert!(!is_right(&question(false, None, &[]), false, "It is."));
    }
}
