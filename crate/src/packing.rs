//! Features and glossary as few bytes: an arithmetic coder whose chances are counts of what came before.
//!
//! A model's numbers have no order in time, so plain counts are the best guess there is, and brotli, which looks for
//! repetitions, finds nothing in them. Integers only: the same bytes on every machine. [`pack_features`] and
//! [`pack_glossary`] write what the loader reads. A page waits for the way back: one pick among many symbols costs it a
//! tenth of as many yes-or-no questions, and gaps, which no count makes smaller, stand in plain bits.
//!
//! A packed tensor holds ascending numbers, each with a row of T small values (a feature's weights; the bits of a term's
//! set). Numbers are in groups, by their bits beyond the lowest ones. Two streams follow on each other:
//!
//! 1. Bits, filled up to a whole byte. For each group: how many numbers (20 bits); where gaps are cut (5 bits); for each
//!    number the gap from the one before, as a Rice code: what lies above the cut as so many zeros and a one, what lies below
//!    as it is; a gap of 24 zeros or more as 24 zeros and 32 bits. Then the largest size of a value (8 bits) and the number of
//!    common rows (12 bits).
//! 2. Symbols of the arithmetic coder. The common rows, spelt out. For each number the position of its row among the common
//!    ones, counted from 1; or 0, and the row spelt out. A value's chances depend on its theme and on what the values
//!    before it in the row add up to, above and below zero.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::glossary::{END_BITS, KEPT_BITS, LONGEST};
use crate::table::low_bits;

/// More numbers than a million in a group are refused.
const ITEM_BITS: u32 = 20;
const CUT_BITS: u32 = 5;
const SIZE_BITS: u32 = 8;
const COMMON_BITS: u32 = 12;
/// From so many zeros on, a gap stands as it is.
const FAR: u32 = 24;

/// Whole bytes, filled bit by bit, high ones first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    used: u32,
}

impl BitWriter {
    /// The lowest `count` bits of a number.
    fn push(&mut self, count: u32, number: u32) {
        for bit in (0..count).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((number >> bit & 1) << (7 - self.used % 8)) as u8;
            }
            self.used += 1;
        }
    }

    fn push_gap(&mut self, cut: u32, gap: u32) {
        let zeros = gap >> cut;
        if zeros < FAR {
            self.push(zeros + 1, 1);
            self.push(cut, gap);
        } else {
            self.push(FAR, 0);
            self.push(32, gap);
        }
    }
}

struct BitReader<'b> {
    bytes: &'b [u8],
    /// In bits.
    at: usize,
}

impl<'b> BitReader<'b> {
    /// The next 57 bits, and some more, in the highest places; beyond the end are zeros.
    fn ahead(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let window = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut window = [0; 8];
            window.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            window
        });
        u64::from_be_bytes(window) << (self.at % 8)
    }

    /// A number of `count` bits (1 to 32).
    fn take(&mut self, count: u32) -> u32 {
        let number = self.ahead() >> (64 - count);
        self.at += count as usize;
        number as u32
    }

    fn take_gap(&mut self, cut: u32) -> u32 {
        let ahead = self.ahead();
        let zeros = ahead.leading_zeros();
        if zeros < FAR {
            self.at += (zeros + 1 + cut) as usize;
            // Two shifts: with a cut of 0, one of them would be by 64.
            zeros << cut | (ahead << zeros << 1 >> 32 >> (32 - cut)) as u32
        } else {
            self.at += FAR as usize + 32;
            (ahead << FAR >> 32) as u32
        }
    }

    fn is_beyond_end(&self) -> bool {
        self.at > 8 * self.bytes.len()
    }

    /// The whole bytes that follow.
    fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at.div_ceil(8)..).unwrap_or_default()
    }
}

/// Either direction of the arithmetic coder: an encoder writes the symbol that it is given, a decoder knows better.
trait Coder {
    /// One of the symbols whose widths are the sums of two rows of counts; each row ends with its total.
    fn pick(&mut self, coarse: &[u16], fine: &[u16], symbol: usize) -> usize;
}

/// Below this a range gives out, or takes in, a byte.
const NARROW: u32 = 1 << 24;

struct Encoder {
    low: u32,
    range: u32,
    bytes: Vec<u8>,
}

impl Encoder {
    fn new() -> Self {
        Encoder { low: 0, range: u32::MAX, bytes: Vec::new() }
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(self.low.to_be_bytes());
        self.bytes
    }

    /// Adds one to the bytes given out, as one long number.
    fn carry(&mut self) {
        for byte in self.bytes.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
    }
}

