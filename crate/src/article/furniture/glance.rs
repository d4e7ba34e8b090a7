//! One walk over a paragraph: its words counted, and the phrases found that may stand anywhere in it.

use super::phrases::{Sieve, Words, begins};
use super::words::{LEGAL, NAMED, POLICY};
use crate::article::split::is_han;
use crate::window::{TOP, alphanumeric, count, equal, from_to, is_ascii, window};

/// What the walk has seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Glance {
    /// Words; two Chinese or Japanese characters count as one.
    pub(crate) words: u32,
    /// Whether it is all ASCII.
    pub(super) ascii: bool,
    /// The lists of [`LISTS`] of which a phrase begins a word, a bit each.
    lists: u8,
}

/// Lists of phrases, and what nearly all words of a text do not pass.
static LISTS: [&Words; 3] = [&LEGAL, &POLICY, &NAMED];
static SIEVE: Sieve = Sieve::of(&LISTS);

impl Glance {
    pub(crate) fn of(text: &str) -> Glance {
        let bytes = text.as_bytes();
        let (mut words, mut han, mut lists, mut ascii) = (0, 0, 0, true);
        // Marked by the highest bit of a byte: that what stands before the next one is inside a word, and that it is an ASCII
        // letter or digit, behind which no phrase begins.
        let (mut inside, mut behind) = (0, 0);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(eight) = window(bytes, at).filter(|eight| is_ascii(*eight)) {
                let (plain, spaces) = (alphanumeric(eight), equal(eight, b' '));
                let mut begins = TOP & !(plain & (plain << 8 | behind) | spaces);
                while begins != 0 {
                    lists |= begun(&bytes[at + begins.trailing_zeros() as usize / 8..]);
                    begins &= begins - 1;
                }
                let mut within = plain;
                if plain | spaces != TOP {
                    // Signs that do not end a word: an apostrophe, a comma, a hyphen, a full stop.
                    let joints = equal(eight, b'\'') | from_to(eight, b',', b'.');
                    // One joint after the other.
                    while joints & !within & (within << 8 | inside) != 0 {
                        within |= joints & (within << 8 | inside);
                    }
                }
                words += count(plain & !(within << 8 | inside));
                (inside, behind) = (within >> 56, plain >> 56);
                at += 8;
                continue;
            }
            let c = text[at..].chars().next().unwrap_or(' ');
            let plain = byte.is_ascii_alphanumeric();
            if !plain || behind == 0 {
                lists |= begun(&bytes[at..]);
            }
            behind = if plain { 0x80 } else { 0 };
            at += c.len_utf8();
            ascii &= c.is_ascii();
            if is_han(c) {
                (han, inside) = (han + 1, 0);
            } else if c.is_alphanumeric() {
                words += u32::from(inside == 0);
                inside = 0x80;
            } else if !matches!(c, '’' | '\'' | ','..='.') {
                inside = 0;
            }
        }
        Glance { words: words + u32::div_ceil(han, 2), ascii, lists }
    }

    /// Whether it says what no article says of itself; whatever its length.
    pub(super) fn is_legal(self) -> bool {
        self.lists & 1 != 0
    }

    /// Whether it names a page's terms.
    pub(super) fn has_policy(self) -> bool {
        self.lists & 2 != 0
    }

    /// Whether it names who took a picture.
    pub(super) fn has_named(self) -> bool {
        self.lists & 4 != 0
    }
}

/// The lists of which a phrase begins a text.
#[inline(always)]
fn begun(text: &[u8]) -> u8 {
    if !SIEVE.passes(text) {
        return 0;
    }
    LISTS.iter().rev().fold(0, |lists, list| lists << 1 | u8::from(begins(text, list)))
}

#[cfg(test)]
mod tests {
    use super::super::look::Look;
    use super::*;
    use crate::dice::dice;

    #[test]
    fn counts_the_words_that_a_look_counts() {
        for text in [
            "",
            " ",
            "The bridge opened on Monday; 3,000 people crossed it.",
            "co-operation, O’Brien's x-ray 5G-net a/b 北京 two，河 мир-été a\tb \u{a0}c",
            "naïve éa aé1b2c …—… don't stop.go",
        ] {
            assert_eq!(Glance::of(text).words, Look::of(text).words, "{text}");
        }
        const PIECES: [&str; 20] = [
            "a",
            "b9",
            "Wide",
            "boundaries",
            " ",
            " ",
            " ",
            "-",
            ".",
            ",",
            "'",
            "’",
            "...",
            "(",
            "\t",
            "\n",
            "é",
            "河",
            "—",
            "_",
        ];
        let mut next = dice(32);
        for _ in 0..20_000 {
            let text: String = (0..next(30)).map(|_| PIECES[next(PIECES.len())]).collect();
            let glance = Glance::of(&text);
            assert_eq!((glance.words, glance.ascii), (Look::of(&text).words, text.is_ascii()), "{text:?}");
        }
    }

    #[test]
    fn finds_every_phrase_where_a_word_begins() {
        for (list, phrases) in [&LEGAL, &POLICY, &NAMED].into_iter().enumerate() {
            for phrase in phrases.list() {
                for text in [
                    phrase.to_string(),
                    format!("x ({} y", phrase.to_uppercase()),
                    format!("a longer text before; {phrase} and a longer text after it"),
                    format!("河{phrase}"),
                ] {
                    assert!(Glance::of(&text).lists >> list & 1 == 1, "{text}");
                }
                if phrase.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    assert_eq!(Glance::of(&format!("9{phrase}")).lists >> list & 1, 0, "{phrase}");
                }
            }
        }
    }
}
