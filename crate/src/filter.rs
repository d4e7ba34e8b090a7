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
    /// Eight to sixteen bits a hash; of a hash the lowest 23 bits count.
    pub(crate) fn new(hashes: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut blocks = vec![0; (hashes.len() / 8).next_power_of_two()];
        let last = blocks.len() - 1;
        hashes.for_each(|hash| blocks[block(hash) & last] |= 1 << first(hash) | 1 << second(hash));
        Filter { blocks }
    }

    /// 1 where a hash may have been put in, else 0: a number, as a branch could not be foreseen.
    #[inline(always)]
    pub(crate) fn holds(&self, hash: u32) -> u64 {
        let last = self.blocks.len().wrapping_sub(1);
        let Some(bits) = self.blocks.get(block(hash) & last) else { return 0 };
        bits >> first(hash) & bits >> second(hash) & 1
    }
}

fn block(hash: u32) -> usize {
    hash as usize >> 6
}

fn first(hash: u32) -> u32 {
    hash & 63
}

/// Bits that only a filter beyond a megabyte looks at otherwise.
fn second(hash: u32) -> u32 {
    hash >> 17 & 63
}

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
            assert!(hashes.iter().all(|hash| filter.holds(*hash) == 1));
            let others: u64 = (0..10_000).map(|_| filter.holds((next(1 << 24) << 1 | next(2)) as u32)).sum();
            assert!(others < if count < 8 { 3000 } else { 1000 }, "{others} of {count}");
        }
        assert_eq!(Filter::default().holds(5), 0);
    }
}
