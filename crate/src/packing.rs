//! Features and glossary as few bytes: an arithmetic coder whose chances are counts of what came before.
//!
//! A model's numbers have no order in time, so plain counts are the best guess there is, and brotli, which looks for
//! repetitions, finds nothing in them. Integers only: the same bytes on every machine. [`pack_features`] and
//! [`pack_glossary`] write what the loader reads; both directions run through the same code, so that they cannot differ.
//!
//! Layout of a packed tensor: one stream of the coder. First the number of items, 20 even bits. Then for each item the gap
//! from the number before (its length in bits, one yes-or-no after the other; its bits below the first, of which
//! the highest three have chances of their own and the rest are even), and what belongs to it: T weights of a feature (zero? below zero?
//! then its size, counted up), T bits of a term. A weight's chances depend on its theme and on the greatest and the least
//! weight that the feature has for the themes before.

use alloc::vec;
use alloc::vec::Vec;

/// More features or terms than these are refused.
const MOST_ITEMS: u32 = (1 << ITEM_BITS) - 1;
const ITEM_BITS: u32 = 20;

/// How often a yes came among how many answers.
#[derive(Clone, Copy, Default)]
struct Chance {
    yes: u32,
    all: u32,
}

/// What a coarser context says counts as much as this many answers.
const TRUST: u32 = 8;

impl Chance {
    /// In 65536ths, mixed with what is known without it.
    fn of_yes(self, known: u32) -> u32 {
        // Below 2^20 items of at most 16 answers to one question: no overflow in 64 bits.
        let (yes, all) = (u64::from(self.yes), u64::from(self.all));
        (((yes << 16) + u64::from(TRUST * known)) / (all + u64::from(TRUST))) as u32
    }

    fn learn(&mut self, answer: bool) {
        self.yes += u32::from(answer);
        self.all += 1;
    }
}

const EVEN: u32 = 1 << 15;

/// Either direction of the coder: an encoder writes the answer that it is given, a decoder knows better and returns its own.
trait Coder {
    /// One answer, whose chance of yes is so many 65536ths (1 to 65535).
    fn code(&mut self, yes: u32, answer: bool) -> bool;

    /// One answer with a chance that is learnt, on top of coarser ones: `contexts` from coarse to fine.
    fn answer(&mut self, chances: &mut [Chance], contexts: &[usize], answer: bool) -> bool {
        let known = contexts.iter().fold(EVEN, |known, context| chances[*context].of_yes(known));
        let answer = self.code(known.clamp(1, 65535), answer);
        contexts.iter().for_each(|context| chances[*context].learn(answer));
        answer
    }

    /// The lowest `count` bits of a number, high ones first, each as likely as not.
    fn even_bits(&mut self, count: u32, number: u32) -> u32 {
        (0..count).rev().fold(0, |sum, bit| sum << 1 | u32::from(self.code(EVEN, number >> bit & 1 == 1)))
    }
}

/// Narrows an interval of 32 bits at each answer and gives out the bytes that its ends agree on.
#[derive(Clone, Copy)]
struct Interval {
    low: u32,
    high: u32,
}

const WHOLE: Interval = Interval { low: 0, high: u32::MAX };

impl Interval {
    /// Where the part of yes ends, itself included.
    fn middle(self, yes: u32) -> u32 {
        self.low + ((u64::from(self.high - self.low) * u64::from(yes)) >> 16) as u32
    }

