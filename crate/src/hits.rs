//! A paragraph's features that the model holds, and how often each occurs.

use alloc::vec::Vec;

use crate::features::{Family, fingerprint};
use crate::table::Table;
use crate::weighting::value;
use crate::weights::PackedWeights;

/// The rows of the model that a paragraph hits; keeps its buffers from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// At 0 what nobody asks for; then the count per row of the model, zero outside `rows`.
    counts: Vec<u32>,
    /// Each plus one, in order of first occurrence.
    rows: Vec<u32>,
    /// Those of them that occur once.
    once: Vec<u32>,
    /// The paragraph's words.
    pub(crate) words: usize,
}

/// No row: adding it costs less than to ask whether there is one.
pub(crate) const NO_ROW: u32 = 0;

impl Hits {
    /// Forgets the last paragraph; `rows` is the number of rows of the model.
    pub(crate) fn clear(&mut self, rows: usize) {
        for row in self.rows.drain(..) {
            self.counts[row as usize] = 0;
        }
        self.counts.resize(rows + 1, 0);
        self.counts[0] = 1;
    }

    /// One more occurrence of the feature in a row, given plus one, or of [`NO_ROW`].
    #[inline(always)]
    pub(crate) fn add(&mut self, row: u32) {
        let Some(count) = self.counts.get_mut(row as usize) else { return };
        if *count == 0 {
            self.rows.push(row);
        }
        *count += 1;
    }

    /// One more occurrence of a feature, where the model has it.
    #[inline(never)]
    pub(crate) fn find(&mut self, table: &Table, family: Family, hash: u32) {
        if let Some(row) = table.row(fingerprint(family, hash)) {
            self.add(row as u32 + 1);
        }
    }

    /// How often the feature in `row` occurs.
    pub(crate) fn count(&self, row: usize) -> u32 {
        self.counts.get(row + 1).copied().unwrap_or(0)
    }

    /// For each theme the sum of value times weight: rows of as many `weights` as there are `sums`, and the same `packed`.
    ///
    /// In whatever order they are added, the sums are the same: a value is a multiple of 2⁻²³ and a weight a small whole number, so
    /// that 53 bits hold each sum exactly.
    pub(crate) fn sums(&mut self, weights: &[i8], packed: &PackedWeights, sums: &mut [f64]) {
        sums.fill(0.0);
        let themes = sums.len();
        self.once.clear();
        for row in &self.rows {
            match self.counts[*row as usize] {
                1 => self.once.push(*row - 1),
                count => {
                    let value = f64::from(value(count));
                    let weights = weights.iter().skip((*row as usize - 1) * themes);
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
                }
            }
        }
        packed.add(&self.once, sums);
    }
}
