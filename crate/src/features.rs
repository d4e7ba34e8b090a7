//! Text to features: the one extractor that trainer and evidence share; scoring takes a shorter way to the same hits, in
//! `scan.rs`.
//!
//! A paragraph is read once, left to right. Each word, stem, prefix, pair of neighbouring stems and glossary term calls the listener with a [`Feature`]: a fingerprint, its family and its place in the text.
//! Nothing is allocated per word. A feature that training never saw has a fingerprint that the model does
//! not hold: it counts for nothing.
//!
//! ```
//! use leitmotif::features::{Extractor, Family};
//! use leitmotif::Glossary;
//!
//! let mut words = Vec::new();
//! let text = "Wetlands come back.";
//! Extractor::new().emit(text, &Glossary::default(), |feature| {
//!     if feature.family == Family::Stem {
//!         words.push(&text[feature.start..feature.end]);
//!     }
//! });
//! assert_eq!(words, ["Wetlands", "come", "back"]);
//! ```

use alloc::vec::Vec;
use core::ops::Range;

use crate::Glossary;
use crate::glossary::{Match, MatchRoom};
use crate::theme::Themes;
use crate::token::{Script, Tokens, Word};

/// What a feature is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// One word as it stands, folded to lower case, where it is more than its stem.
    Word,
    /// One word less its ending; numbers are folded to their shape.
    Stem,
    /// The first four or five letters of a longer word, a character n-gram that tolerates endings; its span is the word.
    Prefix,
    /// Two neighbouring stems; the first and the last word also pair with the paragraph's edge.
    Pair,
    /// One to three neighbouring characters of a script without spaces (Chinese, Japanese kana).
    Han,
    /// A glossary term as itself.
    Term,
    /// A theme that the glossary gives to a term, whichever term it is.
    Lexicon,
}

impl Family {
    /// Every family, in order of its [`id`](Family::id).
    pub const ALL: [Family; 7] = [
        Family::Word,
        Family::Stem,
        Family::Prefix,
        Family::Pair,
        Family::Han,
        Family::Term,
        Family::Lexicon,
    ];

    /// A small number that stays the same for good: it seeds the fingerprints.
    pub fn id(self) -> u32 {
        self as u32
    }

    /// The name in output: the variant's, in lower case.
    pub fn as_str(self) -> &'static str {
        ["word", "stem", "prefix", "pair", "han", "term", "lexicon"][self as usize]
    }
}

/// One occurrence of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// 32 bits of hash over the family and the folded text.
    pub fingerprint: u32,
    /// What the feature is made of.
    pub family: Family,
    /// First byte of its span in the paragraph's text.
    pub start: usize,
    /// One past the last byte of its span; always on a character boundary.
    pub end: usize,
}

/// Reads features off paragraphs; keeps its buffers from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    tokens: Tokens,
    /// Of each token: the hash by which the glossary knows it.
    singulars: Vec<u32>,
    room: MatchRoom,
}