    fn narrow(&mut self, middle: u32, answer: bool) {
        if answer {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// The byte that is settled, if one is.
    fn settled(&mut self) -> Option<u8> {
        let byte = (self.high >> 24) as u8;
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        self.low <<= 8;
        self.high = self.high << 8 | 0xFF;
        Some(byte)
    }
}

struct Encoder {
    interval: Interval,
    bytes: Vec<u8>,
}

impl Encoder {
    fn new() -> Self {
        Encoder { interval: WHOLE, bytes: Vec::new() }
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(self.interval.low.to_be_bytes());
        self.bytes
    }
}

impl Coder for Encoder {
    fn code(&mut self, yes: u32, answer: bool) -> bool {
        let middle = self.interval.middle(yes);
        self.interval.narrow(middle, answer);
        while let Some(byte) = self.interval.settled() {
            self.bytes.push(byte);
        }
        answer
    }
}

struct Decoder<'b> {
    interval: Interval,
    /// The next 32 bits of the stream.
    at: u32,
    rest: core::slice::Iter<'b, u8>,
    /// Bytes read past the end.
    missing: u32,
}

impl<'b> Decoder<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let mut decoder = Decoder { interval: WHOLE, at: 0, rest: bytes.iter(), missing: 0 };
        (0..4).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        let byte = self.rest.next().copied().unwrap_or_else(|| {
            self.missing += 1;
            0
        });
        self.at = self.at << 8 | u32::from(byte);
    }
}

impl Coder for Decoder<'_> {
    fn code(&mut self, yes: u32, _: bool) -> bool {
        let middle = self.interval.middle(yes);
        let answer = self.at <= middle;
        self.interval.narrow(middle, answer);
        while self.interval.settled().is_some() {
            self.shift();
        }
        answer
    }
}

/// The chances of the gaps between ascending numbers.
struct Gaps {
    chances: Vec<Chance>,
    before: Option<u32>,
}

/// Below the first bit of a gap, so many have chances.
const SHAPED: u32 = 3;

impl Gaps {
    fn new() -> Self {
        Gaps { chances: vec![Chance::default(); 33 << (SHAPED + 1)], before: None }
    }

    /// The next number; `None` where it would be no larger than the one before, or beyond 32 bits.
    fn next(&mut self, coder: &mut impl Coder, number: u32) -> Option<u32> {
        let gap = number.wrapping_sub(self.before.unwrap_or(0));
        let asked = 32 - gap.leading_zeros();
        let mut length = 0;
        while length < 32
            && coder.answer(&mut self.chances, &[(length as usize) << (SHAPED + 1)], asked > length)
        {
            length += 1;
        }
        let mut gap_read = u32::from(length > 0);
        for bit in (0..length.saturating_sub(1)).rev() {
            let answer = gap >> bit & 1 == 1;
            let answer = if gap_read < 1 << SHAPED {
                let context = ((length as usize) << (SHAPED + 1)) + gap_read as usize;
                coder.answer(&mut self.chances, &[context], answer)
            } else {
                coder.code(EVEN, answer)
            };
            gap_read = gap_read << 1 | u32::from(answer);
        }
        let number = match self.before {
            None => gap_read,
            Some(_) if gap_read == 0 => return None,
            Some(before) => before.checked_add(gap_read)?,
        };
        self.before = Some(number);
        Some(number)
    }
}

/// The chances of the weights of a feature.
struct Weights {
    chances: Vec<Chance>,
}

/// Greatest weights up to this, least ones down to minus that, are told apart by the finer of the contexts.
const GREATEST: i32 = 24;
const LEAST: i32 = 9;
/// Zero, sign, and twice the steps of a size that have chances of their own.
const QUESTIONS: usize = 2 + 2 * STEPS;
const STEPS: usize = 32;
const COARSE: usize = 6 * 4;
const FINE: usize = (GREATEST as usize + 1) * (LEAST as usize + 1);

impl Weights {
    fn new(themes: usize) -> Self {
        Weights { chances: vec![Chance::default(); themes * (1 + COARSE + FINE) * QUESTIONS] }
    }

