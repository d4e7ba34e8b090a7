//! Lists of phrases, and a sieve for each: nearly all words of a text begin none of them, which their first bytes show.

/// Phrases of at least six bytes; ASCII ones stand for themselves in any case.
pub(super) struct Phrases {
    list: &'static [&'static str],
    /// Of each phrase the first two bytes, the two after them, and the next two.
    sieve: [Pairs; 3],
}

impl Phrases {
    /// The list must be in small letters.
    pub(super) const fn of(list: &'static [&'static str]) -> Phrases {
        Phrases { list, sieve: [Pairs::of(list, 0), Pairs::of(list, 2), Pairs::of(list, 4)] }
    }

    /// Whether a text begins with one of them.
    #[inline(always)]
    pub(super) fn begin(&self, text: &[u8]) -> bool {
        let [first, second, third] = &self.sieve;
        match text {
            [a, b, c, d, e, f, ..] => {
                first.has(*a, *b) && second.has(*c, *d) && third.has(*e, *f) && begins_with(text, self.list)
            }
            _ => false,
        }
    }
}

/// Whether a text begins with one of the phrases, ASCII ones in any case.
#[inline(never)]
pub(super) fn begins_with(text: &[u8], phrases: &[&str]) -> bool {
    let Some(first) = text.first() else { return false };
    phrases.iter().any(|phrase| {
        let phrase = phrase.as_bytes();
        phrase[0] == first.to_ascii_lowercase()
            && text.get(..phrase.len()).is_some_and(|part| part.eq_ignore_ascii_case(phrase))
    })
}

/// Two neighbouring bytes, ASCII letters in any case: a set that may hold more than was put in, never less.
struct Pairs {
    bits: [u32; 8],
}

impl Pairs {
    /// The bytes at `at` and behind it of each phrase.
    const fn of(phrases: &[&str], at: usize) -> Pairs {
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
    #[inline(always)]
    fn has(&self, a: u8, b: u8) -> bool {
        let slot = slot(a, b);
        self.bits[slot / 32] >> (slot % 32) & 1 == 1
    }
}

/// Bits of both bytes, among them none by which the case of a letter shows.
const fn slot(a: u8, b: u8) -> usize {
    (a as usize & 31) << 3 ^ b as usize & 31
}

#[cfg(test)]
mod tests {
    use super::super::words::{CAPTIONS, LEGAL, NAMED, POLICY};
    use super::*;

    #[test]
    fn finds_what_a_loop_over_the_phrases_finds() {
        for list in [LEGAL, POLICY, NAMED, CAPTIONS] {
            let phrases = Phrases::of(list);
            for phrase in list {
                for text in [phrase.to_string(), phrase.to_ascii_uppercase(), format!("{phrase} more")] {
                    assert!(phrases.begin(text.as_bytes()), "{text}");
                }
                for cut in 0..phrase.len() {
                    for text in [&phrase.as_bytes()[..cut], &phrase.as_bytes()[cut..]] {
                        assert_eq!(phrases.begin(text), begins_with(text, list), "{phrase} cut at {cut}");
                    }
                }
            }
            assert!(!phrases.begin(b"zebra crossings") && !phrases.begin(b"a") && !phrases.begin(b""));
        }
    }
}
