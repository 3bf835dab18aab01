//! What a text asks of goods: the weather of its place and time, and its circumstances, as demands with their evidence.

use commerce::{Locale, Quantity, Unit};
use search::EvidenceRow;

use crate::Ask;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::climate::{self, Basis, MONTHS, Normal, Season, Weather};
use crate::lexicon::circumstances::{self, Circumstance};
use crate::lexicon::goods::Class;
use crate::lexicon::needs::{self, Grade, Need};
use crate::lexicon::sizes::{self, Measured};
use crate::lexicon::{has_phrase, stem_list};
use crate::request::{CircumstanceKind, Context, When};
use crate::step::{Note, Setting, Step};

/// One thing that is asked of goods.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// How it is told.
    pub(super) label: String,
    pub(super) grade: Grade,
    /// How hard it is asked for, whatever the goods are.
    pub(super) hardness: Grade,
    pub(super) test: Test,
    /// Whether the weather asks for it.
    pub(super) is_of_weather: bool,
    /// What asks for it.
    pub(super) rows: Vec<EvidenceRow>,
    /// The mean low that it has to stand.
    pub(super) low: Option<f64>,
    /// The seasons in which it is used.
    pub(super) seasons: Vec<Season>,
    /// Whether it is only known of the shopper: where the store is silent on it, nothing is said.
    pub(super) is_told: bool,
}

