//! A paragraph's features that the model holds, and how often each occurs.

use alloc::vec::Vec;

use crate::features::{Family, fingerprint};
use crate::table::Table;
use crate::weighting::value;
use crate::weights::PackedWeights;

/// A list with room behind it, which is neither checked nor filled for each number that is added.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoomyList {
    numbers: Vec<u32>,
    end: usize,
}

impl RoomyList {
    pub(crate) fn as_slice(&self) -> &[u32] {
        self.numbers.get(..self.end).unwrap_or_default()
    }

    /// What is behind the list, `most` numbers or more.
    pub(crate) fn room(&mut self, most: usize) -> &mut [u32] {
        if self.numbers.len() < self.end + most {
            self.numbers.resize(2 * (self.end + most), 0);
        }
        &mut self.numbers[self.end..]
    }

    /// So many of the numbers behind the list belong to it.
    pub(crate) fn add(&mut self, count: usize) {
        self.end += count;
    }

    fn clear(&mut self) {
        self.end = 0;
    }
}

/// The rows of the model that a paragraph hits; keeps its buffers from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    /// A row for each occurrence that was not counted yet, plus one.
    pub(crate) found: RoomyList,
    /// The count per row, from position 1 on; zero outside `rows`.
    counts: Vec<u32>,
    /// The rows that occur.
    rows: RoomyList,
    /// Those of them that occur more than once.
    again: RoomyList,
    /// The values of small counts, from 0 on; none before the first that is asked for.
    values: Vec<f64>,
    /// The paragraph's words.
    pub(crate) words: usize,
}

impl Hits {
    /// Forgets the last paragraph; `rows` is the number of rows of the model.
    pub(crate) fn clear(&mut self, rows: usize) {
        for row in self.rows.as_slice() {
            self.counts[*row as usize + 1] = 0;
        }
        self.found.clear();
        self.rows.clear();
        self.again.clear();
        self.counts.resize(rows + 1, 0);
    }

    /// One more occurrence of the feature in a row.
    pub(crate) fn add(&mut self, row: usize) {
        self.found.room(1)[0] = row as u32 + 1;
        self.found.add(1);
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
        let found_rows = found.as_slice();
        let (firsts, seconds) = (rows.room(found_rows.len()), again.room(found_rows.len()));
        let (mut first, mut second) = (0, 0);
        for row in found_rows {
            let Some(count) = counts.get_mut(*row as usize) else { continue };
            if let (Some(one), Some(other)) = (firsts.get_mut(first), seconds.get_mut(second)) {
                (*one, *other) = (*row - 1, *row - 1);
            }
            first += usize::from(*count == 0);
            second += usize::from(*count == 1);
            *count += 1;
        }
        rows.add(first);
        again.add(second);
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
    pub(crate) fn sums(&mut self, weights: &[i8], packed: &PackedWeights, sums: &mut [f64]) {
        sums.fill(0.0);
        packed.add(self.rows.as_slice(), sums);
        for row in self.again.as_slice() {
            let count = self.counts.get(*row as usize + 1).copied().unwrap_or(0);
            // Once each was added already.
            let value = value_of(&mut self.values, count) - 1.0;
            let weights = weights.iter().skip(*row as usize * sums.len());
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * f64::from(*weight));
        }
    }
}

/// The value of a count, remembered where it is small, as nearly all are.
#[inline(always)]
fn value_of(values: &mut Vec<f64>, count: u32) -> f64 {
    values.get(count as usize).copied().unwrap_or_else(|| {
        if values.is_empty() {
            values.extend((0..32).map(|count| f64::from(value(count))));
        }
        f64::from(value(count))
    })
}
