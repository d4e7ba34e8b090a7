//! Paragraphs as sparse records: the form in which linfa's traits meet them here.
//!
//! linfa 0.8's own estimators want dense matrices: 13,000 paragraphs by 100,000 features would be 5 GB.

use std::collections::HashMap;
use std::sync::Arc;

use leitmotif::Glossary;
use leitmotif::features::Extractor;
use leitmotif::weighting::{damping, value};
use linfa::dataset::Records;

/// The counted features of one paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bag {
    /// (fingerprint, count), ascending by fingerprint.
    pub(crate) counts: Vec<(u32, u32)>,
    /// As [`Extractor::emit`] counts them.
    pub(crate) words: usize,
}

impl Bag {
    pub(crate) fn of(extractor: &mut Extractor, glossary: &Glossary, text: &str, bits: u32) -> Bag {
        let mut fingerprints = Vec::new();
        let words = extractor.emit(text, glossary, |feature| fingerprints.push((feature.fingerprint, 1)));
        Bag { counts: fingerprints, words }.cut(bits)
    }

    /// With fingerprints cut to their lowest `bits` bits, as the model stores them; what then is the same is added up.
    pub(crate) fn cut(&self, bits: u32) -> Bag {
        let mask = (1u64 << bits).wrapping_sub(1) as u32;
        let mut counts: Vec<(u32, u32)> =
            self.counts.iter().map(|(own, count)| (own & mask, *count)).collect();
        counts.sort_unstable();
        let sum = |run: &[(u32, u32)]| (run[0].0, run.iter().map(|(_, count)| count).sum());
        Bag { counts: counts.chunk_by(|a, b| a.0 == b.0).map(sum).collect(), words: self.words }
    }
}

/// The features in use: columns in ascending order of fingerprint.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vocabulary {
    pub(crate) fingerprints: Vec<u32>,
}

impl Vocabulary {
    /// The features that occur in at least `least` of the paragraphs.
    pub(crate) fn of<'a>(bags: impl IntoIterator<Item = &'a Bag>, least: u32) -> Self {
        let mut paragraphs: HashMap<u32, u32> = HashMap::new();
        for (fingerprint, _) in bags.into_iter().flat_map(|bag| &bag.counts) {
            *paragraphs.entry(*fingerprint).or_default() += 1;
        }
        let mut fingerprints: Vec<u32> = paragraphs
            .into_iter()
            .filter(|(_, seen)| *seen >= least)
            .map(|(fingerprint, _)| fingerprint)
            .collect();
        fingerprints.sort_unstable();
        Vocabulary { fingerprints }
    }

    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// (column, value) of each feature of the bag that is in use, as the engine weighs them.
    pub(crate) fn row(&self, bag: &Bag) -> Vec<(u32, f32)> {
        let damping = damping(bag.words);
        let column = |(fingerprint, count): &(u32, u32)| {
            let column = self.fingerprints.binary_search(fingerprint).ok()?;
            Some((column as u32, value(*count) * damping))
        };
        bag.counts.iter().filter_map(column).collect()
    }
}

/// Paragraphs × features in compressed rows; clones share them, so that each theme can have a dataset.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SparseRecords {
    /// Row r is entries `starts[r]..starts[r + 1]`.
    starts: Arc<[usize]>,
    entries: Arc<[(u32, f32)]>,
    columns: usize,
}

impl SparseRecords {
    pub(crate) fn new(rows: impl IntoIterator<Item = Vec<(u32, f32)>>, columns: usize) -> Self {
        let (mut starts, mut entries) = (vec![0], Vec::new());
        for row in rows {
            entries.extend(row);
            starts.push(entries.len());
        }
        SparseRecords { starts: starts.into(), entries: entries.into(), columns }
    }

    pub(crate) fn row(&self, row: usize) -> &[(u32, f32)] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }
}

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.starts.len() - 1
    }

    fn nfeatures(&self) -> usize {
        self.columns
    }
}
