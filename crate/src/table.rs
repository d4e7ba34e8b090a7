//! Fingerprint to row of weights: a hash table laid out once, when the model is loaded.

use alloc::vec;
use alloc::vec::Vec;

/// Open addressing with linear probing, at most half full. The slot is taken from the fingerprint's low bits, which
/// are mixed well enough to need no second hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// (fingerprint, row + 1); row 0 marks an empty slot.
    slots: Vec<(u32, u32)>,
    /// A bit for each fingerprint: small enough to stay near the processor, and most look-ups end here.
    filter: Vec<u64>,
    /// Fingerprints are compared in these bits alone.
    mask: u32,
}

impl Table {
    /// `fingerprints[row]`, each already cut to its lowest `bits` bits (1 to 32).
    pub(crate) fn new(fingerprints: &[u32], bits: u32) -> Self {
        let mut slots = vec![(0, 0); (fingerprints.len() * 2).next_power_of_two().max(2)];
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            let mut slot = *fingerprint as usize & (slots.len() - 1);
            while slots[slot].1 != 0 && slots[slot].0 != *fingerprint {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (*fingerprint, row as u32 + 1);
        }
        let mut filter = vec![0u64; (slots.len() / 16).max(1)];
        let words = filter.len();
        for fingerprint in fingerprints {
            filter[(*fingerprint as usize / 64) & (words - 1)] |= 1 << (fingerprint % 64);
        }
        Table { slots, filter, mask: low_bits(bits) }
    }

    pub(crate) fn row(&self, fingerprint: u32) -> Option<usize> {
        let fingerprint = fingerprint & self.mask;
        let word = self.filter[(fingerprint as usize / 64) & (self.filter.len() - 1)];
        if word >> (fingerprint % 64) & 1 == 0 {
            return None;
        }
        let mut slot = fingerprint as usize & (self.slots.len() - 1);
        loop {
            match self.slots[slot] {
                (_, 0) => return None,
                (found, row) if found == fingerprint => return Some(row as usize - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// A mask of the lowest `bits` bits.
pub(crate) fn low_bits(bits: u32) -> u32 {
    (1u64 << bits.min(32)).wrapping_sub(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_linear_search_finds() {
        let mut seed = 7u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) & low_bits(12)
        };
        let mut fingerprints: Vec<u32> = (0..500).map(|_| next()).collect();
        fingerprints.sort_unstable();
        fingerprints.dedup();
        let table = Table::new(&fingerprints, 12);
        for fingerprint in 0..1 << 13 {
            let expected = fingerprints.iter().position(|known| *known == fingerprint & low_bits(12));
            assert_eq!(table.row(fingerprint), expected);
        }
    }
}
