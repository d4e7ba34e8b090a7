//! Counts of small numbers.

/// Counts of small numbers, for quantiles without sorting.
pub(super) struct Tally {
    counts: [u32; 256],
    pub(super) count: u32,
}

impl Tally {
    pub(super) fn new() -> Self {
        Tally { counts: [0; 256], count: 0 }
    }

    pub(super) fn add(&mut self, value: u32) {
        self.counts[value.min(255) as usize] += 1;
        self.count += 1;
    }

    /// The smallest value that at least `part / of` of the values do not exceed.
    pub(super) fn quantile(&self, part: u64, of: u64) -> u32 {
        let mut left = (u64::from(self.count) * part).div_ceil(of);
        for (value, &count) in (0..).zip(&self.counts) {
            left = left.saturating_sub(u64::from(count));
            if left == 0 {
                return value;
            }
        }
        255
    }

    /// The value that was counted most often, the smallest of several; 0 where there is none.
    pub(super) fn mode(&self) -> u32 {
        let (mut mode, mut most) = (0, 0);
        for (value, &count) in (0..).zip(&self.counts) {
            if count > most {
                (mode, most) = (value, count);
            }
        }
        mode
    }
}
