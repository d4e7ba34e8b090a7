//! The first stage's learner: a linear separator over sparse records, behind linfa's traits.
//!
//! Why not linfa-logistic or linfa-ftrl: both want dense matrices, and both call std's `exp` and `ln`, whose last bits
//! depend on the processor; the model must come out the same everywhere. This learner needs neither function.

use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, PredictInplace};
use linfa::{Error, ParamGuard};
use ndarray::Array1;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::records::SparseRecords;

/// Settings, not yet checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LinearParams(ValidLinearParams);

/// Checked settings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ValidLinearParams {
    /// Cost of an error against the size of the weights (C of LIBLINEAR).
    cost: f64,
    /// How many times the cost of an error on a paragraph that has the theme.
    positive: f64,
    /// Passes over the data.
    passes: usize,
    seed: u64,
}

/// A fitted separator: score = weights · record + bias; above 0 the theme is more likely present than not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linear {
    pub(crate) weights: Array1<f64>,
    pub(crate) bias: f64,
}

impl LinearParams {
    pub(crate) fn new() -> Self {
        LinearParams(ValidLinearParams { cost: 1.0, positive: 1.0, passes: 60, seed: 20 })
    }

    pub(crate) fn cost(mut self, cost: f64) -> Self {
        self.0.cost = cost;
        self
    }

    pub(crate) fn passes(mut self, passes: usize) -> Self {
        self.0.passes = passes;
        self
    }

    pub(crate) fn positive(mut self, positive: f64) -> Self {
        self.0.positive = positive;
        self
    }
}

impl ParamGuard for LinearParams {
    type Checked = ValidLinearParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&Self::Checked, Error> {
        let positive = |number: f64| number.is_finite() && number > 0.0;
        if positive(self.0.cost) && positive(self.0.positive) && self.0.passes > 0 {
            Ok(&self.0)
        } else {
            Err(Error::Parameters(format!("cost, positive and passes must be above 0: {:?}", self.0)))
        }
    }

    fn check(self) -> Result<Self::Checked, Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

/// Dual coordinate descent for the L2-regularised squared hinge loss: Hsieh, Chang, Lin, Keerthi, Sundararajan, *A Dual
/// Coordinate Descent Method for Large-scale Linear SVM*, ICML 2008, algorithm 1 with D = 1/(2C). The bias is a constant
/// feature of value 1.
///
/// Targets are whether each paragraph has the theme: `true` is always the positive side, however rare. The dataset's
/// weights, where given, multiply the cost of each paragraph.
impl Fit<SparseRecords, Array1<bool>, Error> for ValidLinearParams {
    type Object = Linear;

