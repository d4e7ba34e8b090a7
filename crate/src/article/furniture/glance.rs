//! One walk over a paragraph: its words counted, and the phrases found that may stand anywhere in it.

use super::phrases::Phrases;
use super::words::{LEGAL, NAMED, POLICY};
use crate::article::split::is_han;
use crate::window::letters_from;

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

/// Lists of phrases.
static LISTS: [Phrases; 3] = [Phrases::of(&LEGAL), Phrases::of(&POLICY), Phrases::of(&NAMED)];

impl Glance {
    pub(crate) fn of(text: &str) -> Glance {
        let bytes = text.as_bytes();
        let (mut words, mut han, mut lists, mut ascii) = (0, 0, 0, true);
        // Inside a word; behind an ASCII letter or digit, where no phrase begins.
        let (mut inside, mut behind) = (false, false);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == b' ' {
                (inside, behind) = (false, false);
                at += 1;
                continue;
            }
            let plain = byte.is_ascii_alphanumeric();
            if !(plain && behind) {
                lists |= begun(&bytes[at..]);
            }
            behind = plain;
            if plain {
                words += u32::from(!inside);
                inside = true;
                at += 1 + letters_from(bytes, at + 1);
                continue;
            }
            let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
            at += c.len_utf8();
            ascii &= c.is_ascii();
            if is_han(c) {
                (han, inside) = (han + 1, false);
            } else if c.is_alphanumeric() {
                words += u32::from(!inside);
                inside = true;
            } else {
                inside &= matches!(c, '\'' | '’' | '-' | '.' | ',');
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
    LISTS.iter().rev().fold(0, |lists, list| lists << 1 | u8::from(list.begin(text)))
}

#[cfg(test)]
mod tests {
    use super::super::look::Look;
    use super::*;

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
    }

    #[test]
    fn finds_every_phrase_where_a_word_begins() {
        for (list, phrases) in [&LEGAL, &POLICY, &NAMED].into_iter().enumerate() {
            for phrase in phrases.list() {
                for text in
                    [phrase.to_string(), format!("x ({} y", phrase.to_uppercase()), format!("河{phrase}")]
                {
                    assert!(Glance::of(&text).lists >> list & 1 == 1, "{text}");
                }
                if phrase.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    assert_eq!(Glance::of(&format!("9{phrase}")).lists >> list & 1, 0, "{phrase}");
                }
            }
        }
    }
}
