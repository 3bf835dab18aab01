//! Numbers of a text, however they are written.

use std::collections::BTreeSet;

/// The numbers that stand in a text, without the marks of thousands and without noughts that say nothing.
pub(super) fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let runs = text.split(|c: char| !is_part(c)).map(|run| run.trim_matches(['.', ',']));
    runs.filter(|run| run.contains(|c: char| c.is_ascii_digit())).map(normal).collect()
}

fn normal(run: &str) -> String {
    let plain = match run.rsplit_once(',') {
        Some((_, rest)) if rest.len() == 3 && !rest.contains('.') => run.replace(',', ""),
        Some((whole, rest)) if rest.contains('.') => format!("{}{rest}", whole.replace(',', "")),
        _ => run.replace(',', "."),
    };
    plain.parse::<f64>().map_or(plain.clone(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let text = "1,800 mm, 1800 mm; $45.00, 45 and 1.32 kg.";
        assert_eq!(numbers(text).into_iter().collect::<Vec<_>>(), ["1.32", "1800", "45"]);
    }
}
