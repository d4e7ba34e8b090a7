//! Features and glossary as few bytes: an arithmetic coder whose chances are counts of what came before.
//!
//! A model's numbers have no order in time, so plain counts are the best guess there is, and brotli, which looks for
//! repetitions, finds nothing in them. Integers only: the same bytes on every machine. [`pack_features`] and
//! [`pack_glossary`] write what the loader reads; both directions run through the same code, so that they cannot differ.
//! A page waits for the way back: one pick among many symbols costs it a tenth of as many yes-or-no questions.
//!
//! Layout of a packed tensor: one stream of the coder, made of bits that are as likely as not and of symbols, whose chances
//! are learnt. It holds ascending numbers, each with a row of T small values (a feature's weights; the bits of a term's set):
//!
//! | what | how |
//! |---|---|
//! | the largest size of a value | 8 bits |
//! | the number of common rows; each of them, spelt out | 12 bits; T symbols |
//! | for each group (a number's bits beyond the lowest ones) how many numbers it has | 20 bits |
//! | and for each of them the gap from the one before | a symbol, and even bits |
//! | the position of its row among the common ones, or 0 and the row, spelt out | a symbol; T symbols |
//!
//! A value's chances depend on its theme and on what the values before it in the row add up to, above and below zero.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::glossary::{KEPT_BITS, LONGEST};
use crate::table::low_bits;

/// More numbers than these in a group are refused.
const MOST_ITEMS: usize = (1 << ITEM_BITS) - 1;
const ITEM_BITS: u32 = 20;
/// More common rows than these are refused.
const MOST_COMMON: usize = (1 << COMMON_BITS) - 1;
const COMMON_BITS: u32 = 12;
const SIZE_BITS: u32 = 8;

/// Either direction of the coder: an encoder writes what it is given, a decoder knows better and returns its own.
trait Coder {
    /// One of the symbols whose widths are the sums of two rows of counts; each row ends with its total.
    fn pick(&mut self, coarse: &[u16], fine: &[u16], symbol: usize) -> usize;

    /// The lowest `count` (at most 16) bits of a number, each as likely as not.
    fn sixteen_bits(&mut self, count: u32, number: u32) -> u32;

    /// The lowest `count` (at most 32) bits of a number, each as likely as not.
    fn even_bits(&mut self, count: u32, number: u32) -> u32 {
        let low = count.min(16);
        let high = self.sixteen_bits(count - low, number.checked_shr(low).unwrap_or(0));
        high << low | self.sixteen_bits(low, number)
    }
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