impl Coder for Encoder {
    fn pick(&mut self, coarse: &[u16], fine: &[u16], symbol: usize) -> usize {
        let width = |at: usize| u32::from(coarse[at]) + u32::from(fine[at]);
        let unit = self.range / width(coarse.len() - 1);
        let (low, carried) = self.low.overflowing_add((0..symbol).map(width).sum::<u32>() * unit);
        if carried {
            self.carry();
        }
        (self.low, self.range) = (low, width(symbol) * unit);
        while self.range < NARROW {
            self.bytes.push((self.low >> 24) as u8);
            self.low <<= 8;
            self.range <<= 8;
        }
        symbol
    }
}

struct Decoder<'b> {
    range: u32,
    /// How far into the range the stream points.
    at: u32,
    rest: core::slice::Iter<'b, u8>,
    /// Bytes read past the end, and picks of no symbol: only a damaged stream has any.
    missing: u32,
}

impl<'b> Decoder<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let mut decoder = Decoder { range: u32::MAX, at: 0, rest: bytes.iter(), missing: 0 };
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
    fn pick(&mut self, coarse: &[u16], fine: &[u16], _: usize) -> usize {
        let [coarse @ .., coarse_total] = coarse else { return 0 };
        let [fine @ .., fine_total] = fine else { return 0 };
        let unit = self.range / (u32::from(*coarse_total) + u32::from(*fine_total));
        for (symbol, (coarse, fine)) in coarse.iter().zip(fine).enumerate() {
            let width = (u32::from(*coarse) + u32::from(*fine)) * unit;
            if self.at < width {
                self.range = width;
                while self.range < NARROW {
                    self.shift();
                    self.range <<= 8;
                }
                return symbol;
            }
            self.at -= width;
        }
        self.at = 0;
        self.missing += 1;
        0
    }
}

/// How often each symbol came, in contexts of two kinds: coarse ones learn soon, fine ones know better in the end.
struct Counts {
    symbols: usize,
    coarse: Vec<u16>,
    fine: Vec<u16>,
}

/// What a symbol counts in its coarse context, and in its fine one.
const COARSE_STEP: u16 = 8;
const FINE_STEP: u16 = 32;
/// A context whose total is beyond this forgets one half: two totals stay within 16 bits.
const FULL: u16 = (1 << 15) - 1 - FINE_STEP;

impl Counts {
    fn new(symbols: usize, coarse: usize, fine: usize) -> Self {
        // As if the first symbols had come a few times: they stand for what is small.
        let mut first: Vec<u16> = (0..symbols).map(|at| (2400 / (200 + at * at)).max(1) as u16).collect();
        first.push(first.iter().sum());
        Counts { symbols, coarse: first.repeat(coarse), fine: vec![0; (symbols + 1) * fine] }
    }

    /// The next symbol, in a coarse and a fine context. Stays a function of its own: a browser that meets it often compiles it
    /// again, better, and uses that from the next call on.
    #[inline(never)]
    fn next(&mut self, coder: &mut impl Coder, coarse: usize, fine: usize, symbol: usize) -> usize {
        let length = self.symbols + 1;
        let coarse = &mut self.coarse[coarse * length..][..length];
        let fine = &mut self.fine[fine * length..][..length];
        let symbol = coder.pick(coarse, fine, symbol);
        learn(coarse, symbol, COARSE_STEP);
        learn(fine, symbol, FINE_STEP);
        symbol
    }
}

fn learn(counts: &mut [u16], symbol: usize, step: u16) {
    let [counts @ .., total] = counts else { return };
    counts[symbol] += step;
    *total += step;
    if *total > FULL {
        counts.iter_mut().for_each(|count| *count -= *count / 2);
        *total = counts.iter().sum();
    }
}

/// Fine contexts of the sums above, and below, zero.
const SUMS: usize = 16;

/// What the second stream has learnt.
struct Rows {
    themes: usize,
    values: Counts,
    positions: Counts,
    /// Flat, each of T values.
    common: Vec<i8>,
}

impl Rows {
    fn new(themes: usize, groups: usize, size: u32, common: u32) -> Self {
        let values = Counts::new(2 * size as usize + 1, themes * SUMS / 2 * SUMS / 2, themes * SUMS * SUMS);
        Rows { themes, values, positions: Counts::new(common as usize + 1, 1, groups), common: Vec::new() }
    }

