//! The second stage's learner: logistic regression over a few dense inputs, whose probabilities are calibrated because
//! its scores are out of fold. With a single input this is Platt scaling.

use leitmotif::numbers::sigmoid;
use ndarray::{Array1, ArrayView2};

/// A fitted regression: logit = weights · inputs + bias.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Logistic {
    pub(crate) weights: Array1<f64>,
    pub(crate) bias: f64,
}

impl Logistic {
    /// Fits by Newton's method (iteratively reweighted least squares: Hastie, Tibshirani, Friedman, *The Elements of
    /// Statistical Learning*, 4.4.1) with `ridge` · |w|² / 2 on the weights, none on the bias.
    ///
    /// `inputs` is rows × K; `targets` and `weights` have one entry a row.
    pub(crate) fn fit(inputs: ArrayView2<f64>, targets: &[bool], weights: &[f64], ridge: f64) -> Logistic {
        let (rows, k) = inputs.dim();
        // The last unknown is the bias.
        let size = k + 1;
        let mut theta = vec![0.0; size];
        let input = |row: usize, j: usize| if j < k { inputs[(row, j)] } else { 1.0 };
        for _ in 0..50 {
            let mut gradient = vec![0.0; size];
            let mut hessian = vec![0.0; size * size];
            for j in 0..k {
                gradient[j] = ridge * theta[j];
                hessian[j * size + j] = ridge;
            }
            // Keeps the matrix invertible where all targets agree.
            hessian[k * size + k] = 1e-6;
            for row in 0..rows {
                let logit: f64 = (0..size).map(|j| theta[j] * input(row, j)).sum();
                let p = sigmoid(logit);
                let error = weights[row] * (p - f64::from(u8::from(targets[row])));
                let curve = weights[row] * p * (1.0 - p);
                for i in 0..size {
                    let x = input(row, i);
                    if x != 0.0 {
                        gradient[i] += error * x;
                        for j in 0..=i {
                            hessian[i * size + j] += curve * x * input(row, j);
                        }
                    }
                }
            }
            let step = solve(hessian, gradient, size);
            let largest = step.iter().fold(0.0f64, |largest, part| largest.max(part.abs()));
            // A long step overshoots where the classes hardly overlap; at most 4 a round is ample.
            let scale = if largest > 4.0 { 4.0 / largest } else { 1.0 };
            theta.iter_mut().zip(&step).for_each(|(theta, part)| *theta -= scale * part);
            if largest < 1e-9 {
                break;
            }
        }
        Logistic { weights: theta[..k].iter().copied().collect(), bias: theta[k] }
    }
}

/// Solves A x = b for a symmetric positive definite A, of which the lower triangle is given (Cholesky).
fn solve(mut a: Vec<f64>, mut b: Vec<f64>, n: usize) -> Vec<f64> {
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| a[i * n + k] * a[j * n + k]).sum();
            let rest = a[i * n + j] - known;
            a[i * n + j] = if i == j { rest.max(1e-12).sqrt() } else { rest / a[j * n + j] };
        }
    }
    for i in 0..n {
        let known: f64 = (0..i).map(|k| a[i * n + k] * b[k]).sum();
        b[i] = (b[i] - known) / a[i * n + i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[k * n + i] * b[k]).sum();
        b[i] = (b[i] - known) / a[i * n + i];
    }
    b
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    #[test]
    fn finds_the_log_odds_of_two_groups() {
        // 20 rows at 0, of which 5 hold; 20 rows at 1, of which 15 hold: log odds −ln 3 and +ln 3.
        let inputs = Array2::from_shape_fn((40, 1), |(row, _)| f64::from(u8::from(row >= 20)));
        let targets: Vec<bool> = (0..40).map(|row| if row < 20 { row < 5 } else { row < 35 }).collect();
        let fitted = Logistic::fit(inputs.view(), &targets, &[1.0; 40], 1e-9);
        assert!((fitted.bias + libm::log(3.0)).abs() < 1e-6, "{fitted:?}");
        assert!((fitted.weights[0] - 2.0 * libm::log(3.0)).abs() < 1e-6, "{fitted:?}");
        assert!((fitted.weights[0] + fitted.bias - libm::log(3.0)).abs() < 1e-6);
    }

    #[test]
    fn one_class_alone_gives_a_finite_model() {
        let inputs = Array2::ones((5, 2));
        let fitted = Logistic::fit(inputs.view(), &[false; 5], &[1.0; 5], 1.0);
        let logit = fitted.weights.sum() + fitted.bias;
        assert!(logit.is_finite() && logit < -5.0, "{fitted:?}");
    }
}
