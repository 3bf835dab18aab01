//! What reviewers say, as sentences: every number is a count of reviewers, every quote is theirs.

/// How reviewers vote on an aspect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Votes {
    pub(super) agree: u32,
    pub(super) disagree: u32,
    pub(super) mixed: u32,
}

/// `12 reviewers rate it 4.3 of 5: 7 give five stars, 3 four, 2 two.`
pub(super) fn spread(mean: &str, stars: &[u32; 5], products: u32) -> String {
    let count: u32 = stars.iter().sum();
    let of = if products == 1 { "it".to_owned() } else { format!("these {products} products") };
    if count == 1 {
        return format!("One reviewer rates {of} {mean} of 5.");
    }
    let given = (0..5).rev().filter(|place| stars[*place] > 0);
    let told: Vec<String> = given
        .enumerate()
        .map(|(order, place)| {
            let verb = if stars[place] == 1 { "gives " } else { "give " };
            let number = ["one star", "two stars", "three stars", "four stars", "five stars"][place];
            let number = if order == 0 { number } else { number.split(' ').next().unwrap_or(number) };
            format!("{} {}{number}", stars[place], if order == 0 { verb } else { "" })
        })
        .collect();
    format!("{count} reviewers rate {of} {mean} of 5 on average: {}.", told.join(", "))
}

/// Counts first, then a sentence of the larger side and one of the smaller.
pub(super) fn aspect(name: &str, is_quality: bool, votes: Votes, quotes: &[String]) -> String {
    let counts = if is_quality { called(name, votes) } else { judged(name, votes) };
    match quotes {
        [] => format!("{counts}."),
        [typical] => format!("{counts}: “{typical}”"),
        [typical, dissent, ..] => format!("{counts}: “{typical}” against “{dissent}”"),
    }
}

fn judged(name: &str, votes: Votes) -> String {
    let them = if is_many(name) { "them" } else { "it" };
    let Votes { agree, disagree, mixed } = votes;
    let verb = |count: u32, verb: &str| if count == 1 { format!("{verb}s") } else { verb.to_owned() };
    match (agree, disagree, mixed) {
        (agree, 0, 0) => format!("{} {} the {name}", reviewers(agree), verb(agree, "praise")),
        (0, disagree, 0) => format!("{} {} the {name}", reviewers(disagree), verb(disagree, "fault")),
        (0, 0, mixed) => format!(
            "{} both {} and {} the {name}",
            reviewers(mixed),
            verb(mixed, "praise"),
            verb(mixed, "fault")
        ),
        (agree, disagree, mixed) => {
            let all = agree + disagree + mixed;
            let sides = [(agree, "praise"), (disagree, "fault")].into_iter().filter(|(count, _)| *count > 0);
            let mut told: Vec<String> =
                sides.map(|(count, side)| format!("{count} {} {them}", verb(count, side))).collect();
            if mixed > 0 {
                told.push(format!("{mixed} {} both", if mixed == 1 { "does" } else { "do" }));
            }
            format!("Of {all} reviewers who judge the {name}, {}", crate::reason::list(&told))
        }
    }
}

fn called(name: &str, votes: Votes) -> String {
    let Votes { agree, disagree, mixed } = votes;
    let call = |count: u32| if count == 1 { "calls" } else { "call" };
    let say = |count: u32| if count == 1 { "says" } else { "say" };
    match (agree, disagree + mixed) {
        (0, against) => format!("{} {} it is not {name}", reviewers(against), say(against)),
        (agree, 0) => format!("{} {} it {name}", reviewers(agree), call(agree)),
        (agree, against) => {
            format!("{} {} it {name}, {against} {} otherwise", reviewers(agree), call(agree), say(against))
        }
    }
}

/// `Counted here: 6 of 40 reviewers (“hiking”).`
pub(super) fn selected(who: &str, count: u32, of: u32) -> String {
    format!("Counted here: {count} of {of} reviewers ({who}).")
}

/// How ratings changed.
pub(super) fn trend(since: &str, before: &(String, u32), recent: &(String, u32), is_clear: bool) -> String {
    let counts =
        format!("{} of 5 by {} since {since}, {} by {} before", recent.0, recent.1, before.0, before.1);
    match (is_clear, recent.0 > before.0) {
        (true, true) => format!("Ratings have risen: {counts}."),
        (true, false) => format!("Ratings have fallen: {counts}."),
        (false, _) => format!("Ratings have not clearly changed: {counts}."),
    }
}

fn reviewers(count: u32) -> String {
    if count == 1 { "One reviewer".to_owned() } else { format!("{count} reviewers") }
}

fn is_many(name: &str) -> bool {
    name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us")
}