    /// A row, spelt out: `row` being its values when written and anything when read.
    fn spell(&mut self, coder: &mut impl Coder, row: &mut [i8]) {
        let (mut above, mut below) = (0u32, 0u32);
        for (theme, value) in row.iter_mut().enumerate() {
            let (high, low) = (context(above), context(below));
            let fine = (theme * SUMS + high) * SUMS + low;
            let coarse = (theme * SUMS / 2 + high / 2) * SUMS / 2 + low / 2;
            // 0, −1, 1, −2, 2 …: small ones are found first.
            let given = i32::from(*value);
            let symbol = if given < 0 { -2 * given - 1 } else { 2 * given };
            let symbol = self.values.next(coder, coarse, fine, symbol as usize) as u32;
            let size = symbol.div_ceil(2);
            if symbol.is_multiple_of(2) {
                above += size;
                *value = size as i8;
            } else {
                below += size;
                *value = (size as i8).wrapping_neg();
            }
        }
    }

    /// A row: the common one at a `position`, counted from 1, or for 0 spelt out.
    fn next(&mut self, coder: &mut impl Coder, group: usize, position: usize, row: &mut [i8]) {
        match self.positions.next(coder, 0, group, position) {
            0 => self.spell(coder, row),
            at => row.copy_from_slice(&self.common[(at - 1) * self.themes..at * self.themes]),
        }
    }
}

/// Sums that tell as much go together: those from one power of two to the next, in two halves.
fn context(sum: u32) -> usize {
    let log = 31 - (sum | 1).leading_zeros();
    let context = if log == 0 { sum } else { 2 * log + (sum >> (log - 1) & 1) };
    context.min(SUMS as u32 - 1) as usize
}

/// N ascending fingerprints of at most `bits` bits and N rows of T weights as the bytes of the tensor `feature.packed`.
///
/// # Panics
/// Where the fingerprints do not ascend, have more bits, or there are more than a million.
///
/// ```
/// use leitmotif::packing::pack_features;
///
/// // Two features, three themes; weights in steps.
/// let bytes = pack_features(&[70, 9000], &[5, 0, -3, 0, 0, 127], 3, 16);
/// assert!(bytes.len() < 40);
/// ```
pub fn pack_features(fingerprints: &[u32], weights: &[i8], themes: usize, bits: u32) -> Vec<u8> {
    pack(fingerprints, weights, themes, bits, 1)
}

/// Pairs (term key, bit set of T themes), ascending by key, and their ascending ends, as the bytes of the tensor
/// `glossary.packed`: beyond the terms, the ends are a group of their own, with empty sets.
///
/// # Panics
/// Where they do not ascend, are none of [`Glossary::terms`](crate::Glossary::terms) or
/// [`Glossary::ends`](crate::Glossary::ends), or there are more than a million.
pub fn pack_glossary(terms: &[(u32, u16)], ends: &[u32], themes: usize) -> Vec<u8> {
    assert!(ends.iter().all(|end| end >> END_BITS == 0), "an end beyond its bits");
    assert!(terms.iter().all(|(key, _)| *key < FIRST_END), "a key beyond its bits");
    let keys: Vec<u32> =
        terms.iter().map(|(key, _)| *key).chain(ends.iter().map(|end| FIRST_END + end)).collect();
    let bits = |set: u16| (0..themes).map(move |theme| (set >> theme & 1) as i8);
    let sets = terms.iter().map(|(_, set)| *set).chain(ends.iter().map(|_| 0));
    let rows: Vec<i8> = sets.flat_map(bits).collect();
    pack(&keys, &rows, themes, KEPT_BITS, LONGEST + 1)
}

/// Beyond every key of a term.
const FIRST_END: u32 = (LONGEST as u32) << KEPT_BITS;

