//! How easily English reads: Flesch's reading ease (Journal of Applied Psychology, 1948), with syllables counted by their vowels.

/// Words, and 206.835 less 1.015 for each word of a sentence and 84.6 for each syllable of a word; plain English has 60 to 70. `None` of no words.
pub fn reading_ease(text: &str) -> Option<f64> {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.contains(|c: char| c.is_alphabetic())).collect();
    if words.is_empty() {
        return None;
    }
    let ends = text.split_whitespace().filter(|word| ends_sentence(word)).count();
    let count = words.len() as f64;
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    Some(206.835 - 1.015 * count / ends.max(1) as f64 - 84.6 * syllables as f64 / count)
}

/// Whether a sentence ends with this word, which a quotation mark or a number of a source may follow.
fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['”', '"', ')', '’', '»', '“']).ends_with(['.', '!', '?'])
}

/// Groups of vowels, without a silent e at the end; one at least.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |letter: &char| "aeiouyäöüáéíóúàèâêîôû".contains(*letter);
    let groups = letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| is_vowel(letter) && (*at == 0 || !is_vowel(&letters[at - 1])))
        .count();
    let is_silent = letters.len() > 2 && letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    let is_silent = is_silent && !is_vowel(&letters[letters.len() - 2]);
    groups.saturating_sub(usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_syllables_and_sentences() {
        let counted = ["tent", "waterproof", "table", "the", "made", "reviewer"].map(syllables);
        assert_eq!(counted, [1, 3, 2, 1, 1, 3]);
        assert_eq!(reading_ease(" 12 "), None);
        let (short, long) = (
            reading_ease("It is dry. It is warm.").unwrap(),
            reading_ease("Its manufacturer recommends professional reimpregnation annually").unwrap(),
        );
        assert!(short > 90.0 && long < 0.0, "{short} {long}");
    }
}
