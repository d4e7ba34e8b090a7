//! Lists of words and phrases; and, for those looked for everywhere, a sieve: nearly all words of a text begin none of them,
//! which their first bytes show.

use crate::window::SMALL;

/// Words and phrases in small letters; ASCII ones stand for themselves in any case. Those of a length stand together, without
/// a pointer to each, which would weigh as much as many of the words.
pub(in crate::article) struct Words {
    texts: &'static [u8],
    /// For each length in bytes, from 1 on.
    rows: &'static [Row],
}

/// The words of a length.
pub(super) struct Row {
    /// Where they end in the texts: the next longer ones begin.
    end: u16,
    /// How they begin: a bit for each [`start`] of one.
    starts: u32,
}

/// Declares [`Words`], which see.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $($word:literal),* $(,)?) => {
        $(#[$doc])*
        pub(in crate::article) static $name: Words = {
            use super::phrases::{Row, bytes, longest, rows, texts};
            const LIST: &[&str] = &[$($word),*];
            static TEXTS: [u8; bytes(LIST)] = texts(LIST);
            static ROWS: [Row; longest(LIST)] = rows(LIST);
            Words::of(&TEXTS, &ROWS)
        };
    };
}
pub(super) use words;

impl Words {
    pub(super) const fn of(texts: &'static [u8], rows: &'static [Row]) -> Words {
        Words { texts, rows }
    }

    /// Whether this is one of them.
    #[inline(never)]
    pub(in crate::article) fn contains(&self, word: &[u8]) -> bool {
        let (Some(&first), Some(at)) = (word.first(), word.len().checked_sub(1)) else { return false };
        let Some(row) = self.rows.get(at).filter(|row| row.starts >> start(word) & 1 == 1) else {
            return false;
        };
        let begin = at.checked_sub(1).map_or(0, |shorter| usize::from(self.rows[shorter].end));
        let first = first.to_ascii_lowercase();
        let mut words = self.texts[begin..usize::from(row.end)].chunks_exact(word.len());
        words.any(|known| known[0] == first && known.eq_ignore_ascii_case(word))
    }

    /// The length in bytes of each that a text begins with.
    pub(super) fn begin<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = usize> + use<'_, 't> {
        let (one, longer) = (start(text.get(..1).unwrap_or_default()), start(text));
        let begun = move |(row, length): &(&Row, usize)| {
            row.starts >> (if *length == 1 { one } else { longer }) & 1 == 1
        };
        let lengths = self.rows.iter().zip(1..).filter(begun).map(|(_, length)| length);
        lengths.filter(|length| text.get(..*length).is_some_and(|part| self.contains(part)))
    }

    /// Whether a text ends with one.
    pub(super) fn end(&self, text: &[u8]) -> bool {
        let tail = |length| text.len().checked_sub(length).map(|at| &text[at..]);
        (1..=self.rows.len()).filter_map(tail).any(|tail| self.contains(tail))
    }

    #[cfg(test)]
    pub(super) fn list(&self) -> Vec<&'static str> {
        let mut start = 0;
        let mut list = Vec::new();
        for (row, length) in self.rows.iter().zip(1..) {
            let texts = &self.texts[start..usize::from(row.end)];
            list.extend(texts.chunks_exact(length).map(|word| core::str::from_utf8(word).expect("a word")));
            start = usize::from(row.end);
        }
        list
    }
}

/// A number below 32 for the first two bytes of a word, the same in either case of ASCII letters.
const fn start(word: &[u8]) -> u8 {
    match word {
        [first, second, ..] => (*first ^ second.wrapping_mul(5)) & 31,
        [first] => *first & 31,
        [] => 0,
    }
}

/// Of all words together.
pub(super) const fn bytes(list: &[&str]) -> usize {
    let (mut sum, mut next) = (0, 0);
    while next < list.len() {
        sum += list[next].len();
        next += 1;
    }
    sum
}

/// The bytes of the longest word.
pub(super) const fn longest(list: &[&str]) -> usize {
    let (mut most, mut next) = (0, 0);
    while next < list.len() {
        if list[next].len() > most {
            most = list[next].len();
        }
        next += 1;
    }
    most
}

pub(super) const fn texts<const N: usize>(list: &[&str]) -> [u8; N] {
    let mut texts = [0; N];
    let (mut end, mut length) = (0, 1);
    while end < N {
        let mut next = 0;
        while next < list.len() {
            let word = list[next].as_bytes();
            let mut at = 0;
            while word.len() == length && at < length {
                texts[end] = word[at];
                (end, at) = (end + 1, at + 1);
            }
            next += 1;
        }
        length += 1;
    }
    texts
}

