//! The words met lately: most words of a text were met before, and to find one again costs far less than to fold it, cut it,
//! hash it and look its features up once more.
//!
//! The cache changes nothing but time: what it holds of a word depends on the word and the model alone.

use alloc::vec;
use alloc::vec::Vec;

use crate::token::Word;
use crate::window::{SMALL, letters};

/// A run of at most 15 ASCII letters that is a whole word, in lower case: the first letter in the lowest byte, zeros after the
/// last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    key: [u64; 2],
}

impl Letters {
    /// The word that starts at byte `at`, and the byte from which to go on: after it, what parts it from the next word, and a space
    /// behind that. Nothing where no letter stands there, where it has more letters, or where what follows may belong to it, or is a
    /// word of its own: a digit, an apostrophe, a hyphen at the end of a line, anything outside ASCII.
    #[inline(always)]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        let rest = bytes.get(at..)?;
        let [mut low, mut high] = match rest.first_chunk::<16>() {
            Some(window) => halves(*window),
            None => halves(last_window(rest)),
        };
        let mut length = letters(low);
        let after;
        if length < 8 {
            after = low >> (8 * length);
            low = (low | SMALL) & !(u64::MAX << (8 * length));
            high = 0;
        } else {
            let more = letters(high);
            if more == 8 {
                return None;
            }
            after = high >> (8 * more);
            low |= SMALL;
            high = (high | SMALL) & !(u64::MAX << (8 * more));
            length += more;
        }
        let parting = parting(after as u8);
        let breaks = parting == HYPHEN && matches!(rest.get(length + 1), Some(b'\n' | b'\r'));
        if length == 0 || parting == UNCLEAR || breaks {
            return None;
        }
        let next = usize::from(parting != END);
        let space = next & usize::from((after >> 8) as u8 == b' ');
        Some((Letters { key: [low, high] }, at + length + next + space))
    }

    /// In the place of letters: of some other word, what it is to its neighbours.
    pub(crate) fn other(word: &Word) -> Self {
        Letters { key: [u64::MAX, u64::from(word.stem) << 32 | u64::from(word.singular)] }
    }

    /// Stem and singular of such a word.
    pub(crate) fn as_other(self) -> Option<(u32, u32)> {
        let [low, high] = self.key;
        (low == u64::MAX).then_some(((high >> 32) as u32, high as u32))
    }

    /// The letters, and zeros after them.
    pub(crate) fn bytes(self) -> [u8; 16] {
        let [low, high] = self.key;
        (u128::from(low) | u128::from(high) << 64).to_le_bytes()
    }
}

/// What a byte behind a word is.
static PARTINGS: [u8; 256] = {
    let mut partings = [UNCLEAR; 256];
    let mut byte = 1;
    while byte < 0x80 {
        if !(byte as u8).is_ascii_alphanumeric() && !matches!(byte as u8, b'$' | b'%' | b'\'') {
            partings[byte] = PLAIN;
        }
        byte += 1;
    }
    partings[0] = END;
    partings[b'-' as usize] = HYPHEN;
    partings
};
/// It parts the word from the next one, and is nothing else.
const PLAIN: u8 = 0;
/// It may belong to the word, or be one.
const UNCLEAR: u8 = 1;
/// It parts, but at the end of a line.
const HYPHEN: u8 = 2;
/// The text is at its end, or has a byte that does not matter.
const END: u8 = 3;

#[inline(always)]
fn parting(byte: u8) -> u8 {
    PARTINGS[usize::from(byte)]
}

/// Whether a byte is no part of any word, wherever it stands but behind one.
#[inline(always)]
pub(crate) fn is_plain_parting(byte: u8) -> bool {
    matches!(parting(byte), PLAIN | HYPHEN)
}

fn halves(window: [u8; 16]) -> [u64; 2] {
    let window = u128::from_le_bytes(window);
    [window as u64, (window >> 64) as u64]
}

/// The last words of a text.
#[inline(never)]
fn last_window(rest: &[u8]) -> [u8; 16] {
    let mut window = [0; 16];
    window.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    window
}

/// What is known of a word: with its letters, half a line of the processor's cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
pub(crate) struct KnownWord {
    /// No letters: none.
    pub(crate) letters: Letters,
    /// Hash of its stem, and of its singular.
    pub(crate) stem: u32,
    pub(crate) singular: u32,
    /// Up to four rows of the model that its own features hit, each plus one, the first in the lowest 16 bits.
    pub(crate) rows: u64,
}

/// What stands in an empty place.
static NO_WORD: KnownWord = KnownWord { letters: Letters { key: [0; 2] }, stem: 0, singular: 0, rows: 0 };

/// A place for each of many hashes. A word that another one puts out of its place moves to the one beside it, and whatever stood
/// there is forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordCache {
    /// A power of two of them, or none before the first word.
    places: Vec<KnownWord>,
    /// Words that were put in since the places last grew.
    put: usize,
}