impl Extractor {
    /// A new extractor with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The byte spans of the words of the text read last, in order; a character of a script without spaces is one.
    ///
    /// ```
    /// use leitmotif::{Glossary, features::Extractor};
    ///
    /// let mut extractor = Extractor::new();
    /// assert_eq!(extractor.emit("two 河 words", &Glossary::default(), |_| {}), 3);
    /// assert_eq!(extractor.spans().collect::<Vec<_>>(), [0..3, 4..7, 8..13]);
    /// ```
    pub fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        self.tokens.as_slice().iter().map(|token| token.start..token.end)
    }

    /// Calls `listener` for each feature of `text`, in an order that depends on the text alone:
    /// the features of each word from left to right, then the glossary's.
    ///
    /// Returns the number of words (a character of a script without spaces counts as half a word,
    /// rounded up over the paragraph).
    pub fn emit(&mut self, text: &str, glossary: &Glossary, mut listener: impl FnMut(Feature)) -> usize {
        self.walk(text, glossary, &mut listener)
    }

    /// Not woven into each of its callers: scoring has a faster way ([`crate::scan`]).
    fn walk(&mut self, text: &str, glossary: &Glossary, listener: &mut dyn FnMut(Feature)) -> usize {
        self.tokens.read(text);
        let tokens = self.tokens.as_slice();
        let mut tell = |family, hash, start, end| {
            listener(Feature { fingerprint: fingerprint(family, hash), family, start, end });
        };
        let mut characters = 0;
        for (index, token) in tokens.iter().enumerate() {
            let (start, end) = (token.start, token.end);
            match token.script {
                Script::Spaced => {
                    own_features(&token.word, |family, hash| tell(family, hash, start, end));
                    match index.checked_sub(1).map(|left| &tokens[left]) {
                        None => tell(Family::Pair, join(EDGE, token.word.stem), start, end),
                        Some(left) if left.script == Script::Spaced => {
                            tell(Family::Pair, join(left.word.stem, token.word.stem), left.start, end);
                        }
                        Some(_) => {}
                    }
                    if index + 1 == tokens.len() {
                        tell(Family::Pair, join(token.word.stem, EDGE), start, end);
                    }
                }
                Script::Unspaced => {
                    characters += 1;
                    let mut hash = token.word.whole;
                    let mut run_start = start;
                    tell(Family::Han, hash, start, end);
                    for left in tokens[..index].iter().rev().take(2) {
                        if left.script != Script::Unspaced || left.end != run_start {
                            break;
                        }
                        hash = join(left.word.whole, hash);
                        run_start = left.start;
                        tell(Family::Han, hash, run_start, end);
                    }
                }
            }
        }
        self.singulars.clear();
        self.singulars.extend(tokens.iter().map(|token| token.word.singular));
        glossary.matches(&self.singulars, &mut self.room, |found| {
            let (start, end) = (tokens[found.words.start].start, tokens[found.words.end - 1].end);
            term_features(&found, |family, hash| tell(family, hash, start, end));
        });
        words(tokens.len(), characters)
    }
}

/// The features of a word of a spaced script by itself: family and hash of each.
#[inline(always)]
pub(crate) fn own_features(word: &Word, mut tell: impl FnMut(Family, u32)) {
    tell(Family::Stem, word.stem);
    if word.whole != word.stem {
        tell(Family::Word, word.whole);
    }
    for prefix in word.prefixes.into_iter().flatten() {
        tell(Family::Prefix, prefix);
    }
}

/// The features of a term of the glossary.
#[inline(always)]
pub(crate) fn term_features(found: &Match, mut tell: impl FnMut(Family, u32)) {
    tell(Family::Term, found.hash);
    if found.themes == 0 {
        tell(Family::Lexicon, LOOK_ALIKE);
    }
    for theme in Themes::from_bits(found.themes).iter() {
        tell(Family::Lexicon, theme as u32 + 1);
    }
}

/// The fingerprint of "the glossary gives this theme" (by position), or "the glossary knows it as a look-alike" for `None`.
///
/// ```
/// use leitmotif::features::{Extractor, Family, lexicon_fingerprint};
/// use leitmotif::Glossary;
///
/// let glossary = Glossary::new([("wetland park", 1 << 3)]);
/// let mut found = Vec::new();
/// Extractor::new().emit("Wetland parks everywhere", &glossary, |feature| {
///     if feature.family == Family::Lexicon {
///         found.push(feature.fingerprint);
///     }
/// });
/// assert_eq!(found, [lexicon_fingerprint(Some(3))]);
/// ```
pub fn lexicon_fingerprint(theme: Option<usize>) -> u32 {
    fingerprint(Family::Lexicon, theme.map_or(LOOK_ALIKE, |position| position as u32 + 1))
}

/// So many words are `count` tokens, of which some are characters of a script without spaces.
pub(crate) fn words(count: usize, characters: usize) -> usize {
    count - characters + characters.div_ceil(2)
}

/// What a first word has on its left and a last word on its right.
pub(crate) const EDGE: u32 = 0x2545_F491;

/// The lexicon's answer for a term that the glossary knows as none of its themes.
const LOOK_ALIKE: u32 = 0;

/// The hash of two neighbours: order matters.
pub(crate) fn join(left: u32, right: u32) -> u32 {
    left.rotate_left(13).wrapping_mul(0x9E37_79B1) ^ right
}

/// Family and hash to 32 well-mixed bits: the finaliser of MurmurHash3 (Appleby, public domain).
#[inline]
pub(crate) fn fingerprint(family: Family, hash: u32) -> u32 {
    let mut h = hash ^ family.id().wrapping_add(1).wrapping_mul(0x85EB_CA6B);
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^ h >> 16
}
