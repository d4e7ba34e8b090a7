//! What is known of words before any paragraph is read: the glossary's and the lexicon's opinion of stems and pairs.
//!
//! Each source gives a feature a row over the themes and "none". In training a paragraph's sums of these rows are columns of
//! their own, so that the data decide how far to trust each source; afterwards they fold into the features' weights.
//! They carry what the corpora never show: a word that no paragraph holds still has its opinion.

use std::collections::{BTreeMap, BTreeSet};

use leitmotif::features::{Extractor, Family, Feature};
use leitmotif::{Glossary, Themes};

/// A term with its themes, as the glossary and the lexicon have them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) term: String,
    /// Empty: a look-alike, or a word of subjects that carry no theme.
    pub(crate) themes: Themes,
    /// How sure: 1 to 3; the glossary's entries have 1.
    pub(crate) grade: f32,
}

/// Where opinions come from. Each has columns of its own, as each deserves another trust: the further entries were written after
/// the first ones and are rarer words; the highest grade is worth more than the step to it says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    GlossaryCounts,
    GlossaryAffinity,
    Words,
    Pairs,
    FurtherWords,
    FurtherPairs,
    SureWords,
    SurePairs,
}

const SOURCES: usize = 8;

impl Source {
    /// The scale of its columns against the others: larger means trusted sooner. Chosen by cross-validation.
    fn scale(self) -> f32 {
        match self {
            Source::GlossaryCounts => 1.6,
            Source::GlossaryAffinity | Source::Words | Source::FurtherWords => 0.4,
            Source::Pairs | Source::FurtherPairs => 0.8,
            Source::SureWords => 1.2,
            Source::SurePairs => 2.4,
        }
    }
}

/// The grade from which an entry of the lexicon is sure.
const SURE: f32 = 3.0;

/// Fingerprint to its columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Prior {
    /// (column, value) of each feature that some source knows.
    pub(crate) rows: BTreeMap<u32, Vec<(u32, f32)>>,
    pub(crate) columns: usize,
}

impl Prior {
    /// From the glossary's entries and those of the lexicon's two parts over `themes` themes; fingerprints are cut to `bits` bits.
    /// Where both parts know a word, the first one is heard.
    pub(crate) fn new(
        glossary: &[Entry],
        lexicon: &[Entry],
        further: &[Entry],
        themes: usize,
        bits: u32,
    ) -> Prior {
        let mask = (1u64 << bits).wrapping_sub(1) as u32;
        let width = themes + 1;
        let mut prior = Prior { rows: BTreeMap::new(), columns: SOURCES * width };
        let mut add = |source: Source, fingerprint: u32, theme: usize, value: f32| {
            let column = (source as usize * width + theme) as u32;
            prior.rows.entry(fingerprint & mask).or_default().push((column, value * source.scale()));
        };
        for (fingerprint, opinions) in affinities(glossary, themes) {
            opinions.into_iter().enumerate().filter(|(_, value)| *value > 0.0).for_each(|(theme, value)| {
                add(Source::GlossaryAffinity, fingerprint, theme, value);
            });
        }
        let families = [
            (Family::Stem, Source::Words, Source::FurtherWords, Source::SureWords),
            (Family::Pair, Source::Pairs, Source::FurtherPairs, Source::SurePairs),
        ];
        for (family, first, second, sure) in families {
            let known = grades(lexicon, family, themes);
            for (fingerprint, slot, grade) in &known {
                add(first, *fingerprint, *slot, *grade);
                if *grade >= SURE {
                    add(sure, *fingerprint, *slot, 1.0);
                }
            }
            let known: BTreeSet<u32> = known.into_iter().map(|(fingerprint, ..)| fingerprint).collect();
            for (fingerprint, slot, grade) in grades(further, family, themes) {
                if !known.contains(&fingerprint) {
                    add(second, fingerprint, slot, grade);
                }
            }
        }
        for slot in 0..width {
            let theme = (slot < themes).then_some(slot);
            add(Source::GlossaryCounts, leitmotif::features::lexicon_fingerprint(theme), slot, 1.0);
        }
        prior
    }

    /// The sums of a paragraph's rows: (column, value), each value times the feature's own.
    pub(crate) fn sums<'a>(&self, values: impl Iterator<Item = (u32, f32)> + 'a) -> Vec<f32> {
        let mut sums = vec![0.0; self.columns];
        for (fingerprint, value) in values {
            for (column, opinion) in self.rows.get(&fingerprint).into_iter().flatten() {
                sums[*column as usize] += value * opinion;
            }
        }
        sums
    }
}

/// The opinions of a part of the lexicon on the features of one family, ascending: (fingerprint, slot, highest grade).
fn grades(lexicon: &[Entry], family: Family, themes: usize) -> Vec<(u32, usize, f32)> {
    let mut grades: BTreeMap<(u32, usize), f32> = BTreeMap::new();
    for entry in lexicon {
        let Some(fingerprint) = whole(&entry.term, family) else { continue };
        for slot in slots(entry.themes, themes) {
            let grade = grades.entry((fingerprint, slot)).or_default();
            *grade = grade.max(entry.grade);
        }
    }
    grades.into_iter().map(|((fingerprint, slot), grade)| (fingerprint, slot, grade)).collect()
}