/// How it is looked for in what the store states.
#[derive(Clone, Copy, Debug)]
pub(super) enum Test {
    /// A need of the table.
    Need(&'static Need),
    /// Whether goods are made for a circumstance.
    Made(&'static Circumstance),
    /// Whether they serve a body or a room of this measure.
    Size(&'static Measured, Quantity),
    /// Whether they are for the season.
    Season,
}

/// A text's circumstances.
pub(super) struct Case {
    pub(super) setting: Setting,
    /// Whether place or time were only taken.
    pub(super) is_uncertain: bool,
    demands: Vec<Demand>,
    weather: Option<Weather>,
    notes: Vec<Note>,
    is_wide: bool,
    locale: Locale,
    asked_by: Vec<(&'static Circumstance, EvidenceRow)>,
    /// Names of the needs that the text asks for outright.
    asked: Vec<String>,
}

impl Case {
    pub(super) fn new(ask: &Ask, context: &Context) -> Self {
        let mut case = Self {
            setting: Setting { place: context.place.clone(), ..Setting::default() },
            is_uncertain: false,
            demands: Vec::new(),
            weather: None,
            notes: Vec::new(),
            is_wide: context.spot.is_some_and(|spotted| spotted.spot.is_wide),
            locale: ask.locale.clone(),
            asked_by: Vec::new(),
            asked: asked(&ask.text),
        };
        if context.place.is_some() || context.time.is_some() {
            case.read_weather(ask, context);
        }
        for circumstance in &context.circumstances {
            if let Some(known) = circumstances::by_name(&circumstance.name) {
                case.read_circumstance(known, context.told.contains(&known.name));
            }
        }
        for size in &context.sizes {
            if let Some(measured) = sizes::by_name(&size.name) {
                case.read_size(measured, size.quantity, context.told.contains(&size.name));
            }
        }
        case
    }

    fn read_weather(&mut self, ask: &Ask, context: &Context) {
        let spot = context.spot.map(|spotted| spotted.spot);
        let month = crate::understand::month_of(ask.now);
        let now = When { months: vec![month], season: None, is_named: false };
        let when = context.time.as_ref().unwrap_or(&now);
        let time = told_time(when);
        if let Some(spotted) = context.spot.filter(|spotted| !spotted.is_exact) {
            self.notes.push(Note::Read { place: spotted.spot.name.clone() });
        }
        if !when.is_named {
            self.notes.push(Note::Now { time: time.clone() });
        } else if spot.is_none() && when.season.is_none() {
            self.notes.push(Note::North { time: time.clone() });
        }
        let weather = climate::weather(spot, &when.months);
        self.setting.time = Some(time);
        self.is_uncertain = !self.notes.is_empty() || self.is_wide || !matches!(weather.basis, Basis::Own);
        for need in needs::all() {
            if let Some((grade, quote)) = need.asked_by(&weather.normal) {
                let mut rows = weather.rows.clone();
                rows.push(climate::rule(&format!("need {}", need.name), quote));
                self.demand(need, grade, rows, true);
            }
        }
        // Who names a season asks for it.
        let season = if when.season.is_some() { Grade::Must } else { Grade::Wish };
        self.demands.push(Demand {
            label: "the time of year".to_owned(),
            grade: season,
            hardness: season,
            test: Test::Season,
            is_of_weather: true,
            rows: weather.rows.clone(),
            low: None,
            seasons: seasons(&weather),
            is_told: false,
        });
        let low = weather.normal.low;
        self.demands.iter_mut().for_each(|demand| demand.low = low);
        self.weather = Some(weather);
    }

    fn read_circumstance(&mut self, circumstance: &'static Circumstance, is_told: bool) {
        let labels = |names: &[String]| -> Vec<String> {
            names.iter().filter_map(|name| needs::by_name(name)).map(|need| need.label.clone()).collect()
        };
        let (musts, wishes) = (labels(&circumstance.must), labels(&circumstance.wish));
        let asks = crate::reason::list(&musts.iter().chain(&wishes).cloned().collect::<Vec<_>>());
        let name = circumstance.name.clone();
        let quote = if asks.is_empty() { name.clone() } else { format!("{name} asks for {asks}") };
        let row = climate::rule(&name, quote);
        if !is_told {
            self.setting.names.push(told_name(circumstance));
        }
        self.demands.push(Demand {
            label: told_name(circumstance),
            grade: Grade::Must,
            hardness: Grade::Must,
            test: Test::Made(circumstance),
            is_of_weather: false,
            rows: vec![row.clone()],
            low: None,
            seasons: Vec::new(),
            is_told,
        });
        if is_told {
            return;
        }
        let all = circumstance.must.iter().map(|name| (name, Grade::Must));
        for (name, grade) in all.chain(circumstance.wish.iter().map(|name| (name, Grade::Wish))) {
            if let Some(need) = needs::by_name(name) {
                self.demand(need, grade, vec![row.clone()], false);
            }
        }
        self.asked_by.push((circumstance, row));
    }

    fn read_size(&mut self, measured: &'static Measured, quantity: Quantity, is_told: bool) {
        let shown = quantity.shown_in(self.locale.units).to_string();
        let label = measured.label.replace("{}", &shown);
        if !is_told {
            self.setting.names.push(label.clone());
        }
        self.demands.push(Demand {
            label,
            grade: Grade::Must,
            hardness: Grade::Must,
            test: Test::Size(measured, quantity),
            is_of_weather: false,
            rows: Vec::new(),
            low: None,
            seasons: Vec::new(),
            is_told,
        });
    }

    /// Adds a demand; one that is there already is asked for by both, and as hard as the harder one asks.
    fn demand(&mut self, need: &'static Need, grade: Grade, rows: Vec<EvidenceRow>, is_of_weather: bool) {
        let known = self.demands.iter_mut().find(|known| known.label == need.label);
        if let Some(known) = known {
            known.grade = known.grade.max(grade);
            known.hardness = known.grade;
            known.rows.extend(rows);
            return;
        }
        self.demands.push(Demand {
            label: need.label.clone(),
            grade,
            hardness: grade,
            test: Test::Need(need),
            is_of_weather,
            rows,
            low: None,
            seasons: Vec::new(),
            is_told: false,
        });
    }

    /// What is asked of goods of a class, the hardest first. What does not bear on them is not asked; of goods of no known
    /// class only what is no weather is.
    pub(super) fn demands_of(&self, class: Option<&Class>) -> Vec<Demand> {
        let mut all: Vec<Demand> = Vec::new();
        for demand in &self.demands {
            let name = match demand.test {
                Test::Need(need) => need.name.as_str(),
                Test::Season => "season",
                Test::Made(_) | Test::Size(..) => {
                    all.push(demand.clone());
                    continue;
                }
            };
            let Some(is_wish) =
                class.map_or(Some(true).filter(|_| !demand.is_of_weather), |class| class.asks(name))
            else {
                continue;
            };
            let is_asked = matches!(demand.test, Test::Need(need) if self.asked.contains(&need.name));
            let grade = if is_wish && !is_asked { Grade::Wish } else { demand.grade };
            all.push(Demand { grade, ..demand.clone() });
        }
        all.sort_by_key(|demand| std::cmp::Reverse(demand.grade));
        all
    }

    /// The needs that goods are looked for by, those of the weather and the circumstances alike.
    pub(super) fn needs(&self) -> impl Iterator<Item = (&'static Need, Grade)> {
        self.demands.iter().filter_map(|demand| match demand.test {
            Test::Need(need) => Some((need, demand.grade)),
            _ => None,
        })
    }

    /// States the weather and what it and the circumstances ask for, of these demands.
    pub(super) fn state(&self, answer: &mut Answer, demands: &[&Demand]) {
        for note in &self.notes {
            answer.steps.push(Step { claims: Vec::new(), note: Some(note.clone()), is_uncertain: true });
        }
        if let Some(weather) = &self.weather {
            self.state_weather(answer, weather);
            let of_weather = |need: &Need| weather_asks(weather, need);
            self.state_asks(answer, None, demands, &of_weather);
        }
        for (circumstance, _) in &self.asked_by {
            let asks = |need: &Need| {
                let names = circumstance.must.iter().chain(&circumstance.wish);
                names.into_iter().any(|name| *name == need.name)
            };
            self.state_asks(answer, Some(circumstance), demands, &asks);
        }
    }

    fn state_weather(&self, answer: &mut Answer, weather: &Weather) {
        let place = self.setting.place.clone();
        let time = self.setting.time.clone().unwrap_or_default();
        let season = || {
            let names: Vec<String> =
                weather.seasons.iter().map(|season| season.as_str().to_owned()).collect();
            crate::reason::list(&names)
        };
        let taken = match &weather.basis {
            Basis::Taken { city, km } => Some((city.clone(), *km)),
            Basis::Own | Basis::Season => None,
        };
        let predicate = match (&weather.basis, place) {
            (Basis::Season, place) => Predicate::Season { place, time, season: season() },
            (_, place) => Predicate::Weather {
                place: place.unwrap_or_default(),
                time,
                taken,
                is_wide: self.is_wide,
                span: self.span(&weather.normal),
                wet_days: weather.normal.wet_days.map(|days| days.round() as u32),
                snow_days: weather.normal.snow_days.map(|days| days.round() as u32),
                rain: self.told("mm", weather.normal.rain),
            },
        };
        self.push(answer, predicate, &weather.rows, self.is_uncertain);
    }

    /// Mean low and high in the shopper's units.
    fn span(&self, normal: &Normal) -> Option<(String, String)> {
        Some((self.told("°C", normal.low)?, self.told("°C", normal.high)?))
    }

    /// A figure of the weather in the shopper's units.
    fn told(&self, unit: &str, figure: Option<f64>) -> Option<String> {
        Some(Quantity::new(figure?.round(), Unit::parse(unit)?).shown_in(self.locale.units).to_string())
    }

    /// States what the weather or a circumstance asks for, of what bears on the goods.
    fn state_asks(
        &self,
        answer: &mut Answer,
        of: Option<&Circumstance>,
        demands: &[&Demand],
        asks: &dyn Fn(&Need) -> bool,
    ) {
        let mut labels: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        let mut rows: Vec<EvidenceRow> = Vec::new();
        for demand in demands {
            let Test::Need(need) = demand.test else { continue };
            let known = labels.iter().flatten().any(|label| *label == demand.label);
            if known || !asks(need) {
                continue;
            }
            labels[usize::from(demand.grade == Grade::Wish)].push(demand.label.clone());
            for row in &demand.rows {
                let is_own = of.is_none() || row.source == format!("rule:{}", slug(of));
                if is_own && !rows.iter().any(|known| known.id == row.id) {
                    rows.push(row.clone());
                }
            }
        }
        let [musts, wishes] = labels;
        if musts.is_empty() && wishes.is_empty() {
            return;
        }
        let of = of.map(told_name);
        self.push(answer, Predicate::Asks { of, musts, wishes }, &rows, false);
    }

    fn push(&self, answer: &mut Answer, predicate: Predicate, rows: &[EvidenceRow], is_uncertain: bool) {
        let claim = Claim {
            subject: None,
            predicate,
            polarity: Polarity::Neutral,
            support: Support::Derived,
            evidence: rows.iter().map(|row| row.id.clone()).collect(),
            confidence: if is_uncertain { 0.6 } else { 1.0 },
        };
        let place = answer.claims.len();
        answer.state(claim, &rows.iter().collect::<Vec<_>>());
        if answer.claims.len() > place {
            answer.steps.push(Step { claims: vec![place], note: None, is_uncertain });
        }
    }
}

/// The needs that a text asks for in so many words.
fn asked(text: &str) -> Vec<String> {
    let stems = stem_list(text);
    let is_asked = |need: &&Need| need.asked.iter().any(|phrase| has_phrase(&stems, phrase));
    needs::all().iter().filter(is_asked).map(|need| need.name.clone()).collect()
}

fn weather_asks(weather: &Weather, need: &Need) -> bool {
    need.asked_by(&weather.normal).is_some()
}

/// The seasons of the calendar there, and those that the weather is like.
fn seasons(weather: &Weather) -> Vec<Season> {
    let mut all = weather.seasons.clone();
    for season in Season::like(&weather.normal) {
        if !all.contains(&season) {
            all.push(season);
        }
    }
    all
}

/// `November`, `June and July`, `winter`.
fn told_time(when: &When) -> String {
    if let Some(season) = when.season {
        return season.as_str().to_owned();
    }
    let name = |month: &u8| MONTHS.get(usize::from(*month) - 1).copied().unwrap_or_default().to_owned();
    match when.months.as_slice() {
        [first, _, .., last] => format!("{} to {}", name(first), name(last)),
        months => crate::reason::list(&months.iter().map(name).collect::<Vec<_>>()),
    }
}

/// `hiking`, `a wedding`, `a beginner`.
fn told_name(circumstance: &Circumstance) -> String {
    let name = &circumstance.name;
    let has_article = matches!(
        circumstance.kind,
        CircumstanceKind::Occasion | CircumstanceKind::Person | CircumstanceKind::Space
    );
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if has_article { format!("{article} {name}") } else { name.clone() }
}

fn slug(of: Option<&Circumstance>) -> String {
    of.map(|of| of.name.replace(' ', "-")).unwrap_or_default()
}
