//! Judged questions.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use assistant::{Ask, MAX_TOKENS, Reply};
use commerce::Locale;
use infer::{Constraint, LanguageModel, Request};

use search::Language;

use super::Failure;
use crate::catalog::Catalog;
use crate::judged::{self, JudgedQuestion};
use crate::metric::{percentile, share};
use crate::shop::Shop;
use crate::verdict::{Verdict, judge};

/// How long a language model may take for one answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// The scores of a store's questions.
#[derive(Clone, Debug, Default)]
pub struct QuestionScores {
    /// How many there are.
    pub count: usize,
    /// How many of them can be answered.
    pub answerable: usize,
    /// Share of the answerable ones with a right answer.
    pub accuracy: f64,
    /// Share of the rows that answers to them cite that support what is right, over all rows.
    pub evidence_precision: f64,
    /// Share of the answerable ones whose answer cites at least one such row.
    pub supported: f64,
    /// Share of abstentions that are right.
    pub abstention_precision: f64,
    /// Share of the unanswerable ones with an abstention.
    pub abstention_recall: f64,
    /// Share of the answerable ones that meet silence and are shown a row beside it that supports an answer.
    pub shown: f64,
    /// Median and 99th percentile of the time of one answer without a language model.
    pub latency: [Duration; 2],
    /// Sentences of a language model that did not stand the checks.
    pub rejected: usize,
    /// Share of right answers by kind of question, with how many there are.
    pub kinds: BTreeMap<String, (f64, usize)>,
    /// Wrong answers.
    pub failures: Vec<Failure>,
}

impl QuestionScores {
    /// The harmonic mean of precision and recall of abstentions.
    pub fn abstention_f1(&self) -> f64 {
        let sum = self.abstention_precision + self.abstention_recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.abstention_precision * self.abstention_recall / sum }
    }
}

/// One question with what was answered.
struct Outcome {
    question: JudgedQuestion,
    is_abstention: bool,
    text: String,
    verdict: Verdict,
    rejected: usize,
    time: Duration,
}

/// Asks all questions of a store that there are in a language, phrased by the language model where there is one.
pub async fn run(
    catalog: Catalog,
    shop: &Shop,
    model: &LanguageModel,
    language: Language,
) -> anyhow::Result<QuestionScores> {
    let mut outcomes = Vec::new();
    // A store that is judged in its own language has no translations.
    let own = if language == Language::English { catalog.language() } else { language };
    for question in judged::questions_in(catalog, language)? {
        outcomes.push(one(shop, model, own, question).await?);
    }
    Ok(scores(&outcomes))
}

/// How a shopper of this language has set the page.
fn locale(language: Language) -> Locale {
    match language {
        Language::English => Locale::default(),
        other => Locale::parse(other.code()),
    }
}

async fn one(
    shop: &Shop,
    model: &LanguageModel,
    language: Language,
    question: JudgedQuestion,
) -> anyhow::Result<Outcome> {
    let locale = locale(language);
    let mut ask = Ask {
        locale,
        text: question.question.clone(),
        product: question.product.clone().filter(|_| question.page),
        now: Shop::now(),
        ..Ask::default()
    };
    ask.vector = shop.vector(&ask).await?;
    let started = Instant::now();
    let reply = assistant::ask(&shop.view, &ask)?;
    let time = started.elapsed();
    let (text, rejected) = phrased(&reply, model).await?;
    let product = match &question.product {
        Some(id) => shop.view.index.find(id)?,
        None => None,
    };
    let is_of_catalog = shop.view.vocabulary.language() == language;
    let judged = match language {
        Language::English => text.clone(),
        _ if is_of_catalog => in_yes_and_no(&text),
        _ => judged_text(&reply, &text),
    };
    let verdict = judge(&question, product.as_ref(), &reply.answer, &judged);
    Ok(Outcome { is_abstention: reply.answer.is_abstention, question, text, verdict, rejected, time })
}