/// The columns of a set of themes: its themes, or the one for none.
fn slots(set: Themes, themes: usize) -> impl Iterator<Item = usize> {
    set.iter().chain(set.is_empty().then_some(themes))
}

/// The one feature of `family` that covers the whole of a term, if there is one.
fn whole(term: &str, family: Family) -> Option<u32> {
    let features = features_of(term);
    let start = features.iter().map(|feature| feature.start).min()?;
    let end = features.iter().map(|feature| feature.end).max()?;
    // The two pairs with the paragraph's edge cover a single word: only a pair of two words counts as one.
    let words = features.iter().filter(|feature| feature.family == Family::Stem).count();
    let wanted = if family == Family::Pair { 2 } else { 1 };
    let covers =
        |feature: &&Feature| feature.family == family && feature.start == start && feature.end == end;
    features.iter().find(covers).filter(|_| words == wanted).map(|feature| feature.fingerprint)
}

fn features_of(term: &str) -> Vec<Feature> {
    let mut features = Vec::new();
    Extractor::new().emit(term, &Glossary::default(), |feature| features.push(feature));
    features
}

/// How much more often a stem stands in a theme's terms than terms are of that theme at all: ln of the ratio, where it
/// is above 1, less for stems of a single term.
fn affinities(glossary: &[Entry], themes: usize) -> BTreeMap<u32, Vec<f32>> {
    let width = themes + 1;
    let mut counts: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for entry in glossary {
        let stems: BTreeSet<u32> = features_of(&entry.term)
            .into_iter()
            .filter(|feature| feature.family == Family::Stem && feature.end - feature.start > 2)
            .map(|feature| feature.fingerprint)
            .collect();
        let share = 1.0 / slots(entry.themes, themes).count() as f64;
        for stem in stems {
            let row = counts.entry(stem).or_insert_with(|| vec![0.0; width]);
            slots(entry.themes, themes).for_each(|slot| row[slot] += share);
        }
    }
    let mut totals = vec![0.0; width];
    counts.values().for_each(|row| totals.iter_mut().zip(row).for_each(|(total, count)| *total += count));
    let all: f64 = totals.iter().sum();
    let opinion = |row: Vec<f64>| {
        let sum: f64 = row.iter().sum();
        let opinions = row.iter().zip(&totals).map(|(count, total)| {
            let share = total / all;
            let p = (count + share) / (sum + 1.0);
            if share > 0.0 { (libm::log(p / share) * (sum / 2.0).min(1.0)).max(0.0) as f32 } else { 0.0 }
        });
        opinions.collect::<Vec<f32>>()
    };
    counts.into_iter().map(|(stem, row)| (stem, opinion(row))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(term: &str, themes: &[usize], grade: f32) -> Entry {
        Entry { term: term.to_owned(), themes: themes.iter().copied().collect(), grade }
    }

    fn stem(word: &str) -> u32 {
        whole(word, Family::Stem).unwrap()
    }

    #[test]
    fn words_and_pairs_have_the_opinion_of_the_lexicon() {
        let lexicon =
            [entry("steel", &[1], 3.0), entry("steel drum", &[], 2.0), entry("three word term", &[0], 3.0)];
        let further = [entry("steel", &[0], 2.0), entry("slag", &[1], 1.0)];
        let prior = Prior::new(&[], &lexicon, &further, 2, 32);
        // Columns: each source has (theme 0, theme 1, none).
        assert_eq!(prior.columns, SOURCES * 3);
        let column = |source: Source, slot: u32| source as u32 * 3 + slot;
        let steel = [
            (column(Source::Words, 1), 3.0 * Source::Words.scale()),
            (column(Source::SureWords, 1), Source::SureWords.scale()),
        ];
        assert_eq!(prior.rows[&stem("Steel")], steel, "the first part of the lexicon is heard alone");
        assert_eq!(
            prior.rows[&stem("slag")],
            [(column(Source::FurtherWords, 1), Source::FurtherWords.scale())]
        );
        let pair = whole("steel drums", Family::Pair).unwrap();
        assert_eq!(prior.rows[&pair], [(column(Source::Pairs, 2), 2.0 * Source::Pairs.scale())]);
        // Three entries and the three columns of the glossary's counts.
        assert_eq!(prior.rows.len(), 6);
    }

    #[test]
    fn words_of_a_themes_terms_lean_to_it() {
        let glossary = [
            entry("wetland park", &[0], 1.0),
            entry("wetland restoration", &[0], 1.0),
            entry("car park", &[1], 1.0),
            entry("car plant", &[1], 1.0),
        ];
        let prior = Prior::new(&glossary, &[], &[], 2, 32);
        let columns =
            |word: &str| prior.rows[&stem(word)].iter().map(|(column, _)| *column).collect::<Vec<_>>();
        assert_eq!(columns("wetland"), [3]);
        assert_eq!(columns("car"), [3 + 1]);
        assert!(!prior.rows.contains_key(&stem("park")), "a word of both themes' terms leans to neither");
    }
}
