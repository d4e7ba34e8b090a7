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

/// Scale of each source's columns against the others: larger means trusted sooner. Chosen by cross-validation.
const SCALES: [f32; 4] = [0.4, 0.1, 0.1, 0.2];

/// Fingerprint to its columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Prior {
    /// (column, value) of each feature that some source knows.
    pub(crate) rows: BTreeMap<u32, Vec<(u32, f32)>>,
    pub(crate) columns: usize,
}

impl Prior {
    /// From the glossary's and the lexicon's entries over `themes` themes; fingerprints are cut to `bits` bits.
    pub(crate) fn new(glossary: &[Entry], lexicon: &[Entry], themes: usize, bits: u32) -> Prior {
        let mask = (1u64 << bits).wrapping_sub(1) as u32;
        let width = themes + 1;
        let mut prior = Prior { rows: BTreeMap::new(), columns: SCALES.len() * width };
        let mut add = |source: usize, fingerprint: u32, theme: usize, value: f32| {
            let column = (source * width + theme) as u32;
            prior.rows.entry(fingerprint & mask).or_default().push((column, value * SCALES[source]));
        };
        let mut stems = BTreeSet::new();
        for (fingerprint, opinions) in affinities(glossary, themes) {
            stems.insert(fingerprint);
            opinions.into_iter().enumerate().filter(|(_, value)| *value > 0.0).for_each(|(theme, value)| {
                add(1, fingerprint, theme, value);
            });
        }
        for (family, source) in [(Family::Stem, 2), (Family::Pair, 3)] {
            let mut opinions: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
            for entry in lexicon {
                let Some(fingerprint) = whole(&entry.term, family) else { continue };
                let row = opinions.entry(fingerprint).or_insert_with(|| vec![0.0; width]);
                slots(entry.themes, themes).for_each(|slot| row[slot] = row[slot].max(entry.grade));
            }
            for (fingerprint, row) in opinions {
                for (theme, value) in row.into_iter().enumerate().filter(|(_, value)| *value > 0.0) {
                    add(source, fingerprint, theme, value);
                }
            }
        }
        for slot in 0..width {
            let theme = (slot < themes).then_some(slot);
            add(0, leitmotif::features::lexicon_fingerprint(theme), slot, 1.0);
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
        let prior = Prior::new(&[], &lexicon, 2, 32);
        // Columns: four sources of (theme 0, theme 1, none) each.
        assert_eq!(prior.columns, 12);
        assert_eq!(prior.rows[&stem("Steel")], [(2 * 3 + 1, 3.0 * SCALES[2])]);
        let pair = whole("steel drums", Family::Pair).unwrap();
        assert_eq!(prior.rows[&pair], [(3 * 3 + 2, 2.0 * SCALES[3])]);
        // Two entries and the three columns of the glossary's counts.
        assert_eq!(prior.rows.len(), 5);
    }

    #[test]
    fn words_of_a_themes_terms_lean_to_it() {
        let glossary = [
            entry("wetland park", &[0], 1.0),
            entry("wetland restoration", &[0], 1.0),
            entry("car park", &[1], 1.0),
            entry("car plant", &[1], 1.0),
        ];
        let prior = Prior::new(&glossary, &[], 2, 32);
        let columns =
            |word: &str| prior.rows[&stem(word)].iter().map(|(column, _)| *column).collect::<Vec<_>>();
        assert_eq!(columns("wetland"), [3]);
        assert_eq!(columns("car"), [3 + 1]);
        assert!(!prior.rows.contains_key(&stem("park")), "a word of both themes' terms leans to neither");
    }
}