pub(super) const fn rows<const N: usize>(list: &[&str]) -> [Row; N] {
    let mut rows = [const { Row { end: 0, starts: 0 } }; N];
    let (mut end, mut length) = (0, 1);
    while length <= N {
        let mut next = 0;
        while next < list.len() {
            let word = list[next].as_bytes();
            if word.len() == length {
                end += length;
                rows[length - 1].starts |= 1 << start(word);
            }
            next += 1;
        }
        rows[length - 1].end = end as u16;
        length += 1;
    }
    rows
}

/// The beginnings of phrases of at least six bytes, a bit for each of their hashes: a set that may hold more than was put in,
/// never less.
pub(super) struct Sieve([u32; 128]);

impl Sieve {
    pub(super) const fn of(lists: &[&Words]) -> Sieve {
        let mut bits = [0; 128];
        let mut list = 0;
        while list < lists.len() {
            let Words { texts, rows } = lists[list];
            let (mut start, mut length) = (0, 1);
            while length <= rows.len() {
                while start < rows[length - 1].end as usize {
                    let (_, phrase) = texts.split_at(start);
                    let Some(six) = phrase.first_chunk() else { panic!("a phrase of less than six bytes") };
                    bits[hash(six) / 32] |= 1 << (hash(six) % 32);
                    start += length;
                }
                length += 1;
            }
            list += 1;
        }
        Sieve(bits)
    }

    /// Whether a text may begin with one of them; `false` is certain.
    #[inline(always)]
    pub(super) fn passes(&self, text: &[u8]) -> bool {
        text.first_chunk().is_some_and(|six| self.0[hash(six) / 32] >> (hash(six) % 32) & 1 == 1)
    }
}

/// Twelve bits of six bytes, the same in either case of ASCII letters.
const fn hash(six: &[u8; 6]) -> usize {
    let [a, b, c, d, e, f] = *six;
    let small = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]) | SMALL;
    (small.wrapping_mul(0xC2B2_AE3D_27D4_EB4F) >> 52) as usize
}

/// Whether a text begins with one of the words.
#[inline(never)]
pub(super) fn begins(text: &[u8], words: &Words) -> bool {
    words.begin(text).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::super::words::{CAPTIONS, LABELS, LEGAL, MONTHS, NAMED, POLICY};
    use super::*;
    use crate::dice::dice;

    #[test]
    fn holds_its_words_and_no_others() {
        for list in [&LEGAL, &CAPTIONS, &LABELS, &MONTHS] {
            let words = list.list();
            assert!(words.len() > 20);
            for word in &words {
                assert!(list.contains(word.to_ascii_uppercase().as_bytes()), "{word}");
                assert!(list.end(format!("end {word}").as_bytes()), "{word}");
                for cut in 0..word.len() {
                    let part = &word.as_bytes()[..cut];
                    assert_eq!(
                        list.contains(part),
                        words.iter().any(|known| known.as_bytes() == part),
                        "{word}"
                    );
                }
                let text = format!("{word} more");
                let begun: Vec<usize> = list.begin(text.as_bytes()).collect();
                let mut known: Vec<usize> =
                    words.iter().filter(|known| text.starts_with(**known)).map(|known| known.len()).collect();
                known.sort_unstable();
                assert_eq!(begun, known, "{word}");
            }
            assert!(!list.contains(b"") && !list.contains(b"zebra crossings") && !list.contains(&[b'a'; 90]));
        }
    }

    #[test]
    fn the_sieve_lets_every_phrase_through_and_little_else() {
        let lists = [&LEGAL, &POLICY, &NAMED];
        let sieve = Sieve::of(&lists);
        for phrase in lists.iter().flat_map(|list| list.list()) {
            for text in [phrase.to_string(), phrase.to_ascii_uppercase(), format!("{phrase} more")] {
                assert!(sieve.passes(text.as_bytes()), "{text}");
            }
            assert!(!sieve.passes(&phrase.as_bytes()[..5]), "{phrase}");
        }
        let mut next = dice(31);
        let word = |_| sieve.passes(&core::array::from_fn::<u8, 8, _>(|_| b'a' + next(26) as u8));
        let passed = (0..10_000).map(word).filter(|passes| *passes).count();
        assert!(passed < 300, "{passed}");
    }
}