    fn narrow(&mut self, before: u32, range: u32) {
        let (low, carried) = self.low.overflowing_add(before);
        if carried {
            for byte in self.bytes.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
        (self.low, self.range) = (low, range);
        while self.range < NARROW {
            self.bytes.push((self.low >> 24) as u8);
            self.low <<= 8;
            self.range <<= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(self.low.to_be_bytes());
        self.bytes
    }
}

impl Coder for Encoder {
    fn pick(&mut self, coarse: &[u16], fine: &[u16], symbol: usize) -> usize {
        let width = |at: usize| u32::from(coarse[at]) + u32::from(fine[at]);
        let unit = self.range / width(coarse.len() - 1);
        let before: u32 = (0..symbol).map(width).sum();
        self.narrow(before * unit, width(symbol) * unit);
        symbol
    }

    fn sixteen_bits(&mut self, count: u32, number: u32) -> u32 {
        let unit = self.range >> count;
        self.narrow((number & ((1 << count) - 1)) * unit, unit);
        number
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
        let mut decoder = Decoder { range: 0xFF, at: 0, rest: bytes.iter(), missing: 0 };
        decoder.widen();
        decoder.shift();
        decoder.range = u32::MAX;
        decoder
    }

    fn shift(&mut self) {
        let byte = self.rest.next().copied().unwrap_or_else(|| {
            self.missing += 1;
            0
        });
        self.at = self.at << 8 | u32::from(byte);
    }

    fn widen(&mut self) {
        while self.range < NARROW {
            self.shift();
            self.range <<= 8;
        }
    }
}

impl Coder for Decoder<'_> {
    fn pick(&mut self, coarse: &[u16], fine: &[u16], _: usize) -> usize {
        let [coarse @ .., coarse_total] = coarse else { return 0 };
        let [fine @ .., fine_total] = fine else { return 0 };
        let unit = self.range / (u32::from(*coarse_total) + u32::from(*fine_total));
        let mut at = self.at;
        for (symbol, (coarse, fine)) in coarse.iter().zip(fine).enumerate() {
            let width = (u32::from(*coarse) + u32::from(*fine)) * unit;
            if at < width {
                (self.at, self.range) = (at, width);
                self.widen();
                return symbol;
            }
            at -= width;
        }
        self.at = 0;
        self.missing += 1;
        0
    }

    fn sixteen_bits(&mut self, count: u32, _: u32) -> u32 {
        let unit = self.range >> count;
        let number = self.at / unit;
        if number >> count > 0 {
            self.missing += 1;
            return 0;
        }
        self.at -= number * unit;
        self.range = unit;
        self.widen();
        number
    }
}

/// How often each symbol came, in contexts of two kinds: coarse ones learn soon, fine ones know better in the end.
struct Counts {
    symbols: usize,
    coarse: Vec<u16>,
    fine: Vec<u16>,
}

/// What a symbol counts in its coarse context, and in its fine one.
const STEPS: [u16; 2] = [8, 32];
/// A context whose total is beyond this forgets one half: two totals stay within 16 bits.
const FULL: u16 = (1 << 15) - 1 - STEPS[1];

impl Counts {
    fn new(symbols: usize, coarse: usize, fine: usize) -> Self {
        // As if the first symbols had come a few times: they stand for what is small.
        let mut first: Vec<u16> = (0..symbols).map(|at| (2400 / (200 + at * at)).max(1) as u16).collect();
        first.push(first.iter().sum());
        Counts { symbols, coarse: first.repeat(coarse), fine: vec![0; (symbols + 1) * fine] }
    }

    /// The next symbol, in a coarse and a fine context.
    fn next(&mut self, coder: &mut impl Coder, coarse: usize, fine: usize, symbol: usize) -> usize {
        let length = self.symbols + 1;
        let coarse = &mut self.coarse[coarse * length..][..length];
        let fine = &mut self.fine[fine * length..][..length];
        let symbol = coder.pick(coarse, fine, symbol);
        for (counts, step) in [coarse, fine].into_iter().zip(STEPS) {
            let [counts @ .., total] = counts else { return 0 };
            counts[symbol] += step;
            *total += step;
            if *total > FULL {
                counts.iter_mut().for_each(|count| *count -= *count / 2);
                *total = counts.iter().sum();
            }
        }
        symbol
    }
}

/// Gaps are cut so that what lies above the cut is mostly below 8; this and more is told in several symbols.
const GAP_SYMBOLS: usize = 32;

/// Fine contexts of the sums above, and below, zero.
const SUMS: usize = 16;

/// What the parts of a stream have learnt.
struct Learnt {
    gaps: Counts,
    positions: Counts,
    values: Counts,
    /// Flat, each of T values.
    common: Vec<i8>,
    themes: usize,
}

impl Learnt {
    fn new(themes: usize, groups: usize, size: usize, common: usize) -> Self {
        Learnt {
            gaps: Counts::new(GAP_SYMBOLS, 1, groups),
            positions: Counts::new(common + 1, 1, groups),
            values: Counts::new(2 * size + 1, themes * SUMS / 2 * SUMS / 2, themes * SUMS * SUMS),
            common: Vec::new(),
            themes,
        }
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
            let read = self.values.next(coder, coarse, fine, symbol as usize) as i32;
            let read = if read % 2 == 1 { -(read + 1) / 2 } else { read / 2 };
            *value = read as i8;
            above += read.max(0) as u32;
            below += (-read).max(0) as u32;
        }
    }