    /// The next feature's weights, `row` being these when written and anything when read.
    fn next(&mut self, coder: &mut impl Coder, row: &mut [i8]) {
        let (mut greatest, mut least) = (0i32, 0i32);
        for (theme, weight) in row.iter_mut().enumerate() {
            let coarse = greatest.min(15) / 3 * 4 + (-least).min(7) / 2;
            let fine = greatest.min(GREATEST) * (LEAST + 1) + (-least).min(LEAST);
            let base = theme * (1 + COARSE + FINE);
            let contexts = [base, base + 1 + coarse as usize, base + 1 + COARSE + fine as usize];
            let mut ask = |question: usize, answer: bool| {
                coder.answer(
                    &mut self.chances,
                    &contexts.map(|context| context * QUESTIONS + question),
                    answer,
                )
            };
            let given = i32::from(*weight);
            let read = if ask(0, given == 0) {
                0
            } else {
                let below = ask(1, given < 0);
                // −128 is the one weight of that size.
                let most = if below { 128 } else { 127 };
                let mut size = 1;
                while size < most {
                    let step = (size as usize - 1).min(STEPS - 1);
                    if ask(2 + 2 * step + usize::from(below), given.abs() == size) {
                        break;
                    }
                    size += 1;
                }
                if below { -size } else { size }
            };
            *weight = read as i8;
            greatest = greatest.max(read);
            least = least.min(read);
        }
    }
}

/// N ascending fingerprints and N rows of T weights as the bytes of the tensor `feature.packed`.
///
/// # Panics
/// Where the fingerprints do not ascend, or there are more than a million.
///
/// ```
/// use leitmotif::packing::pack_features;
///
/// // Two features, three themes; weights in steps.
/// let bytes = pack_features(&[70, 9000], &[5, 0, -3, 0, 0, 127], 3);
/// assert!(bytes.len() < 20);
/// ```
pub fn pack_features(fingerprints: &[u32], weights: &[i8], themes: usize) -> Vec<u8> {
    let mut coder = Encoder::new();
    write_count(&mut coder, fingerprints.len());
    let (mut gaps, mut model) = (Gaps::new(), Weights::new(themes));
    for (fingerprint, row) in fingerprints.iter().zip(weights.chunks_exact(themes)) {
        gaps.next(&mut coder, *fingerprint).expect("ascending fingerprints");
        model.next(&mut coder, &mut row.to_vec());
    }
    coder.finish()
}

/// Pairs (term hash, bit set of T themes), ascending by hash, as the bytes of the tensor `glossary.packed`.
///
/// # Panics
/// Where the hashes do not ascend, or there are more than a million.
///
/// ```
/// use leitmotif::{Glossary, packing::pack_glossary};
///
/// let glossary = Glossary::new([("wetland", 0b10), ("steel mill", 0b01)]);
/// assert!(pack_glossary(glossary.terms(), 2).len() < 20);
/// ```
pub fn pack_glossary(terms: &[(u32, u16)], themes: usize) -> Vec<u8> {
    let mut coder = Encoder::new();
    write_count(&mut coder, terms.len());
    let (mut gaps, mut sets) = (Gaps::new(), vec![Chance::default(); 1 << themes]);
    for (hash, set) in terms {
        gaps.next(&mut coder, *hash).expect("ascending hashes");
        next_set(&mut coder, &mut sets, themes, *set);
    }
    coder.finish()
}

fn write_count(coder: &mut Encoder, count: usize) {
    assert!(count <= MOST_ITEMS as usize, "{count} items are more than a model holds");
    coder.even_bits(ITEM_BITS, count as u32);
}

/// A set of themes, bit by bit; each bit's chance depends on those before it.
fn next_set(coder: &mut impl Coder, chances: &mut [Chance], themes: usize, set: u16) -> u16 {
    let mut read = 1usize;
    for theme in 0..themes {
        read = read << 1 | usize::from(coder.answer(chances, &[read], set >> theme & 1 == 1));
    }
    (0..themes).fold(0, |set, theme| set | ((read >> (themes - 1 - theme) & 1) << theme) as u16)
}

const BROKEN: &str = "does not unpack";
const TOO_LARGE: &str = "holds a number beyond its bits";

