//! A set of hashes that may hold more than was put in, never less: most look-ups end here, in one word of memory.

use alloc::vec;
use alloc::vec::Vec;

/// A Bloom filter of blocks (Putze, Sanders, Singler, *Cache-, Hash- and Space-Efficient Bloom Filters*, 2007): two bits a hash,
/// both in one number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// A power of two of them.
    blocks: Vec<u64>,
}

impl Filter {
    /// Some eight bits a hash; of a hash the lowest 25 bits alone are looked at.
    pub(crate) fn new(hashes: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut blocks = vec![0; (hashes.len() / 8).next_power_of_two()];
        let last = blocks.len() - 1;
        hashes.for_each(|hash| blocks[block(hash) & last] |= bits(hash));
        Filter { blocks }
    }

    /// Whether a hash may have been put in.
    #[inline(always)]
    pub(crate) fn may_hold(&self, hash: u32) -> bool {
        let last = self.blocks.len().wrapping_sub(1);
        self.blocks.get(block(hash) & last).is_some_and(|block| block & bits(hash) == bits(hash))
    }
}

/// From bits 6 to 24.
fn block(hash: u32) -> usize {
    (hash as usize & LOW) >> 6
}

/// From bits 0 to 5, and 19 to 24, which only a filter beyond a megabyte looks at otherwise.
fn bits(hash: u32) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 19 & 63)
}

const LOW: usize = (1 << 25) - 1;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    #[test]
    fn holds_all_that_was_put_in_and_little_else() {
        let mut next = dice(11);
        for count in [0, 1, 7, 8, 1000, 13_000] {
            let hashes: Vec<u32> = (0..count).map(|_| (next(1 << 24) << 1 | next(2)) as u32).collect();
            let filter = Filter::new(hashes.iter().copied());
            assert!(hashes.iter().all(|hash| filter.may_hold(*hash) && filter.may_hold(hash | 0xFE00_0000)));
            let others =
                (0..10_000).filter(|_| filter.may_hold((next(1 << 24) << 1 | next(2)) as u32)).count();
            assert!(others < if count < 8 { 3000 } else { 1000 }, "{others} of {count}");
        }
        assert!(!Filter::default().may_hold(5));
    }
}