    /// A row: the common one at a `position`, counted from 1, or for 0 spelt out.
    fn row(&mut self, coder: &mut impl Coder, group: usize, position: usize, row: &mut [i8]) {
        match self.positions.next(coder, 0, group, position) {
            0 => self.spell(coder, row),
            at => row.copy_from_slice(&self.common[(at - 1) * self.themes..at * self.themes]),
        }
    }

    /// A gap, the lowest `cut` bits of which are even; `None` where it is beyond 32 bits.
    fn gap(&mut self, coder: &mut impl Coder, group: usize, cut: u32, gap: u32) -> Option<u32> {
        let (mut high, mut left) = (0u32, gap >> cut);
        loop {
            let symbol = (left as usize).min(GAP_SYMBOLS - 1);
            left -= symbol as u32;
            let read = self.gaps.next(coder, 0, group, symbol);
            high = high.checked_add(read as u32)?;
            if read < GAP_SYMBOLS - 1 {
                break;
            }
            if high > u32::MAX >> cut {
                return None;
            }
        }
        (high <= u32::MAX >> cut).then(|| high << cut | coder.even_bits(cut, gap))
    }
}

/// Sums that tell a value as much go together: those between two powers of two in two halves.
fn context(sum: u32) -> usize {
    let log = 31 - (sum | 1).leading_zeros();
    let context = if log == 0 { sum } else { 2 * log + (sum >> (log - 1) & 1) };
    context.min(SUMS as u32 - 1) as usize
}

/// Where gaps between so many numbers of so many bits are cut.
fn cut(count: u32, bits: u32) -> u32 {
    bits.saturating_sub(34 - count.leading_zeros())
}

/// N ascending fingerprints of at most `bits` bits and N rows of T weights as the bytes of the tensor `feature.packed`.
///
/// # Panics
/// Where the fingerprints do not ascend, have more bits, or there are more than a million.
pub fn pack_features(fingerprints: &[u32], weights: &[i8], themes: usize, bits: u32) -> Vec<u8> {
    pack(fingerprints, weights, themes, bits, 1)
}

/// Pairs (term key, bit set of T themes), ascending by key, as the bytes of the tensor `glossary.packed`.
///
/// # Panics
/// Where the keys do not ascend, are none of [`Glossary::terms`](crate::Glossary::terms), or there are more than a million.
pub fn pack_glossary(terms: &[(u32, u16)], themes: usize) -> Vec<u8> {
    let keys: Vec<u32> = terms.iter().map(|(key, _)| *key).collect();
    let bits = |set: u16| (0..themes).map(move |theme| (set >> theme & 1) as i8);
    let rows: Vec<i8> = terms.iter().flat_map(|(_, set)| bits(*set)).collect();
    pack(&keys, &rows, themes, KEPT_BITS, LONGEST)
}

/// Rows that come this often are worth spelling out ahead, where that makes the whole shorter.
const COMMON: [usize; 7] = [2, 4, 6, 8, 12, 20, usize::MAX];