/// What [`pack_features`] wrote: fingerprints of at most `largest`, and weights.
pub(crate) fn unpack_features(
    bytes: &[u8],
    themes: usize,
    largest: u32,
) -> Result<(Vec<u32>, Vec<i8>), &'static str> {
    let mut coder = Decoder::new(bytes);
    let (mut gaps, mut model) = (Gaps::new(), Weights::new(themes));
    let (mut fingerprints, mut weights) = (Vec::new(), Vec::new());
    for _ in 0..coder.even_bits(ITEM_BITS, 0) {
        fingerprints.push(next_number(&mut coder, &mut gaps, largest)?);
        let start = weights.len();
        weights.resize(start + themes, 0);
        model.next(&mut coder, &mut weights[start..]);
    }
    whole(&coder)?;
    Ok((fingerprints, weights))
}

/// What [`pack_glossary`] wrote.
pub(crate) fn unpack_glossary(bytes: &[u8], themes: usize) -> Result<Vec<(u32, u16)>, &'static str> {
    let mut coder = Decoder::new(bytes);
    let (mut gaps, mut sets) = (Gaps::new(), vec![Chance::default(); 1 << themes]);
    let mut terms = Vec::new();
    for _ in 0..coder.even_bits(ITEM_BITS, 0) {
        let hash = next_number(&mut coder, &mut gaps, u32::MAX)?;
        terms.push((hash, next_set(&mut coder, &mut sets, themes, 0)));
    }
    whole(&coder)?;
    Ok(terms)
}

fn next_number(coder: &mut Decoder, gaps: &mut Gaps, largest: u32) -> Result<u32, &'static str> {
    let number = gaps.next(coder, 0).ok_or(BROKEN)?;
    // A damaged count must not make thousands of items out of nothing.
    if coder.missing > 0 {
        return Err(BROKEN);
    }
    if number > largest { Err(TOO_LARGE) } else { Ok(number) }
}

/// A stream is used up to its last byte, and no further.
fn whole(coder: &Decoder) -> Result<(), &'static str> {
    if coder.missing == 0 && coder.rest.len() == 0 { Ok(()) } else { Err(BROKEN) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_was_packed() {
        let mut seed = 3u32;
        let mut next = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % most
        };
        for (items, themes) in [(0, 1), (1, 5), (700, 5), (300, 16)] {
            let mut numbers: Vec<u32> = (0..items).map(|_| next(1 << 22) << next(10)).collect();
            numbers.extend([0, u32::MAX]);
            numbers.sort_unstable();
            numbers.dedup();
            let weights: Vec<i8> =
                (0..numbers.len() * themes).map(|_| (next(256) / (1 + next(60))) as u8 as i8).collect();
            let packed = pack_features(&numbers, &weights, themes);
            assert_eq!(unpack_features(&packed, themes, u32::MAX), Ok((numbers.clone(), weights)));
            assert_eq!(unpack_features(&packed, themes, u32::MAX - 1), Err(TOO_LARGE));
            let terms: Vec<_> = numbers.iter().map(|hash| (*hash, next(1 << themes) as u16)).collect();
            assert_eq!(unpack_glossary(&pack_glossary(&terms, themes), themes), Ok(terms));
        }
        assert_eq!(unpack_glossary(&pack_glossary(&[], 3), 3), Ok(vec![]));
    }

    #[test]
    fn what_is_cut_or_longer_does_not_unpack() {
        let terms: Vec<(u32, u16)> =
            (0..200u32).map(|term| (term * term * 1000 + term, (term % 32) as u16)).collect();
        let packed = pack_glossary(&terms, 5);
        for length in 0..packed.len() {
            assert!(unpack_glossary(&packed[..length], 5).is_err(), "cut at {length}");
        }
        let longer = [&packed[..], &[0]].concat();
        assert_eq!(unpack_glossary(&longer, 5), Err(BROKEN));
        assert!(unpack_glossary(&[0xFF; 9], 5).is_err());
    }

    #[test]
    fn what_repeats_costs_nearly_nothing() {
        let fingerprints: Vec<u32> = (0..4000).collect();
        let packed = pack_features(&fingerprints, &vec![0; 5 * 4000], 5);
        assert!(packed.len() < 100, "{} bytes for what repeats", packed.len());
    }
}
