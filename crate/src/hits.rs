//! A paragraph's features that the model holds, and how often each occurs.

use alloc::vec::Vec;

use crate::features::{Family, fingerprint};
use crate::table::Table;
use crate::weighting::value;
use crate::weights::PackedWeights;

/// The rows of the model that a paragraph hits; keeps its buffers from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// A row for each occurrence that was not counted yet, plus one.
    pub(crate) found: Vec<u32>,
    /// The count per row, from position 1 on; zero outside `rows`.
    counts: Vec<u32>,
    /// The rows that occur.
    rows: Vec<u32>,
    /// Those of them that occur more than once.
    again: Vec<u32>,
    /// The paragraph's words.
    pub(crate) words: usize,
}

impl Hits {
    /// Forgets the last paragraph; `rows` is the number of rows of the model.
    pub(crate) fn clear(&mut self, rows: usize) {
        for row in &self.rows {
            self.counts[*row as usize + 1] = 0;
        }
        self.found.clear();
        self.rows.clear();
        self.again.clear();
        self.counts.resize(rows + 1, 0);
    }

    /// One more occurrence of the feature in a row.
    pub(crate) fn add(&mut self, row: usize) {
        self.found.push(row as u32 + 1);
    }

    /// One more occurrence of a feature, where the model has it.
    #[inline(never)]
    pub(crate) fn find(&mut self, table: &Table, family: Family, hash: u32) {
        if let Some(row) = table.row(fingerprint(family, hash)) {
            self.add(row);
        }
    }

    /// Counts what was found since the last time.
    pub(crate) fn tally(&mut self) {
        let Hits { found, counts, rows, again, .. } = self;
        let (mut first, mut second) = (rows.len(), again.len());
        rows.resize(first + found.len(), 0);
        again.resize(second + found.len(), 0);
        let (firsts, seconds) = (&mut rows[..], &mut again[..]);
        for row in &found[..] {
            let Some(count) = counts.get_mut(*row as usize) else { continue };
            if let (Some(one), Some(other)) = (firsts.get_mut(first), seconds.get_mut(second)) {
                (*one, *other) = (*row - 1, *row - 1);
            }
            first += usize::from(*count == 0);
            second += usize::from(*count == 1);
            *count += 1;
        }
        rows.truncate(first);
        again.truncate(second);
        found.clear();
    }

    /// How often the feature in `row` occurs.
    pub(crate) fn count(&self, row: usize) -> u32 {
        self.counts.get(row + 1).copied().unwrap_or(0)
    }

    /// For each theme the sum of value times weight: rows of as many `weights` as there are `sums`, and the same `packed`.
    ///
    /// In whatever order they are added, the sums are the same: a value is a multiple of 2⁻²³ and a weight a small whole number, so
    /// that 53 bits hold each sum exactly.
    pub(crate) fn sums(&self, weights: &[i8], packed: &PackedWeights, sums: &mut [f64]) {
        sums.fill(0.0);
        packed.add(&self.rows, sums);
        for row in &self.again {
            // Once each was added already.
            let value = f64::from(value(self.count(*row as usize))) - 1.0;
            let weights = weights.iter().skip(*row as usize * sums.len());
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
        }
    }
}
