//! Sums of rows of small whole numbers, several at an addition.

use alloc::vec::Vec;

/// N rows of T weights, five of them in a number: one addition adds all five.
#[derive(Clone, Debug, Default)]
pub(crate) struct PackedWeights {
    /// For each row, one number for every five themes; the first theme in the lowest bits.
    numbers: Vec<u64>,
    /// Numbers a row.
    width: usize,
}

/// Weights in a number.
const LANES: usize = 5;
/// Bits that a weight has there: room for the sum of [`ROOM`].
const LANE: usize = 12;
/// Added to a weight, it makes a number from 0 to 255.
const RAISE: i32 = 128;
/// So many rows are added before a lane could run over: 16 × 255 < 2¹².
const ROOM: usize = 16;

impl PackedWeights {
    /// For N rows of `themes` weights each.
    pub(crate) fn new(weights: &[i8], themes: usize) -> Self {
        let lane = |lanes, weight: &i8| lanes << LANE | (i32::from(*weight) + RAISE) as u64;
        let width = themes.div_ceil(LANES);
        let mut numbers = Vec::with_capacity(weights.len() / themes * width);
        for row in weights.chunks_exact(themes) {
            numbers.extend(row.chunks(LANES).map(|part| part.iter().rev().fold(0, lane)));
        }
        PackedWeights { numbers, width }
    }

    /// Adds the weights of some rows to the `sums` of the themes.
    pub(crate) fn add(&self, rows: &[u32], sums: &mut [f64]) {
        for some in rows.chunks(ROOM) {
            for (part, sums) in sums.chunks_mut(LANES).enumerate() {
                let number =
                    |row: &u32| self.numbers.get(*row as usize * self.width + part).copied().unwrap_or(0);
                let mut lanes: u64 = some.iter().map(number).sum();
                for sum in sums {
                    *sum += f64::from((lanes & ((1 << LANE) - 1)) as i32 - RAISE * some.len() as i32);
                    lanes >>= LANE;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    #[test]
    fn adds_what_a_loop_adds() {
        let mut next = dice(3);
        for themes in 1..=16 {
            let mut weights: Vec<i8> = (0..200 * themes).map(|_| next(256) as u8 as i8).collect();
            // The extremes, often enough to fill a lane.
            weights[..40 * themes].fill(i8::MAX);
            weights[40 * themes..80 * themes].fill(i8::MIN);
            let packed = PackedWeights::new(&weights, themes);
            for rows in [0..0, 0..1, 0..40, 40..80, 30..130, 0..200].map(|rows| rows.collect::<Vec<u32>>()) {
                let mut sums = vec![0.5; themes];
                packed.add(&rows, &mut sums);
                let loop_sum = |theme: usize| {
                    rows.iter().map(|row| f64::from(weights[*row as usize * themes + theme])).sum::<f64>()
                };
                assert_eq!(
                    sums,
                    (0..themes).map(|theme| 0.5 + loop_sum(theme)).collect::<Vec<_>>(),
                    "{themes}"
                );
            }
        }
    }
}
