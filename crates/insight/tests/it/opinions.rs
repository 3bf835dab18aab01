//! Sentiment of a mention, as data.

use insight::{Corpus, Language, Options, Review};

struct Case<'a> {
    aspect: &'a str,
    sign: &'a str,
    sentence: &'a str,
}

fn cases(lines: &str) -> Vec<Case<'_>> {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (what, sentence) = line.split_once(" | ")?;
            let (aspect, sign) = what.split_once(' ')?;
            Some(Case { aspect, sign, sentence })
        })
        .collect()
}

#[test]
fn a_mention_is_praised_or_faulted_as_its_sentence_says() {
    let cases = cases(include_str!("opinions.txt"));
    let mut corpus = Corpus::new(Language::English);
    for case in &cases {
        corpus.review(Review::default(), [case.sentence]);
    }
    let insight = corpus.mine(&Options::default(), |_| true);
    let mut wrong = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let aspect = insight.aspects.iter().find(|aspect| aspect.name == case.aspect);
        let voice = aspect.and_then(|aspect| aspect.voices.iter().find(|voice| voice.review == number));
        let polarity = voice.map(|voice| voice.mentions[0].polarity);
        let sign = match polarity {
            None => "unheard",
            Some(polarity) if polarity > 0.0 => "+",
            Some(polarity) if polarity < 0.0 => "-",
            Some(_) => "0",
        };
        if sign != case.sign {
            wrong.push(format!("{} {sign} {polarity:?}, not {}: {}", case.aspect, case.sign, case.sentence));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
