//! The glossary: terms of several words that carry themes, and look-alikes that carry none.

use alloc::vec::Vec;
use core::ops::Range;

use crate::features::join;
use crate::filter::Filter;
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
    /// Of the hashes' kept bits.
    filter: Filter,
    /// The most words that a term has.
    words: usize,
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
        let filter = Filter::new(terms.iter().map(|(key, _)| *key));
        let words = terms.last().map_or(0, |(key, _)| (key >> KEPT_BITS) as usize + 1);
        Glossary { terms, filter, words }
    }

    /// The terms as pairs (key, themes), ascending by key: the number of words less one, then the lowest bits of the hash.
    pub fn terms(&self) -> &[(u32, u16)] {
        &self.terms
    }

    /// Calls `listener` for each term, longest match first, from left to right. Words are the hashes of their singulars.
    pub(crate) fn matches(&self, words: &[u32], mut listener: impl FnMut(Match)) {
        let mut at = if self.terms.is_empty() { words.len() } else { 0 };
        while at < words.len() {
            let ahead = &words[at..words.len().min(at + self.words)];
            let (mut hash, mut taken) = (0, 0);
            let mut longest = None;
            for word in ahead {
                hash = join(hash, *word);
                taken += 1;
                // Nearly all end here.
                if self.filter.may_hold(hash)
                    && let Some(themes) = self.themes_of(key(hash, taken))
                {
                    longest = Some(Match { hash, themes, words: at..at + taken });
                }
            }
            match longest {
                Some(found) => {
                    at = found.words.end;
                    listener(found);
                }
                None => at += 1,
            }
        }
    }

    #[inline(never)]
    fn themes_of(&self, key: u32) -> Option<u16> {
        self.terms.binary_search_by_key(&key, |term| term.0).ok().map(|found| self.terms[found].1)
    }
}

/// What a term of so many words (1 to [`LONGEST`]) is stored and looked for by.
fn key(hash: u32, words: usize) -> u32 {
    (words as u32 - 1) << KEPT_BITS | hash & ((1 << KEPT_BITS) - 1)
}

fn hash_words(tokens: &[Token]) -> u32 {
    tokens.iter().fold(0, |hash, token| join(hash, token.word.singular))
}