    fn fit(&self, dataset: &DatasetBase<SparseRecords, Array1<bool>>) -> Result<Linear, Error> {
        let records = &dataset.records;
        let n = records.nsamples();
        if n == 0 || dataset.targets.len() != n {
            return Err(Error::Parameters(format!("{n} records, {} targets", dataset.targets.len())));
        }
        let cost = |row: usize| {
            let own = if dataset.targets[row] { self.cost * self.positive } else { self.cost };
            own * dataset.weight_for(row) as f64
        };
        let side = |row: usize| if dataset.targets[row] { 1.0 } else { -1.0 };
        let squares: Vec<f64> = (0..n)
            .map(|row| records.row(row).iter().map(|(_, value)| f64::from(*value).powi(2)).sum::<f64>() + 1.0)
            .collect();
        let mut weights = Array1::<f64>::zeros(records.nfeatures());
        let mut bias = 0.0;
        let mut alpha = vec![0.0; n];
        let mut order: Vec<usize> = (0..n).filter(|row| cost(*row) > 0.0).collect();
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        for _ in 0..self.passes {
            shuffle(&mut order, &mut random);
            let mut largest: f64 = 0.0;
            for &row in &order {
                let slack = 1.0 / (2.0 * cost(row));
                let score: f64 = records
                    .row(row)
                    .iter()
                    .map(|(column, value)| weights[*column as usize] * f64::from(*value))
                    .sum();
                let gradient = side(row) * (score + bias) - 1.0 + slack * alpha[row];
                let projected = if alpha[row] == 0.0 { gradient.min(0.0) } else { gradient };
                if projected == 0.0 {
                    continue;
                }
                largest = largest.max(projected.abs());
                let before = alpha[row];
                alpha[row] = (before - gradient / (squares[row] + slack)).max(0.0);
                let step = (alpha[row] - before) * side(row);
                for (column, value) in records.row(row) {
                    weights[*column as usize] += step * f64::from(*value);
                }
                bias += step;
            }
            if largest < 0.01 {
                break;
            }
        }
        Ok(Linear { weights, bias })
    }
}

impl PredictInplace<SparseRecords, Array1<f64>> for Linear {
    fn predict_inplace(&self, records: &SparseRecords, scores: &mut Array1<f64>) {
        for (row, score) in scores.iter_mut().enumerate() {
            let terms = records
                .row(row)
                .iter()
                .map(|(column, value)| self.weights[*column as usize] * f64::from(*value));
            *score = terms.sum::<f64>() + self.bias;
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<f64> {
        Array1::zeros(records.nsamples())
    }
}

/// Fisher and Yates, from a stream of 32-bit numbers whose tiny bias (below n / 2³²) is harmless here.
fn shuffle(order: &mut [usize], random: &mut ChaCha8Rng) {
    for last in (1..order.len()).rev() {
        let pick = (u64::from(random.next_u32()) * (last as u64 + 1)) >> 32;
        order.swap(last, pick as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 6 paragraphs in 100 have the theme and its word (column 0); all share a common word (column 1).
    fn rare_theme() -> DatasetBase<SparseRecords, Array1<bool>> {
        let has = |row: usize| row.is_multiple_of(17);
        let rows =
            (0..100).map(|row| if has(row) { vec![(0, 1.0), (1, 1.0)] } else { vec![(1, 1.0), (2, 0.5)] });
        DatasetBase::new(SparseRecords::new(rows, 3), (0..100).map(has).collect())
    }

    #[test]
    fn a_rare_theme_has_weights_of_the_right_sign() {
        let dataset = rare_theme();
        let linear = LinearParams::new().fit(&dataset).unwrap();
        assert!(linear.weights[0] > 0.5 && linear.weights[2] < 0.0, "{linear:?}");
        let mut scores = linear.default_target(&dataset.records);
        linear.predict_inplace(&dataset.records, &mut scores);
        assert!(scores.iter().zip(&dataset.targets).all(|(score, has)| (*score > 0.0) == *has), "{scores}");
    }

    #[test]
    fn a_feature_never_seen_weighs_nothing() {
        let mut dataset = rare_theme();
        dataset.records = SparseRecords::new((0..100).map(|row| dataset.records.row(row).to_vec()), 4);
        let linear = LinearParams::new().fit(&dataset).unwrap();
        assert_eq!(linear.weights[3], 0.0);
    }

    #[test]
    fn a_paragraph_of_weight_zero_is_as_if_absent() {
        let all = rare_theme();
        let mut half = rare_theme();
        half.weights = (0..100).map(|row| if row < 50 { 1.0 } else { 0.0 }).collect();
        let first = DatasetBase::new(
            SparseRecords::new((0..50).map(|row| all.records.row(row).to_vec()), 3),
            all.targets.iter().take(50).copied().collect(),
        );
        let params = LinearParams::new();
        assert_eq!(params.fit(&half).unwrap(), params.fit(&first).unwrap());
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        assert!(LinearParams::new().cost(0.0).fit(&rare_theme()).is_err());
        assert!(LinearParams::new().positive(f64::NAN).fit(&rare_theme()).is_err());
    }
}
