//! Text to hits, the short way: what scoring needs of a paragraph is which rows of the model it hits and how often, not where.
//!
//! It finds what [`Extractor`](crate::features::Extractor) finds, whose features trainer and evidence read; a test holds the two
//! against each other. It is faster because a word that was met before is not read again: its rows are remembered.

use alloc::vec::Vec;

use crate::features::{EDGE, Family, fingerprint, join, own_features, term_features, words};
use crate::glossary::{Glossary, MatchRoom};
use crate::hits::Hits;
use crate::table::Table;
use crate::token::{Script, Token, TokenReader};
use crate::word_cache::{KnownWord, Letters, WordCache, is_plain_parting};

/// Reads paragraphs for one model; keeps what it knows of words from one to the next.
///
/// Some words at a time, and each step goes over all of these before the next one begins: the look-ups of a step do not wait for
/// each other, and few branches depend on what they find.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scanner {
    reader: TokenReader,
    cache: WordCache,
    /// Words that were not looked up yet.
    ahead: Vec<Letters>,
    /// What the cache has in their places.
    seen: Vec<KnownWord>,
    /// The stems of neighbouring words that were not paired yet, after the one on their left, if any.
    stems: Vec<u32>,
    /// Fingerprints of pairs.
    pairs: Vec<u32>,
    /// Of each token of the paragraph: the hash by which the glossary knows it.
    singulars: Vec<u32>,
    room: MatchRoom,
    pub(crate) hits: Hits,
}

/// Words that are looked up together.
const TOGETHER: usize = 128;

/// A character of a script without spaces: where it ends, its hash, and that of the one right before it.
struct Character {
    end: usize,
    hash: u32,
    before: Option<u32>,
}

impl Scanner {
    /// Replaces `hits` by those of `text`.
    pub(crate) fn read(&mut self, text: &str, glossary: &Glossary, table: &Table) {
        self.hits.clear(table.len());
        self.singulars.clear();
        self.stems.clear();
        self.stems.push(EDGE);
        let bytes = text.as_bytes();
        // Of an immense model, more than 16 bits may be needed for a row.
        let cached = table.len() < usize::from(u16::MAX);
        let (mut at, mut characters, mut last) = (0, 0, None);
        while at < bytes.len() {
            if cached {
                at = cut(bytes, at, &mut self.ahead);
            }
            if at < bytes.len() && self.ahead.len() < TOGETHER {
                let (token, after) = self.reader.next(text, at);
                at = after;
                match token {
                    Some(token) if token.script == Script::Spaced => {
                        own_features(&token.word, |family, hash| self.hits.find(table, family, hash));
                        self.ahead.push(Letters::other(&token.word));
                    }
                    Some(token) => {
                        characters += 1;
                        last = Some(self.add(&token, last, table));
                    }
                    None => {}
                }
            }
            if self.ahead.len() >= TOGETHER {
                self.look_up(table);
                self.pair(table);
                // A paragraph may be as long as a text.
                self.hits.tally();
            }
        }
        self.look_up(table);
        if !self.singulars.is_empty() && !self.stems.is_empty() {
            self.stems.push(EDGE);
        }
        self.pair(table);
        let hits = &mut self.hits;
        glossary.matches(&self.singulars, &mut self.room, |found| {
            term_features(&found, |family, hash| hits.find(table, family, hash));
        });
        hits.words = words(self.singulars.len(), characters);
        hits.tally();
    }

    /// Looks up the words ahead.
    fn look_up(&mut self, table: &Table) {
        let Scanner { reader, cache, ahead, seen, stems, singulars, hits, .. } = self;
        seen.clear();
        seen.extend(ahead.iter().map(|letters| *cache.get(*letters)));
        let (room, mut end) = (hits.found.room(4 * seen.len()), 0);
        for (letters, word) in ahead.iter().zip(&mut seen[..]) {
            if word.letters != *letters {
                *word = learn(*letters, cache, reader, table);
            }
            let rows = word.rows;
            if let Some(places) = room.get_mut(end..).and_then(|rest| rest.first_chunk_mut()) {
                // Not as a loop: for browsers, the compiler would leave it one.
                let [first, second, third, fourth] = places;
                *first = rows as u32 & 0xFFFF;
                *second = (rows >> 16) as u32 & 0xFFFF;
                *third = (rows >> 32) as u32 & 0xFFFF;
                *fourth = (rows >> 48) as u32;
            }
            end += (64 - rows.leading_zeros() as usize).div_ceil(16);
        }
        hits.found.add(end);
        stems.extend(seen.iter().map(|word| word.stem));
        singulars.extend(seen.iter().map(|word| word.singular));
        ahead.clear();
    }

    /// Finds the pairs of neighbours; the last word stays, as the left neighbour of what follows.
    fn pair(&mut self, table: &Table) {
        let Scanner { stems, pairs, hits, .. } = self;
        pairs.clear();
        let neighbours = stems.iter().zip(stems.iter().skip(1));
        pairs.extend(neighbours.map(|(left, right)| fingerprint(Family::Pair, join(*left, *right))));
        table.rows(pairs, |_, row| hits.add(row));
        let last = stems.pop();
        stems.clear();
        stems.extend(last);
    }

