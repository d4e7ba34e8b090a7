//! The glossary: terms of several words that carry themes, and look-alikes that carry none.

use alloc::vec::Vec;
use core::ops::Range;

use crate::features::join;
use crate::table::{Table, low_bits};
use crate::token::{Token, Tokens};

/// Terms longer than this are cut out of the glossary: nothing that long is ever met twice.
pub(crate) const LONGEST: usize = 8;

/// Bits of a term's hash that are kept, below the number of its words. As a run of words is only looked for among terms of as
/// many words, a false term turns up about once in five thousand words; each bit less would save a kilobyte and double that.
pub(crate) const KEPT_BITS: u32 = 25;

/// Terms as hashes of their words, each word folded to lower case and singular.
///
/// Terms are found by longest match from left to right; a look-alike ("Abbey Road", no theme) takes its words
/// away from shorter terms inside it.
///
/// ```
/// use leitmotif::Glossary;
/// use leitmotif::features::{Extractor, Family};
///
/// // Themes are bits by position; "Abbey Road" looks like a road and is none.
/// let glossary = Glossary::new([("toll road", 0b1), ("road", 0b1), ("Abbey Road", 0)]);
/// assert_eq!(glossary.terms().len(), 3);
/// let mut terms = Vec::new();
/// let text = "Toll roads lead to Abbey Road";
/// Extractor::new().emit(text, &glossary, |feature| {
///     if feature.family == Family::Term {
///         terms.push(&text[feature.start..feature.end]);
///     }
/// });
/// assert_eq!(terms, ["Toll roads", "Abbey Road"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// (key of the term, bit set of themes by position), ascending by key.
    terms: Vec<(u32, u16)>,
    /// For each number of words, from one on, the kept bits of its terms' hashes, and the first of these terms.
    lengths: Vec<(Table, usize)>,
}

/// A term found among words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Hash of the folded words.
    pub(crate) hash: u32,
    /// Bit set of themes by position; 0 for a look-alike.
    pub(crate) themes: u16,
    /// Which words it is.
    pub(crate) words: Range<usize>,
}

/// Room to look for terms in, kept from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct MatchRoom {
    /// For each word the hash of the run of words that starts there.
    hashes: Vec<u32>,
    /// For each word hash and position of the longest term that starts there.
    longest: Vec<(u32, u32)>,
}

/// Beyond every position.
const NO_TERM: (u32, u32) = (0, u32::MAX);

impl Glossary {
    /// Builds the glossary from terms and their themes (bit sets by position; 0 for a look-alike).
    /// Terms without a word are passed over; terms that fold to the same words are merged.
    pub fn new<'a>(terms: impl IntoIterator<Item = (&'a str, u16)>) -> Self {
        let mut tokens = Tokens::default();
        let keyed = terms.into_iter().filter_map(|(term, themes)| {
            tokens.read(term);
            let words = tokens.as_slice();
            (1..=LONGEST).contains(&words.len()).then(|| (key(hash_words(words), words.len()), themes))
        });
        let mut keyed: Vec<_> = keyed.collect();
        keyed.sort_unstable();
        keyed.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 |= later.1;
            }
            same
        });
        Self::from_keys(keyed)
    }

    /// Builds the glossary from pairs (key of a term, themes), ascending by key.
    pub(crate) fn from_keys(terms: Vec<(u32, u16)>) -> Self {
        let mut lengths = Vec::new();
        let mut first = 0;
        while first < terms.len() {
            let same = |(key, _): &&(u32, u16)| (key >> KEPT_BITS) as usize == lengths.len();
            let hashes: Vec<u32> =
                terms[first..].iter().take_while(same).map(|(key, _)| key & low_bits(KEPT_BITS)).collect();
            let count = hashes.len();
            lengths.push((Table::new(hashes, KEPT_BITS), first));
            first += count;
        }
        Glossary { terms, lengths }
    }

    /// The terms as pairs (key, themes), ascending by key: the number of words less one, then the lowest bits of the hash.
    pub fn terms(&self) -> &[(u32, u16)] {
        &self.terms
    }

    /// Calls `listener` for each term, longest match first, from left to right. Words are the hashes of their singulars.
    ///
    /// One pass over the words for each number of words that a term may have: the hashes of neighbouring runs do not wait for
    /// each other, and next to no branch depends on them.
    pub(crate) fn matches(&self, words: &[u32], room: &mut MatchRoom, mut listener: impl FnMut(Match)) {
        let MatchRoom { hashes, longest } = room;
        hashes.clear();
        hashes.extend_from_slice(words);
        longest.clear();
        longest.resize(words.len(), NO_TERM);
        for ((table, first), length) in self.lengths.iter().zip(1..=words.len()) {
            if length > 1 {
                hashes.truncate(words.len() + 1 - length);
                for (hash, word) in hashes.iter_mut().zip(&words[length - 1..]) {
                    *hash = join(*hash, *word);
                }
            }
            table.rows(hashes, |start, row| longest[start] = (hashes[start], (first + row) as u32));
        }
        let mut start = 0;
        while let Some((hash, term)) = longest.get(start) {
            let mut end = start + 1;
            if let Some((key, themes)) = self.terms.get(*term as usize) {
                end += (key >> KEPT_BITS) as usize;
                listener(Match { hash: *hash, themes: *themes, words: start..end });
            }
            start = end;
        }
    }
}

/// What a term of so many words (1 to [`LONGEST`]) is stored and looked for by.
fn key(hash: u32, words: usize) -> u32 {
    (words as u32 - 1) << KEPT_BITS | hash & low_bits(KEPT_BITS)
}

fn hash_words(tokens: &[Token]) -> u32 {
    tokens.iter().fold(0, |hash, token| join(hash, token.word.singular))
}