fn pack(numbers: &[u32], rows: &[i8], themes: usize, bits: u32, groups: usize) -> Vec<u8> {
    let group = |number: u32| (u64::from(number) >> bits) as usize;
    assert!(numbers.is_sorted_by(|a, b| a < b), "numbers that do not ascend");
    assert!(numbers.last().is_none_or(|last| group(*last) < groups), "a number beyond its bits");
    let mut plain = BitWriter::default();
    for own in (0..groups).map(|own| numbers.iter().filter(move |number| group(**number) == own)) {
        let mut next = 0;
        let gaps: Vec<u32> = own
            .map(|number| number & low_bits(bits))
            .map(|number| number - core::mem::replace(&mut next, number.wrapping_add(1)))
            .collect();
        assert!(gaps.len() < 1 << ITEM_BITS, "{} items are more than a model holds", gaps.len());
        let cost = |cut: &u32| gaps.iter().map(|gap| u64::from(gap >> cut) + u64::from(*cut)).sum::<u64>();
        let cut = (0..32).min_by_key(cost).unwrap_or(0);
        plain.push(ITEM_BITS, gaps.len() as u32);
        plain.push(CUT_BITS, cut);
        gaps.into_iter().for_each(|gap| plain.push_gap(cut, gap));
    }

    let mut times: BTreeMap<&[i8], usize> = BTreeMap::new();
    rows.chunks_exact(themes).for_each(|row| *times.entry(row).or_default() += 1);
    let mut common: Vec<_> = times.into_iter().collect();
    common.sort_by_key(|(_, times)| Reverse(*times));
    common.truncate((1 << COMMON_BITS) - 1);
    let size = rows.iter().map(|value| u32::from(value.unsigned_abs())).max().unwrap_or(0);
    // The more often a row must come to be worth spelling out ahead, the fewer rows are: what is shortest is found by trying.
    let tries = [2, 4, 6, 8, 12, 20, usize::MAX].map(|least| {
        let common: Vec<&[i8]> =
            common.iter().take_while(|(_, times)| *times >= least).map(|(row, _)| *row).collect();
        let mut learnt = Rows::new(themes, groups, size, common.len() as u32);
        let symbols = pack_rows(&mut learnt, rows, numbers.iter().map(|number| group(*number)), &common);
        (common.len() as u32, symbols)
    });
    let (common, symbols) = tries.into_iter().min_by_key(|(_, symbols)| symbols.len()).unwrap_or_default();
    plain.push(SIZE_BITS, size);
    plain.push(COMMON_BITS, common);
    [plain.bytes, symbols].concat()
}

fn pack_rows(
    learnt: &mut Rows,
    rows: &[i8],
    groups: impl Iterator<Item = usize>,
    common: &[&[i8]],
) -> Vec<u8> {
    let mut coder = Encoder::new();
    common.iter().for_each(|row| learnt.spell(&mut coder, &mut row.to_vec()));
    learnt.common = common.concat();
    let positions: BTreeMap<&[i8], usize> = common.iter().copied().zip(1..).collect();
    for (row, group) in rows.chunks_exact(learnt.themes).zip(groups) {
        let position = positions.get(row).copied().unwrap_or(0);
        learnt.next(&mut coder, group, position, &mut row.to_vec());
    }
    coder.finish()
}

const BROKEN: &str = "does not unpack";
const TOO_LARGE: &str = "holds a number beyond its bits";

/// What [`pack_features`] wrote: fingerprints of at most `bits` bits, and weights.
pub(crate) fn unpack_features(
    bytes: &[u8],
    themes: usize,
    bits: u32,
) -> Result<(Vec<u32>, Vec<i8>), &'static str> {
    unpack(bytes, themes, bits, 1)
}

/// Terms and their ends.
type GlossaryParts = (Vec<(u32, u16)>, Vec<u32>);

/// What [`pack_glossary`] wrote.
pub(crate) fn unpack_glossary(bytes: &[u8], themes: usize) -> Result<GlossaryParts, &'static str> {
    let (mut keys, rows) = unpack(bytes, themes, KEPT_BITS, LONGEST + 1)?;
    let mut ends = keys.split_off(keys.partition_point(|key| *key < FIRST_END));
    ends.iter_mut().for_each(|end| *end -= FIRST_END);
    if ends.last().is_some_and(|end| end >> END_BITS > 0) {
        return Err(TOO_LARGE);
    }
    let set = |row: &[i8]| row.iter().rev().fold(0, |set, bit| set << 1 | u16::from(*bit != 0));
    Ok((keys.into_iter().zip(rows.chunks_exact(themes).map(set)).collect(), ends))
}