    /// A character of a script without spaces, after another one.
    #[inline(never)]
    fn add(&mut self, token: &Token, last: Option<Character>, table: &Table) -> Character {
        if !self.ahead.is_empty() || !self.stems.is_empty() {
            self.look_up(table);
            self.pair(table);
            self.stems.clear();
        }
        let hash = token.word.whole;
        self.singulars.push(token.word.singular);
        let mut find = |hash| self.hits.find(table, Family::Han, hash);
        find(hash);
        let beside = last.filter(|last| last.end == token.start);
        if let Some(last) = &beside {
            let two = join(last.hash, hash);
            find(two);
            if let Some(before) = last.before {
                find(join(before, two));
            }
        }
        Character { end: token.end, hash, before: beside.map(|last| last.hash) }
    }

    /// Whether its buffers have the size that ordinary paragraphs need.
    pub(crate) fn is_small(&self) -> bool {
        self.singulars.capacity() <= 1 << 16
    }
}

/// Cuts words of letters alone, as many as are looked up together; the byte from which to go on.
#[inline(never)]
fn cut(bytes: &[u8], mut at: usize, ahead: &mut Vec<Letters>) -> usize {
    while ahead.len() < TOGETHER {
        if let Some((letters, after)) = Letters::at(bytes, at) {
            at = after;
            ahead.push(letters);
        } else if bytes.get(at).is_some_and(|byte| is_plain_parting(*byte)) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// A word that the cache does not know.
#[inline(never)]
fn learn(letters: Letters, cache: &mut WordCache, reader: &mut TokenReader, table: &Table) -> KnownWord {
    if let Some((stem, singular)) = letters.as_other() {
        return KnownWord { stem, singular, ..KnownWord::default() };
    }
    if let Some(known) = cache.get_back(letters) {
        return known;
    }
    let bytes = letters.bytes();
    let length = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
    let word = reader.letters(&bytes[..length]);
    let (mut rows, mut bit) = (0, 0);
    own_features(&word, |family, hash| {
        if let Some(row) = table.row(fingerprint(family, hash)) {
            rows |= (row as u64 + 1) << bit;
            bit += 16;
        }
    });
    let known = KnownWord { letters, stem: word.stem, singular: word.singular, rows };
    cache.put(known);
    known
}

#[cfg(test)]
mod tests {
    use alloc::collections::{BTreeMap, BTreeSet};
    use alloc::string::String;

    use super::*;
    use crate::Classifier;
    use crate::dice::dice;
    use crate::features::Extractor;

    /// Texts of words, signs and what else there is, in any order.
    fn texts(count: usize) -> impl Iterator<Item = String> {
        const PIECES: &[&str] = &[
            "wetland",
            "Wetlands",
            "CITY",
            "cities",
            "the ",
            "the ",
            " of ",
            " ",
            " ",
            "  ",
            "toll road",
            "high-speed rail",
            "air pollution",
            "manufacturing",
            "industrialization",
            "internationalization",
            "a",
            "of",
            "steel-\nmill",
            "co-\r\n operation",
            "China's",
            "don’t",
            "é",
            "École",
            "naïve",
            "北京",
            "城市化",
            "河",
            "かな",
            "мир",
            "2024",
            "1,400",
            "5G",
            "3.5%",
            "$",
            "—",
            "…",
            ".",
            ", ",
            "-",
            "'",
            "\u{ad}",
            "\u{200b}",
            "\t",
            "\n",
            "(",
            "x1y",
            "_",
            "😀",
            "rivers",
        ];
        let mut next = dice(21);
        (0..count).map(move |_| (0..next(40)).map(|_| PIECES[next(PIECES.len())]).collect())
    }

    /// That both ways hit the same rows as often, and count the same words; how many rows they were.
    fn same_hits(scanner: &mut Scanner, text: &str, glossary: &Glossary, table: &Table) -> usize {
        let mut expected = BTreeMap::new();
        let words = Extractor::new().emit(text, glossary, |feature| {
            if let Some(row) = table.row(feature.fingerprint) {
                *expected.entry(row).or_default() += 1;
            }
        });
        scanner.read(text, glossary, table);
        let hits = &scanner.hits;
        let found: BTreeMap<usize, u32> =
            (0..table.len()).map(|row| (row, hits.count(row))).filter(|(_, count)| *count > 0).collect();
        assert_eq!((&found, hits.words), (&expected, words), "{text:?}");
        found.len()
    }

    #[test]
    fn hits_what_the_extractors_features_hit() {
        let classifier = Classifier::embedded();
        let model = classifier.model();
        let table = Table::new(model.fingerprints.clone(), model.fingerprint_bits);
        let mut scanner = Scanner::default();
        let hits: usize =
            texts(3_000).map(|text| same_hits(&mut scanner, &text, classifier.glossary(), &table)).sum();
        assert!(hits > 10_000, "{hits}");
        // Beyond what is looked up together.
        let long = texts(100).collect::<Vec<_>>().join(" ");
        assert!(same_hits(&mut scanner, &long, classifier.glossary(), &table) > 20);
    }

    #[test]
    fn an_immense_model_needs_no_cache() {
        let mut fingerprints = BTreeSet::new();
        let mut next = dice(22);
        while fingerprints.len() < 70_000 {
            fingerprints.insert((next(1 << 16) << 16 | next(1 << 16)) as u32);
        }
        let glossary = Classifier::embedded().glossary();
        for text in texts(200) {
            Extractor::new().emit(&text, glossary, |feature| {
                fingerprints.insert(feature.fingerprint);
            });
        }
        let table = Table::new(fingerprints.into_iter().collect(), 32);
        let mut scanner = Scanner::default();
        let hits: usize = texts(200).map(|text| same_hits(&mut scanner, &text, glossary, &table)).sum();
        assert!(hits > 1_000, "{hits}");
    }
}