fn pack(numbers: &[u32], rows: &[i8], themes: usize, bits: u32, groups: usize) -> Vec<u8> {
    assert!(numbers.is_sorted_by(|a, b| a < b), "numbers that do not ascend");
    assert!(
        numbers.last().is_none_or(|last| u64::from(*last) >> bits < groups as u64),
        "a number beyond its bits"
    );
    let mut times: BTreeMap<&[i8], usize> = BTreeMap::new();
    rows.chunks_exact(themes).for_each(|row| *times.entry(row).or_default() += 1);
    let mut common: Vec<_> = times.into_iter().collect();
    common.sort_by_key(|(_, times)| Reverse(*times));
    common.truncate(MOST_COMMON);
    let packed = COMMON.map(|least| {
        let worth: Vec<_> =
            common.iter().take_while(|(_, times)| *times >= least).map(|(row, _)| *row).collect();
        pack_with(numbers, rows, themes, bits, groups, &worth)
    });
    packed.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

fn pack_with(
    numbers: &[u32],
    rows: &[i8],
    themes: usize,
    bits: u32,
    groups: usize,
    common: &[&[i8]],
) -> Vec<u8> {
    let mut coder = Encoder::new();
    let size = rows.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
    coder.even_bits(SIZE_BITS, u32::from(size));
    coder.even_bits(COMMON_BITS, common.len() as u32);
    let mut learnt = Learnt::new(themes, groups, usize::from(size), common.len());
    for row in common {
        learnt.spell(&mut coder, &mut row.to_vec());
    }
    let position: BTreeMap<&[i8], usize> = common.iter().zip(1..).map(|(row, at)| (*row, at)).collect();
    learnt.common = common.concat();
    let mut rows = rows.chunks_exact(themes);
    let mut at = 0;
    for group in 0..groups {
        let own = numbers[at..].iter().take_while(|number| (u64::from(**number) >> bits) as usize == group);
        let own = &numbers[at..at + own.count()];
        assert!(own.len() <= MOST_ITEMS, "{} items are more than a model holds", own.len());
        coder.even_bits(ITEM_BITS, own.len() as u32);
        let cut = cut(own.len() as u32, bits);
        let mut before = None;
        for (number, row) in own.iter().zip(&mut rows) {
            let gap = before.map_or(*number & low_bits(bits), |before: u32| number - before - 1);
            learnt.gap(&mut coder, group, cut, gap);
            learnt.row(&mut coder, group, position.get(row).copied().unwrap_or(0), &mut row.to_vec());
            before = Some(*number);
        }
        at += own.len();
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

/// What [`pack_glossary`] wrote.
pub(crate) fn unpack_glossary(bytes: &[u8], themes: usize) -> Result<Vec<(u32, u16)>, &'static str> {
    let (keys, rows) = unpack(bytes, themes, KEPT_BITS, LONGEST)?;
    let set = |row: &[i8]| row.iter().rev().fold(0, |set, bit| set << 1 | u16::from(*bit != 0));
    Ok(keys.into_iter().zip(rows.chunks_exact(themes).map(set)).collect())
}

fn unpack(
    bytes: &[u8],
    themes: usize,
    bits: u32,
    groups: usize,
) -> Result<(Vec<u32>, Vec<i8>), &'static str> {
    let mut coder = Decoder::new(bytes);
    let size = coder.even_bits(SIZE_BITS, 0).min(128) as usize;
    let common = coder.even_bits(COMMON_BITS, 0) as usize;
    let mut learnt = Learnt::new(themes, groups, size, common);
    let mut rows = vec![0; common * themes];
    for row in rows.chunks_exact_mut(themes) {
        learnt.spell(&mut coder, row);
    }
    learnt.common = rows;
    let (mut numbers, mut rows) = (Vec::new(), Vec::new());
    for group in 0..groups {
        let count = coder.even_bits(ITEM_BITS, 0);
        let cut = cut(count, bits);
        let mut next = Some(0u32);
        for _ in 0..count {
            let gap = learnt.gap(&mut coder, group, cut, 0).ok_or(BROKEN)?;
            let number = next.and_then(|next| next.checked_add(gap)).ok_or(TOO_LARGE)?;
            if number > low_bits(bits) {
                return Err(TOO_LARGE);
            }
            next = number.checked_add(1);
            numbers.push((group << bits) as u32 | number);
            let start = rows.len();
            rows.resize(start + themes, 0);
            learnt.row(&mut coder, group, 0, &mut rows[start..]);
            // A damaged count must not make thousands of items out of nothing.
            if coder.missing > 0 {
                return Err(BROKEN);
            }
        }
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
                (0..terms).map(|_| next(1 << 24) * 2 + (next(LONGEST as u32) << KEPT_BITS)).collect();
            keys.push((1 << KEPT_BITS) * LONGEST as u32 - 1);
            keys.sort_unstable();
            keys.dedup();
            let terms: Vec<_> = keys.into_iter().map(|key| (key, next(1 << themes) as u16)).collect();
            assert_eq!(unpack_glossary(&pack_glossary(&terms, themes), themes), Ok(terms));
        }
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
        assert!(packed.len() < 100, "{} bytes for what repeats", packed.len());
    }
}
