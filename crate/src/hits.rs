//! A paragraph's features that the model holds, and how often each occurs.

use alloc::vec::Vec;

use crate::features::{Family, fingerprint};
use crate::table::Table;
use crate::weighting::value;
use crate::weights::PackedWeights;

/// The rows of the model that a paragraph hits; keeps its buffers from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// Count per row of the model; zero outside `rows`.
    counts: Vec<u32>,
    /// In order of first occurrence.
    rows: Vec<u32>,
    /// Those of them that occur once.
    once: Vec<u32>,
    /// The paragraph's words.
    pub(crate) words: usize,
}

impl Hits {
    /// Forgets the last paragraph; `rows` is the number of rows of the model.
    pub(crate) fn clear(&mut self, rows: usize) {
        for row in self.rows.drain(..) {
            self.counts[row as usize] = 0;
        }
        self.counts.resize(rows, 0);
    }

    /// One more occurrence of a feature, where the model has it.
    #[inline(never)]
    pub(crate) fn find(&mut self, table: &Table, family: Family, hash: u32) {
        if let Some(row) = table.row(fingerprint(family, hash)) {
            self.add(row);
        }
    }

    /// One more occurrence of the feature in `row`.
    #[inline(always)]
    pub(crate) fn add(&mut self, row: usize) {
        let Some(count) = self.counts.get_mut(row) else { return };
        if *count == 0 {
            self.rows.push(row as u32);
        }
        *count += 1;
    }

    /// How often the feature in `row` occurs.
    pub(crate) fn count(&self, row: usize) -> u32 {
        self.counts.get(row).copied().unwrap_or(0)
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
                1 => self.once.push(*row),
                count => {
                    let value = f64::from(value(count));
                    let weights = weights.iter().skip(*row as usize * themes);
                    sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
                }
            }
        }
        packed.add(&self.once, sums);
    }
}
