//! A sieve for lists of words: nearly all words of a text are in none of them, which two of their bytes show.

/// Two neighbouring bytes, ASCII letters in any case: a set that may hold more than was put in, never less.
pub(super) struct Pairs {
    bits: [u32; 8],
}

impl Pairs {
    /// The bytes at `at` and behind it of each phrase: they must be so long.
    pub(super) const fn of(phrases: &[&str], at: usize) -> Pairs {
        let mut pairs = Pairs { bits: [0; 8] };
        let mut next = 0;
        while next < phrases.len() {
            let bytes = phrases[next].as_bytes();
            let slot = slot(bytes[at], bytes[at + 1]);
            pairs.bits[slot / 32] |= 1 << (slot % 32);
            next += 1;
        }
        pairs
    }

    /// Whether a phrase may have these two bytes there; `false` is certain.
    pub(super) fn has(&self, bytes: Option<&[u8]>) -> bool {
        matches!(bytes, Some([a, b, ..]) if {
            let slot = slot(*a, *b);
            self.bits[slot / 32] >> (slot % 32) & 1 == 1
        })
    }
}

/// Bits of both bytes, among them none by which the case of a letter shows.
const fn slot(a: u8, b: u8) -> usize {
    (a as usize & 31) << 3 ^ b as usize & 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::furniture::words::LEGAL;

    #[test]
    fn what_has_the_bytes_of_a_phrase_passes_in_any_case() {
        const PAIRS: [Pairs; 2] = [Pairs::of(LEGAL, 0), Pairs::of(LEGAL, 2)];
        for phrase in LEGAL {
            for (at, pairs) in [0, 2].into_iter().zip(&PAIRS) {
                assert!(pairs.has(phrase.as_bytes().get(at..)), "{phrase}");
                assert!(pairs.has(phrase.to_ascii_uppercase().as_bytes().get(at..)), "{phrase}");
            }
        }
        assert!(!PAIRS[0].has(Some(b"a")));
        assert!(!PAIRS[0].has(Some(b"zebra")));
        assert!(!PAIRS[1].has(None));
    }
}
