//! Fingerprint to row of weights: a sorted list, with a way in laid out once, when the model is loaded.

use alloc::vec::Vec;

use crate::filter::Filter;

/// Ascending fingerprints, and where to look in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    fingerprints: Vec<u32>,
    filter: Filter,
    /// The first row whose fingerprint, less its lowest bits, is the position or more; with an end. Three rows or so each.
    starts: Vec<u32>,
    /// The lowest bits of a fingerprint, of which `starts` knows nothing.
    shift: u32,
    /// Fingerprints are compared in these bits alone.
    mask: u32,
}

impl Table {
    /// For ascending `fingerprints` of at most `bits` bits (1 to 32).
    pub(crate) fn new(fingerprints: Vec<u32>, bits: u32) -> Self {
        let places = (fingerprints.len() / 2).next_power_of_two().ilog2().min(bits);
        let shift = bits - places;
        let mut starts = Vec::with_capacity((1 << places) + 1);
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            let place = u64::from(*fingerprint) >> shift;
            while starts.len() as u64 <= place && starts.len() < 1 << places {
                starts.push(row as u32);
            }
        }
        starts.resize((1 << places) + 1, fingerprints.len() as u32);
        let filter = Filter::new(fingerprints.iter().copied());
        Table { fingerprints, filter, starts, shift, mask: low_bits(bits) }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// The row of a fingerprint.
    #[inline(always)]
    pub(crate) fn row(&self, fingerprint: u32) -> Option<usize> {
        let fingerprint = fingerprint & self.mask;
        if self.filter.may_hold(fingerprint) { self.find(fingerprint) } else { None }
    }

    #[inline(never)]
    fn find(&self, fingerprint: u32) -> Option<usize> {
        let place = (u64::from(fingerprint) >> self.shift) as usize;
        let first = *self.starts.get(place)? as usize;
        let rows = self.fingerprints.get(first..*self.starts.get(place + 1)? as usize)?;
        rows.binary_search(&fingerprint).ok().map(|row| first + row)
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
