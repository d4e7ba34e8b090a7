//! Fingerprint to row of weights: a sorted list, with a way in laid out once, when the model is loaded.

use alloc::vec::Vec;

use crate::filter::Filter;

/// Ascending fingerprints, and where to look in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// With some more at the end that are no fingerprints.
    fingerprints: Vec<u32>,
    filter: Filter,
    /// The first row whose fingerprint, less its lowest bits, is the position or more. Two rows or so each.
    starts: Vec<u32>,
    /// The lowest bits of a fingerprint, of which `starts` knows nothing.
    shift: u32,
    /// Fingerprints are compared in these bits alone.
    mask: u32,
}

/// Rows that are compared at once.
const AT_ONCE: usize = 4;

impl Table {
    /// For ascending `fingerprints` of at most `bits` bits (1 to 32).
    pub(crate) fn new(mut fingerprints: Vec<u32>, bits: u32) -> Self {
        let places = (fingerprints.len() / 2).next_power_of_two().ilog2().min(bits);
        let shift = bits - places;
        let mut starts = Vec::with_capacity(1 << places);
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            let place = u64::from(*fingerprint) >> shift;
            while starts.len() as u64 <= place && starts.len() < 1 << places {
                starts.push(row as u32);
            }
        }
        starts.resize(1 << places, fingerprints.len() as u32);
        let filter = Filter::new(fingerprints.iter().copied());
        fingerprints.extend([u32::MAX; AT_ONCE]);
        Table { fingerprints, filter, starts, shift, mask: low_bits(bits) }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len().saturating_sub(AT_ONCE)
    }

    /// The row of a fingerprint.
    #[inline(always)]
    pub(crate) fn row(&self, fingerprint: u32) -> Option<usize> {
        if self.filter.holds(fingerprint & self.mask) == 1 { self.find(fingerprint) } else { None }
    }

    /// Calls `found` with the position and the row of each of some fingerprints that has one.
    pub(crate) fn rows(&self, fingerprints: &[u32], mut found: impl FnMut(usize, usize)) {
        for (some, first) in fingerprints.chunks(64).zip((0..).step_by(64)) {
            let mut held = self.held(some);
            while held != 0 {
                let position = held.trailing_zeros() as usize;
                held &= held - 1;
                if let Some(row) = self.find(some[position]) {
                    found(first + position, row);
                }
            }
        }
    }

    /// A bit for each of at most 64 fingerprints, the first in the lowest: whether it may have a row.
    #[inline(never)]
    fn held(&self, fingerprints: &[u32]) -> u64 {
        let (filter, mask) = (&self.filter, self.mask);
        let held = fingerprints
            .iter()
            .fold(0, |held, fingerprint| held >> 1 | filter.holds(fingerprint & mask) << 63);
        held >> (64 - fingerprints.len())
    }

    /// The row of a fingerprint that it may hold.
    #[inline(never)]
    fn find(&self, fingerprint: u32) -> Option<usize> {
        let fingerprint = fingerprint & self.mask;
        let mut row = *self.starts.get((u64::from(fingerprint) >> self.shift) as usize)? as usize;
        // Counted rather than searched: where a search would turn cannot be foreseen. And one by one: for browsers, the compiler would
        // leave a loop of four one.
        loop {
            let [first, second, third, fourth]: [u32; AT_ONCE] =
                *self.fingerprints.get(row..)?.first_chunk()?;
            let is_lower = |known| usize::from(known < fingerprint);
            let lower = is_lower(first) + is_lower(second) + is_lower(third) + is_lower(fourth);
            row += lower;
            if lower < AT_ONCE {
                break;
            }
        }
        (self.fingerprints[row] == fingerprint && row < self.len()).then_some(row)
    }
}

/// A mask of the lowest `bits` bits.
pub(crate) fn low_bits(bits: u32) -> u32 {
    (1u64 << bits.min(32)).wrapping_sub(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    #[test]
    fn finds_what_a_linear_search_finds() {
        let mut next = dice(7);
        for (bits, count) in [(12, 500), (12, 4096), (8, 3), (12, 1), (12, 0), (1, 2), (32, 700), (24, 5000)]
        {
            let mut fingerprints: Vec<u32> =
                (0..count).map(|_| (next(1 << 16) << 16 | next(1 << 16)) as u32 & low_bits(bits)).collect();
            fingerprints.sort_unstable();
            fingerprints.dedup();
            let table = Table::new(fingerprints.clone(), bits);
            let near =
                fingerprints.iter().flat_map(|known| [known.wrapping_sub(1), *known, known.wrapping_add(1)]);
            for fingerprint in near.chain(0..1 << 13).chain([u32::MAX]) {
                let expected = fingerprints.iter().position(|known| *known == fingerprint & low_bits(bits));
                assert_eq!(table.row(fingerprint), expected, "{fingerprint} of {count} in {bits} bits");
            }
        }
    }
}