/// Places for a short text, and the most there are.
const FEWEST: usize = 1 << 11;
const MOST: usize = 1 << 15;

impl WordCache {
    /// What stands where a word would, whatever that is.
    #[inline(always)]
    pub(crate) fn get(&self, letters: Letters) -> &KnownWord {
        self.places.get(self.place(letters)).unwrap_or(&NO_WORD)
    }

    #[inline(always)]
    fn place(&self, letters: Letters) -> usize {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4).
        let [low, high] = letters.key;
        let hash = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 48) as usize & self.places.len().wrapping_sub(1)
    }

    pub(crate) fn put(&mut self, word: KnownWord) {
        let places = self.places.len();
        if self.put >= places && places < MOST {
            // What they held is soon learnt again.
            self.places = vec![KnownWord::default(); (places * 2).max(FEWEST)];
            self.put = 0;
        }
        self.put += 1;
        let place = self.place(word.letters);
        self.places.swap(place, place ^ 1);
        self.places[place] = word;
    }

    /// A word that had to leave its place, back in it.
    pub(crate) fn get_back(&mut self, letters: Letters) -> Option<KnownWord> {
        let place = self.place(letters);
        let word = *self.places.get(place ^ 1)?;
        (word.letters == letters).then(|| {
            self.places.swap(place, place ^ 1);
            word
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    /// The word and the bytes behind it that are passed, said a byte at a time.
    fn expected(bytes: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
        let rest = &bytes[at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let goes_on = match rest.get(length) {
            Some(b'0'..=b'9' | b'\'' | b'$' | b'%' | 0x80..) => true,
            Some(b'-') => matches!(rest.get(length + 1), Some(b'\n' | b'\r')),
            _ => false,
        };
        let parting = usize::from(rest.get(length).is_some_and(|byte| *byte != 0));
        // Of sixteen bytes, as many as are looked at, or eight, where the word is shorter.
        let seen = if length < 8 { 8 } else { 16 };
        let space = usize::from(length + 1 < seen && parting == 1 && rest.get(length + 1) == Some(&b' '));
        (!goes_on && (1..16).contains(&length))
            .then(|| (rest[..length].to_ascii_lowercase(), length + parting + space))
    }

    #[test]
    fn finds_the_words_that_a_loop_finds() {
        let mut next = dice(5);
        for round in 0..40_000 {
            let length = next(40);
            let bytes: Vec<u8> = (0..length)
                .map(|_| match next(if round % 2 == 0 { 12 } else { 40 }) {
                    0 => next(256) as u8,
                    1 => b"-'\n @[`{/09:\x7f\x80"[next(14)],
                    2 => b'A' + next(26) as u8,
                    _ => b'a' + next(26) as u8,
                })
                .collect();
            for at in 0..length {
                let word =
                    |letters: Letters| letters.bytes().into_iter().take_while(|byte| *byte != 0).collect();
                let found = Letters::at(&bytes, at).map(|(letters, after)| (word(letters), after));
                let expected = expected(&bytes, at).map(|(word, passed)| (word, at + passed));
                assert_eq!(found, expected, "{bytes:?} at {at}");
            }
        }
    }

    #[test]
    fn a_word_stays_until_its_place_is_taken() {
        let known = |word: &[u8], stem| {
            let (letters, _) = Letters::at(word, 0).unwrap();
            KnownWord { letters, stem, ..KnownWord::default() }
        };
        let mut cache = WordCache::default();
        let words = [known(b"steel", 1), known(b"mill", 2), known(b"metropolitan", 3)];
        for word in words {
            assert_ne!(*cache.get(word.letters), word);
            cache.put(word);
            assert_eq!(*cache.get(word.letters), word);
        }
        assert!(words.iter().all(|word| cache.get(word.letters) == word));
        // More words than places: each is found right after it was put in, and what is found is always a whole word.
        let many: Vec<_> = (0..2 * MOST as u32)
            .map(|number| {
                let word: Vec<u8> = (0..5).map(|digit| b'a' + (number >> (4 * digit) & 15) as u8).collect();
                known(&word, number)
            })
            .collect();
        for word in &many {
            cache.put(*word);
            assert_eq!(cache.get(word.letters), word);
        }
        assert_eq!(cache.places.len(), MOST);
        let mut is_kept =
            |word: &KnownWord| cache.get(word.letters) == word || cache.get_back(word.letters) == Some(*word);
        let kept = many.iter().filter(|word| is_kept(word)).count();
        assert!((MOST / 2..=MOST).contains(&kept), "{kept}");
    }

    #[test]
    fn what_is_no_plain_word_is_told_apart() {
        let word = Word { whole: 1, stem: u32::MAX, singular: 7, prefixes: [None; 2] };
        assert_eq!(Letters::other(&word).as_other(), Some((u32::MAX, 7)));
        let (letters, _) = Letters::at(b"zzzzzzzzzzzzzzz", 0).unwrap();
        assert_eq!(letters.as_other(), None);
    }
}