/// The text with an English yes or no before it, where it begins with one.
fn in_yes_and_no(text: &str) -> String {
    let first = text.split([' ', '.', ',']).next().unwrap_or_default().to_lowercase();
    let said = match first.as_str() {
        "ja" | "oui" | "sí" => "Yes. ",
        "nein" | "non" => "No. ",
        _ => "",
    };
    format!("{said}{text}")
}

/// What is judged where the catalog is in another language than the question: the text with a point for decimals, and with the
/// rows that are cited behind it, for what is right is judged in the language of the catalog.
fn judged_text(reply: &Reply, text: &str) -> String {
    let rows = reply.answer.evidence.iter().map(|row| row.quote.as_str()).collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let pointed = letters.iter().enumerate().map(|(at, letter)| match letter {
        ',' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => '.',
        letter => *letter,
    });
    format!("{} {rows}", in_yes_and_no(&pointed.collect::<String>()))
}

/// The text of a reply, and how many of a model's sentences were turned down.
async fn phrased(reply: &Reply, model: &LanguageModel) -> anyhow::Result<(String, usize)> {
    let Some(phrasing) = reply.phrasing().filter(|_| !model.is_none()) else { return Ok((reply.text(), 0)) };
    let request = Request::new(&phrasing.prompt)
        .system(&phrasing.system)
        .max_tokens(MAX_TOKENS)
        .constraint(Constraint::JsonSchema(phrasing.schema.clone()))
        .time_limit(PATIENCE);
    let completion = model.generate(request).await?.whole().await?;
    let verified = reply.verify(&phrasing, &completion.text);
    Ok((assistant::text(&verified.clauses), verified.rejected))
}

fn scores(outcomes: &[Outcome]) -> QuestionScores {
    let count = |test: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| test(outcome)).count();
    let answerable = count(&|outcome| outcome.question.is_answerable);
    let abstained = count(&|outcome| outcome.is_abstention);
    let rightly = count(&|outcome| outcome.is_abstention && !outcome.question.is_answerable);
    let times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.time).collect();
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for outcome in outcomes {
        let (right, all) = kinds.entry(outcome.question.kind.clone()).or_default();
        *right += usize::from(outcome.verdict.is_right);
        *all += 1;
    }
    QuestionScores {
        count: outcomes.len(),
        answerable,
        accuracy: share(count(&|o| o.question.is_answerable && o.verdict.is_right), answerable),
        evidence_precision: share(
            outcomes.iter().map(|outcome| outcome.verdict.supporting).sum(),
            outcomes.iter().map(|outcome| outcome.verdict.cited).sum(),
        ),
        supported: share(count(&|outcome| outcome.verdict.supporting > 0), answerable),
        abstention_precision: share(rightly, abstained),
        abstention_recall: share(rightly, outcomes.len() - answerable),
        shown: share(
            count(&|outcome| outcome.verdict.is_shown),
            count(&|outcome| outcome.question.is_answerable && outcome.is_abstention),
        ),
        latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
        rejected: outcomes.iter().map(|outcome| outcome.rejected).sum(),
        kinds: kinds.into_iter().map(|(kind, (right, all))| (kind, (share(right, all), all))).collect(),
        failures: outcomes.iter().filter(|outcome| !outcome.verdict.is_right).map(failure).collect(),
    }
}

fn failure(outcome: &Outcome) -> Failure {
    let JudgedQuestion { question, product, page, kind, .. } = &outcome.question;
    let product = product.as_deref().unwrap_or("the shop");
    let place = if *page { "on the page of" } else { "about" };
    let Verdict { reason, cited, supporting, .. } = &outcome.verdict;
    Failure {
        what: format!("{question:?} ({kind}) {place} {product}"),
        expected: format!("wrong: {reason}; {supporting} of {cited} rows support it"),
        got: format!("got: {}", outcome.text),
    }
}
