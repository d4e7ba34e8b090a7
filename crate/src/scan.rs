//! Text to hits, the short way: what scoring needs of a paragraph is which rows of the model it hits and how often, not where.
//!
//! It finds what [`Extractor`](crate::features::Extractor) finds, whose features trainer and evidence read; a test holds the two
//! against each other. It is faster because a word that was met before is not read again: its rows are remembered.

use alloc::vec::Vec;

use crate::features::{EDGE, Family, fingerprint, join, own_features, term_features, words};
use crate::glossary::Glossary;
use crate::hits::{Hits, NO_ROW};
use crate::table::Table;
use crate::token::{Script, Token, TokenReader, Word};
use crate::word_cache::{KnownWord, Letters, WordCache};

/// Reads paragraphs for one model; keeps what it knows of words from one to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scanner {
    reader: TokenReader,
    cache: WordCache,
    /// Of each token of the paragraph: the hash by which the glossary knows it.
    singulars: Vec<u32>,
    pub(crate) hits: Hits,
}

/// What a token is paired with.
#[derive(Clone, Copy)]
enum Left {
    /// Nothing comes before.
    Edge,
    /// The stem of a word.
    Word(u32),
    /// The last one or two characters of a script without spaces: where they end, the last one, and the one right before it.
    Characters { end: usize, last: u32, before: Option<u32> },
}

impl Scanner {
    /// Replaces `hits` by those of `text`.
    pub(crate) fn read(&mut self, text: &str, glossary: &Glossary, table: &Table) {
        self.hits.clear(table.len());
        self.singulars.clear();
        let bytes = text.as_bytes();
        let (mut at, mut left, mut characters) = (0, Left::Edge, 0);
        while let Some(byte) = bytes.get(at) {
            if *byte == b' ' {
                at += 1;
            } else if let Some(letters) = Letters::at(bytes, at) {
                let known = self.cache.get(letters, |word| known_word(&self.reader.letters(word), table));
                known.rows.into_iter().for_each(|row| self.hits.add(row));
                let before = match left {
                    Left::Edge => Some(EDGE),
                    Left::Word(stem) => Some(stem),
                    Left::Characters { .. } => None,
                };
                if let Some(row) =
                    before.and_then(|before| table.row(fingerprint(Family::Pair, join(before, known.stem))))
                {
                    self.hits.add(row as u32 + 1);
                }
                left = Left::Word(known.stem);
                self.singulars.push(known.singular);
                at += letters.length();
            } else {
                let (token, after) = self.reader.next(text, at);
                at = after;
                if let Some(token) = token {
                    characters += usize::from(token.script == Script::Unspaced);
                    left = self.add(&token, left, table);
                }
            }
        }
        if let Left::Word(stem) = left {
            self.hits.find(table, Family::Pair, join(stem, EDGE));
        }
        let hits = &mut self.hits;
        glossary.matches(&self.singulars, |found| {
            term_features(&found, |family, hash| hits.find(table, family, hash));
        });
        hits.words = words(self.singulars.len(), characters);
    }

    /// A token that is no plain word.
    #[inline(never)]
    fn add(&mut self, token: &Token, left: Left, table: &Table) -> Left {
        self.singulars.push(token.word.singular);
        let mut find = |family, hash| self.hits.find(table, family, hash);
        if token.script == Script::Spaced {
            own_features(&token.word, &mut find);
            match left {
                Left::Edge => find(Family::Pair, join(EDGE, token.word.stem)),
                Left::Word(stem) => find(Family::Pair, join(stem, token.word.stem)),
                Left::Characters { .. } => {}
            }
            return Left::Word(token.word.stem);
        }
        let own = token.word.whole;
        find(Family::Han, own);
        let mut beside = None;
        if let Left::Characters { end, last, before } = left
            && end == token.start
        {
            beside = Some(last);
            let two = join(last, own);
            find(Family::Han, two);
            if let Some(before) = before {
                find(Family::Han, join(before, two));
            }
        }
        Left::Characters { end: token.end, last: own, before: beside }
    }

    /// Whether its buffers have the size that ordinary paragraphs need.
    pub(crate) fn is_small(&self) -> bool {
        self.singulars.capacity() <= 1 << 16
    }
}

#[inline(never)]
fn known_word(word: &Word, table: &Table) -> KnownWord {
    let mut known = KnownWord { stem: word.stem, singular: word.singular, rows: [NO_ROW; 4] };
    let mut rows = known.rows.iter_mut();
    own_features(word, |family, hash| {
        if let Some(row) = table.row(fingerprint(family, hash))
            && let Some(place) = rows.next()
        {
            *place = row as u32 + 1;
        }
    });
    known
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;
    use alloc::string::String;

    use crate::Classifier;
    use crate::dice::dice;
    use crate::features::Extractor;

    /// What the extractor's features hit: count by row, and the number of words.
    fn expected(classifier: &Classifier, text: &str) -> (BTreeMap<usize, u32>, usize) {
        let mut counts = BTreeMap::new();
        let words = Extractor::new().emit(text, classifier.glossary(), |feature| {
            if let Some(row) = classifier.row(feature.fingerprint) {
                *counts.entry(row).or_default() += 1;
            }
        });
        (counts, words)
    }

    #[test]
    fn hits_what_the_extractors_features_hit() {
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
        let classifier = Classifier::embedded();
        let rows = classifier.model().fingerprints.len();
        let mut next = dice(21);
        let mut all = 0;
        for _ in 0..3_000 {
            let text: String = (0..next(40)).map(|_| PIECES[next(PIECES.len())]).collect();
            let (counts, words) = expected(classifier, &text);
            classifier.lend(|workspace| {
                classifier.collect(workspace, &text);
                let hits = &workspace.scanner.hits;
                let found: BTreeMap<usize, u32> =
                    (0..rows).map(|row| (row, hits.count(row))).filter(|(_, count)| *count > 0).collect();
                assert_eq!((found, hits.words), (counts.clone(), words), "{text:?}");
            });
            all += counts.len();
        }
        assert!(all > 10_000, "{all}");
    }
}
