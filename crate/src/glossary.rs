//! The glossary: terms of several words that carry themes, and look-alikes that carry none.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::features::join;
use crate::table::{Table, low_bits};
use crate::token::{Token, Tokens};

/// Terms longer than this are cut out of the glossary: nothing that long is ever met twice.
pub(crate) const LONGEST: usize = 8;

/// Bits of a term's hash that are kept, below the number of its words. A run of words is only looked for where a term ends as it
/// does, and among terms of as many words, so that a false term turns up about once in four thousand words; each bit less would
/// save a kilobyte and double that.
pub(crate) const KEPT_BITS: u32 = 23;

/// Bits of the hash by which it is known whether a term ends with a word, or a term of three words or more with a pair of words:
/// true of three words in ten, and by chance of one more; of one pair in fifty, and by chance of one in seven.
const HASH_BITS: u32 = 14;

/// Bits of an end: the hash of a word, or behind all of these that of a pair.
pub(crate) const END_BITS: u32 = HASH_BITS + 1;

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
    /// A bit for each end: whether a term has it. Empty without terms.
    ends: Vec<u64>,
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
    /// The words with which a term may end.
    lasts: Vec<u32>,
    /// For each of them the hash of the run of words that ends there.
    hashes: Vec<u32>,
    /// For each word the position of the longest term that starts there.
    longest: Vec<u32>,
}

/// Beyond every position.
const NO_TERM: u32 = u32::MAX;

impl Glossary {
    /// Builds the glossary from terms and their themes (bit sets by position; 0 for a look-alike).
    /// Terms without a word are passed over; terms that fold to the same words are merged.
    pub fn new<'a>(terms: impl IntoIterator<Item = (&'a str, u16)>) -> Self {
        let mut tokens = Tokens::default();
        let mut ends = Vec::new();
        let keyed = terms.into_iter().filter_map(|(term, themes)| {
            tokens.read(term);
            let words = tokens.as_slice();
            if words.len() > LONGEST {
                return None;
            }
            let hash =
                |words: &[Token]| words.iter().rev().fold(0, |hash, token| join(hash, token.word.singular));
            ends.push(word_end(words.last()?.word.singular));
            if words.len() > 2 {
                ends.push(pair_end(hash(&words[words.len() - 2..])));
            }
            let run = hash(words);
            Some((key(run, words.len()), themes))
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
        Self::from_keys(keyed, &ends)
    }

    /// Builds the glossary from pairs (key of a term, themes), ascending by key, and their [`ends`](Self::ends).
    pub(crate) fn from_keys(terms: Vec<(u32, u16)>, ends: &[u32]) -> Self {
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
        let mut bits = vec![0; 1 << END_BITS >> 6];
        for end in ends {
            // Of a model that was put together by hand it may be any number.
            if let Some(bits) = bits.get_mut(*end as usize >> 6) {
                *bits |= 1 << (end & 63);
            }
        }
        Glossary { terms, lengths, ends: bits }
    }

    /// The terms as pairs (key, themes), ascending by key: the number of words less one, then the lowest bits of the hash.
    pub fn terms(&self) -> &[(u32, u16)] {
        &self.terms
    }

    /// Hashes of the words that terms end with, and behind them of the pairs of words that longer terms end with, ascending.
    pub fn ends(&self) -> impl Iterator<Item = u32> {
        (0..1 << END_BITS).filter(|end| self.holds_end(*end) == 1)
    }

    #[inline(always)]
    fn holds_end(&self, end: u32) -> u64 {
        self.ends.get(end as usize >> 6).map_or(0, |bits| bits >> (end & 63) & 1)
    }

    /// Calls `listener` for each term, longest match first, from left to right. Words are the hashes of their singulars.
    ///
    /// One pass over the words with which a term may end for each number of words that it may have: the hashes of neighbouring
    /// runs do not wait for each other, and next to no branch depends on them.
    pub(crate) fn matches(&self, words: &[u32], room: &mut MatchRoom, mut listener: impl FnMut(Match)) {
        let MatchRoom { lasts, hashes, longest } = room;
        if lasts.len() < words.len() {
            lasts.resize(words.len(), 0);
            hashes.resize(words.len(), 0);
        }
        let mut count = 0;
        for (position, word) in words.iter().enumerate() {
            if let Some(place) = lasts.get_mut(count) {
                *place = position as u32;
            }
            count += self.holds_end(word_end(*word)) as usize;
        }
        let (mut lasts, mut hashes) = (&mut lasts[..count], &mut hashes[..count]);
        hashes.fill(0);
        longest.clear();
        for ((table, first), before) in self.lengths.iter().zip(0..words.len()) {
            // Of those whose last two words end no longer term, nothing more is looked for.
            if before == 2 {
                let mut count = 0;
                for at in 0..lasts.len() {
                    (lasts[count], hashes[count]) = (lasts[at], hashes[at]);
                    count += self.holds_end(pair_end(hashes[at])) as usize;
                }
                (lasts, hashes) = (&mut lasts[..count], &mut hashes[..count]);
            }
            // A run so long does not end with the first words.
            if lasts.first().is_some_and(|last| (*last as usize) < before) {
                (lasts, hashes) = (&mut lasts[1..], &mut hashes[1..]);
            }
            for (hash, last) in hashes.iter_mut().zip(&*lasts) {
                *hash = join(*hash, words[*last as usize - before]);
            }
            table.rows(hashes, |at, row| {
                longest.resize(words.len(), NO_TERM);
                longest[lasts[at] as usize - before] = (first + row) as u32;
            });
        }
        let mut start = 0;
        while let Some(term) = longest.get(start) {
            let mut end = start + 1;
            if let Some((key, themes)) = self.terms.get(*term as usize) {
                end += (key >> KEPT_BITS) as usize;
                let hash = words[start..end].iter().fold(0, |hash, word| join(hash, *word));
                listener(Match { hash, themes: *themes, words: start..end });
            }
            start = end;
        }
    }
}

/// What a term of so many words (1 to [`LONGEST`]) is stored and looked for by.
fn key(hash: u32, words: usize) -> u32 {
    (words as u32 - 1) << KEPT_BITS | hash & low_bits(KEPT_BITS)
}

/// The end of terms whose last word has this hash of its singular.
#[inline(always)]
fn word_end(singular: u32) -> u32 {
    singular.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)
}

