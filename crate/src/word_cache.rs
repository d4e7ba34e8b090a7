//! The words met lately: most words of a text were met before, and to find one again costs far less than to fold it, cut it,
//! hash it and look its features up once more.
//!
//! The cache changes nothing but time: what it holds of a word depends on the word and the model alone.

use alloc::vec;
use alloc::vec::Vec;

use crate::window::{SMALL, letters};

/// A run of at most 15 ASCII letters that is a whole word, in lower case: the first letter in the lowest byte, zeros after the
/// last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    key: [u64; 2],
    length: usize,
}

impl Letters {
    /// The word that starts at byte `at`. Nothing where it has more letters, or what follows may belong to it: a digit, an
    /// apostrophe, a hyphen at the end of a line, anything outside ASCII.
    #[inline]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Option<Self> {
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
        let goes_on = match after as u8 {
            b'0'..=b'9' | b'\'' | 0x80.. => true,
            b'-' => matches!(rest.get(length + 1), Some(b'\n' | b'\r')),
            _ => false,
        };
        if length == 0 || goes_on { None } else { Some(Letters { key: [low, high], length }) }
    }

    /// In bytes, 1 to 15.
    pub(crate) fn length(self) -> usize {
        self.length
    }

    /// The letters, and zeros after them.
    fn bytes(self) -> [u8; 16] {
        let [low, high] = self.key;
        (u128::from(low) | u128::from(high) << 64).to_le_bytes()
    }
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

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KnownWord {
    /// Hash of its stem, and of its singular.
    pub(crate) stem: u32,
    pub(crate) singular: u32,
    /// The rows of its own features in the model, as [`Hits`](crate::hits::Hits) take them.
    pub(crate) rows: [u32; 4],
}

/// A place for each of many hashes: a word stays until another one needs its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordCache {
    /// What stands there; no letters: free. A power of two of them, or none before the first word.
    places: Vec<([u64; 2], KnownWord)>,
    /// Words that were put in since the places last grew.
    put: usize,
}

/// Places for a short text, and the most there are: 40 bytes each.
const FEWEST: usize = 1 << 11;
const MOST: usize = 1 << 15;

impl WordCache {
    /// What `learn` says of a word, or said when it was met last.
    #[inline(always)]
    pub(crate) fn get(&mut self, letters: Letters, learn: impl FnOnce(&[u8]) -> KnownWord) -> KnownWord {
        match self.places.get(self.place(letters)) {
            Some((key, word)) if *key == letters.key => *word,
            _ => {
                let word = learn(&letters.bytes()[..letters.length]);
                self.put(letters, word);
                word
            }
        }
    }

    #[inline(always)]
    fn place(&self, letters: Letters) -> usize {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4).
        let [low, high] = letters.key;
        let hash = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 40) as usize & self.places.len().wrapping_sub(1)
    }

    #[inline(never)]
    fn put(&mut self, letters: Letters, word: KnownWord) {
        let places = self.places.len();
        if self.put >= places && places < MOST {
            // What they held is soon learnt again.
            self.places = vec![<([u64; 2], KnownWord)>::default(); (places * 2).max(FEWEST)];
            self.put = 0;
        }
        self.put += 1;
        let place = self.place(letters);
        self.places[place] = (letters.key, word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    /// The same, said a byte at a time.
    fn expected(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
        let rest = &bytes[at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let goes_on = match rest.get(length) {
            Some(b'0'..=b'9' | b'\'' | 0x80..) => true,
            Some(b'-') => matches!(rest.get(length + 1), Some(b'\n' | b'\r')),
            _ => false,
        };
        (!goes_on && (1..16).contains(&length)).then(|| rest[..length].to_ascii_lowercase())
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
                let found =
                    Letters::at(&bytes, at).map(|letters| letters.bytes()[..letters.length()].to_vec());
                assert_eq!(found, expected(&bytes, at), "{bytes:?} at {at}");
            }
        }
    }

    #[test]
    fn a_word_is_learnt_once_until_its_place_is_taken() {
        let mut cache = WordCache::default();
        let mut learnt = 0;
        for _ in 0..2 {
            for word in ["steel", "mill", "metropolitan"] {
                let letters = Letters::at(word.as_bytes(), 0).unwrap();
                let known = cache.get(letters, |bytes| {
                    assert_eq!(bytes, word.as_bytes());
                    learnt += 1;
                    KnownWord { stem: learnt, ..KnownWord::default() }
                });
                assert_ne!(known.stem, 0);
            }
        }
        assert_eq!(learnt, 3);
        // More words than places: some must go, and each is still answered for.
        for number in 0..2 * MOST {
            let word: Vec<u8> = (0..5).map(|digit| b'a' + (number >> (4 * digit) & 15) as u8).collect();
            let known = cache.get(Letters::at(&word, 0).unwrap(), |_| KnownWord {
                stem: number as u32,
                ..KnownWord::default()
            });
            assert_eq!(known.stem, number as u32);
        }
    }
}