fn unpack(
    bytes: &[u8],
    themes: usize,
    bits: u32,
    groups: usize,
) -> Result<(Vec<u32>, Vec<i8>), &'static str> {
    let mut plain = BitReader { bytes, at: 0 };
    let mut numbers: Vec<u32> = Vec::new();
    let mut ends = Vec::new();
    for group in 0..groups {
        let count = plain.take(ITEM_BITS);
        let cut = plain.take(CUT_BITS);
        let mut next = 0u64;
        for _ in 0..count {
            let number = next + u64::from(plain.take_gap(cut));
            if number >> bits > 0 {
                return Err(TOO_LARGE);
            }
            // A damaged count must not make thousands of items out of nothing.
            if plain.is_beyond_end() {
                return Err(BROKEN);
            }
            numbers.push((group << bits) as u32 | number as u32);
            next = number + 1;
        }
        ends.push(numbers.len());
    }
    let size = plain.take(SIZE_BITS).min(128);
    let common = plain.take(COMMON_BITS);
    if plain.is_beyond_end() {
        return Err(BROKEN);
    }

    let mut coder = Decoder::new(plain.rest());
    let mut learnt = Rows::new(themes, groups, size, common);
    let mut ahead = vec![0; common as usize * themes];
    ahead.chunks_exact_mut(themes).for_each(|row| learnt.spell(&mut coder, row));
    learnt.common = ahead;
    let mut rows = vec![0; numbers.len() * themes];
    let mut group = 0;
    for (at, row) in rows.chunks_exact_mut(themes).enumerate() {
        while ends.get(group).is_some_and(|end| *end <= at) {
            group += 1;
        }
        learnt.next(&mut coder, group, 0, row);
    }
    // A stream is used up to its last byte, and no further.
    if coder.missing == 0 && coder.rest.len() == 0 { Ok((numbers, rows)) } else { Err(BROKEN) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random() -> impl FnMut(u32) -> u32 {
        let mut seed = 3u32;
        move |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % most
        }
    }

    #[test]
    fn features_are_unpacked_as_they_were() {
        let mut next = random();
        for (items, themes) in [(0, 1), (1, 5), (700, 5), (300, 16), (20_000, 2)] {
            let mut numbers: Vec<u32> = (0..items).map(|_| next(1 << 22) << next(10)).collect();
            numbers.extend([0, u32::MAX]);
            numbers.sort_unstable();
            numbers.dedup();
            let weights: Vec<i8> =
                (0..numbers.len() * themes).map(|_| (next(256) / (1 + next(60))) as u8 as i8).collect();
            let packed = pack_features(&numbers, &weights, themes, 32);
            assert_eq!(unpack_features(&packed, themes, 32), Ok((numbers, weights)));
        }
        let packed = pack_features(&[7, 1 << 20], &[-128, 127], 1, 21);
        assert_eq!(unpack_features(&packed, 1, 21), Ok((vec![7, 1 << 20], vec![-128, 127])));
        assert!(unpack_features(&packed, 1, 20).is_err());
    }

    #[test]
    fn terms_are_unpacked_as_they_were() {
        let mut next = random();
        for (terms, themes) in [(0, 1), (1, 5), (900, 5), (300, 16)] {
            let mut keys: Vec<u32> =
                (0..terms).map(|_| next(1 << KEPT_BITS) + (next(LONGEST as u32) << KEPT_BITS)).collect();
            keys.push(FIRST_END - 1);
            keys.sort_unstable();
            keys.dedup();
            let terms: Vec<_> = keys.into_iter().map(|key| (key, next(1 << themes) as u16)).collect();
            let ends: Vec<u32> = (0..1 << END_BITS).filter(|_| next(7) == 0).collect();
            assert_eq!(unpack_glossary(&pack_glossary(&terms, &ends, themes), themes), Ok((terms, ends)));
        }
    }

    #[test]
    fn what_is_cut_or_longer_does_not_unpack() {
        let terms: Vec<(u32, u16)> =
            (0..200u32).map(|term| (term * term * 1000 + term, (term % 32) as u16)).collect();
        let packed = pack_glossary(&terms, &[7, 1000], 5);
        for length in 0..packed.len() {
            assert!(unpack_glossary(&packed[..length], 5).is_err(), "cut at {length}");
        }
        let longer = [&packed[..], &[0]].concat();
        assert_eq!(unpack_glossary(&longer, 5), Err(BROKEN));
        assert!(unpack_glossary(&[0xFF; 9], 5).is_err());
    }

    #[test]
    fn any_bytes_unpack_or_are_an_error() {
        let mut next = random();
        for length in 0..400 {
            let bytes: Vec<u8> = (0..length).map(|_| next(256) as u8).collect();
            for themes in [1, 5, 16] {
                let _ = unpack_glossary(&bytes, themes);
                let _ = unpack_features(&bytes, themes, 8 + length % 25);
            }
        }
    }

    #[test]
    fn what_repeats_costs_nearly_nothing() {
        let fingerprints: Vec<u32> = (0..4000).collect();
        let packed = pack_features(&fingerprints, &vec![0; 5 * 4000], 5, 12);
        // A gap takes at least a bit.
        assert!(packed.len() < 4000 / 8 + 100, "{} bytes for what repeats", packed.len());
    }
}