/// The end of longer terms whose last two words have this hash.
#[inline(always)]
fn pair_end(hash: u32) -> u32 {
    1 << HASH_BITS | word_end(hash)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::dice::dice;

    const WORDS: [&str; 8] = ["toll", "road", "green", "city", "cities", "zone", "of", "plans"];

    /// The terms from left to right, the longest that begins at each word, as pairs of first word and number of words.
    fn expected(terms: &[Vec<u32>], words: &[u32]) -> Vec<(usize, usize)> {
        let (mut found, mut start) = (Vec::new(), 0);
        while start < words.len() {
            let here = terms.iter().filter(|term| words[start..].starts_with(term));
            let length = here.map(Vec::len).max().unwrap_or(0);
            if length > 0 {
                found.push((start, length));
            }
            start += length.max(1);
        }
        found
    }

    fn singulars(text: &str) -> Vec<u32> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.as_slice().iter().map(|token| token.word.singular).collect()
    }

    #[test]
    fn finds_the_terms_that_a_search_at_each_word_finds() {
        let mut next = dice(41);
        let mut text = |words: usize| -> String {
            (0..words).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ")
        };
        let mut count = 0;
        for round in 0..400 {
            let terms: Vec<String> =
                (0..round % 7).map(|term| text(1 + (round + term) % (LONGEST + 1))).collect();
            let glossary = Glossary::new(terms.iter().map(|term| (&term[..], 1)));
            let again = Glossary::from_keys(glossary.terms().to_vec(), &glossary.ends().collect::<Vec<_>>());
            assert_eq!(again, glossary);
            // A term that is too long is none.
            let kept: Vec<_> =
                terms.iter().map(|term| singulars(term)).filter(|term| term.len() <= LONGEST).collect();
            let mut room = MatchRoom::default();
            for length in [0, 1, 2, 30, 7] {
                let words = singulars(&text(length));
                let mut found = Vec::new();
                glossary.matches(&words, &mut room, |term| found.push((term.words.start, term.words.len())));
                assert_eq!(found, expected(&kept, &words), "{terms:?}");
                count += found.len();
            }
        }
        assert!(count > 500, "{count}");
    }
}
