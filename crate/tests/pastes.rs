//! Splitting and kinds on the golden pastes (pastes/README.md): boundary F1 for each class.

use leitmotif::{Article, Kind};
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Paste {
    id: String,
    class: String,
    /// Absent where the paste is HTML, whose blocks are not the splitter's matter.
    text: Option<String>,
    paragraphs: Vec<String>,
    kinds: Vec<String>,
}

impl Paste {
    /// The letter of its set, as pastes/README.md says; of the first one "0".
    fn set(&self) -> &str {
        let number = self.id.rsplit('-').next().expect("a part");
        if number.starts_with(char::is_alphabetic) { &number[..1] } else { "0" }
    }
}

fn pastes() -> Vec<Paste> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pastes");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of pastes")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let mut pastes: Vec<Paste> = Vec::new();
    for file in files {
        let rows = std::fs::read_to_string(&file).expect("a file of pastes");
        pastes.extend(rows.lines().map(|row| {
            serde_json::from_str(row).unwrap_or_else(|problem| panic!("{}: {problem}", file.display()))
        }));
    }
    assert!(pastes.len() >= 300, "{} pastes", pastes.len());
    pastes
}

/// As pastes/README.md says.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}')
}

/// Where each paragraph begins and ends, counted in visible characters.
fn places<'t>(paragraphs: impl Iterator<Item = &'t str>) -> Vec<(usize, usize)> {
    let mut end = 0;
    paragraphs.map(|text| (end, (end += text.chars().filter(|&c| is_visible(c)).count(), end).1)).collect()
}

/// Boundaries found, there and both, and the same for paragraphs of each kind.
#[derive(Clone, Copy, Default)]
struct Score {
    pastes: usize,
    found: usize,
    wanted: usize,
    both: usize,
    /// Paragraphs found whole, by the kind they have; by the kind they were given; those of which these are the same.
    whole: [usize; 3],
    given: [usize; 3],
    right: [usize; 3],
}

impl Score {
    fn of(paste: &Paste, text: &str) -> Score {
        let article = Article::split(text);
        let found = places((0..article.paragraphs().len()).filter_map(|index| article.paragraph_text(index)));
        let wanted = places(paste.paragraphs.iter().map(String::as_str));
        let visible = text.chars().filter(|&c| is_visible(c)).count();
        assert_eq!(found.last().map_or(0, |place| place.1), visible, "{}: characters are lost", paste.id);
        assert_eq!(wanted.last().map_or(0, |place| place.1), visible, "{}: the paste is not whole", paste.id);

        // The first paragraph begins where the text does: no boundary.
        let both = found.iter().skip(1).filter(|place| wanted.iter().any(|w| w.0 == place.0)).count();
        let (inner, inner_wanted) = (found.len().saturating_sub(1), wanted.len().saturating_sub(1));
        let mut score = Score { pastes: 1, found: inner, wanted: inner_wanted, both, ..Score::default() };
        for (place, kind) in wanted.iter().zip(&paste.kinds) {
            let Some(at) = found.iter().position(|found| found == place) else { continue };
            let kinds = [Kind::Body, Kind::Heading, Kind::Furniture];
            let kind = kinds.iter().position(|known| known.as_str() == kind).expect("a kind");
            score.whole[kind] += 1;
            let given = article.paragraphs()[at].kind;
            score.given[given as usize] += 1;
            score.right[kind] += usize::from(given == kinds[kind]);
        }
        score
    }

    fn add(&mut self, other: &Score) {
        self.pastes += other.pastes;
        self.found += other.found;
        self.wanted += other.wanted;
        self.both += other.both;
        for kind in 0..3 {
            self.whole[kind] += other.whole[kind];
            self.given[kind] += other.given[kind];
            self.right[kind] += other.right[kind];
        }
    }

    fn ratio(part: usize, of: usize) -> f64 {
        if of == 0 { 1.0 } else { part as f64 / of as f64 }
    }

    fn f1(&self) -> f64 {
        Score::ratio(2 * self.both, self.found + self.wanted)
    }

    /// Of a kind, on paragraphs found whole.
    fn kind_f1(&self, kind: usize) -> f64 {
        Score::ratio(2 * self.right[kind], self.whole[kind] + self.given[kind])
    }

    fn row(&self, name: &str) -> String {
        let kind = |kind: usize| {
            let f1 = match self.whole[kind] + self.given[kind] {
                0 => "-".to_owned(),
                _ => format!("{:.3}", self.kind_f1(kind)),
            };
            format!("{f1:>7}")
        };
        format!(
            "{name:<14}{:>6}{:>11}{:>11.4}{:>9.4}{:>9.4}{}{}{}",
            self.pastes,
            self.wanted,
            Score::ratio(self.both, self.found),
            Score::ratio(self.both, self.wanted),
            self.f1(),
            kind(0),
            kind(1),
            kind(2)
        )
    }
}

/// The whole and each class; F1 of the kinds on paragraphs found whole: body, heading, furniture.
const F1: f64 = 0.97;
const CLASS_F1: f64 = 0.93;
const KINDS: [f64; 3] = [0.92, 0.78, 0.81];

#[test]
fn golden_pastes_split_as_judged() {
    let pastes = pastes();
    let (mut whole, mut classes, mut sets) = (Score::default(), Vec::new(), Vec::new());
    let add = |to: &mut Vec<(String, Score)>, name: &str, score: &Score| match to
        .iter_mut()
        .find(|(known, _)| *known == name)
    {
        Some((_, sum)) => sum.add(score),
        None => to.push((name.to_owned(), *score)),
    };
    let mut each = Vec::new();
    for paste in &pastes {
        let Some(text) = &paste.text else { continue };
        let score = Score::of(paste, text);
        whole.add(&score);
        add(&mut classes, &paste.class, &score);
        add(&mut sets, paste.set(), &score);
        each.push((score.f1(), &paste.id[..]));
    }
    println!(
        "{:<14}{:>6}{:>11}{:>11}{:>9}{:>9}{:>7}{:>7}{:>7}",
        "class", "pastes", "boundaries", "precision", "recall", "F1", "body", "headg.", "furn."
    );
    classes.iter().for_each(|(class, score)| println!("{}", score.row(class)));
    println!("{}", whole.row("all"));
    sets.sort_by(|a, b| a.0.cmp(&b.0));
    sets.iter().for_each(|(set, score)| println!("{}", score.row(&format!("set {set}"))));

    let mut short: Vec<_> =
        classes.iter().filter(|(_, score)| score.f1() < CLASS_F1).map(|(class, _)| &class[..]).collect();
    if whole.f1() < F1 {
        short.push("all");
    }
    let kinds_hold = (0..3).all(|kind| whole.kind_f1(kind) >= KINDS[kind]);
    if !short.is_empty() || !kinds_hold {
        each.sort_by(|a, b| a.0.total_cmp(&b.0));
        each.iter().take(10).for_each(|(f1, id)| println!("{id}: boundary F1 {f1:.3}"));
    }
    assert!(short.is_empty(), "boundary F1 below its floor: {short:?}");
    assert!(kinds_hold, "F1 of a kind below its floor: {KINDS:?}");
}
