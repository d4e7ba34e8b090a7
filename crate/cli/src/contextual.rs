//! The second stage: a paragraph's logits in their context, calibrated.

use leitmotif::Paragraph;
use leitmotif::context::{self, INPUTS};
use leitmotif::numbers::logit;
use ndarray::Array2;

use crate::examples::Example;
use crate::logistic::Logistic;

/// From first-stage scores to the logits that are shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contextual {
    /// T pairs (factor, summand): a first-stage score to a logit (Platt scaling).
    pub(crate) platt: Vec<(f64, f64)>,
    /// T log odds of each theme.
    pub(crate) prior: Vec<f64>,
    /// T rows of weights of the inputs.
    pub(crate) weights: Vec<[f64; INPUTS]>,
    /// T.
    pub(crate) bias: Vec<f64>,
}

impl Contextual {
    /// Fits to out-of-fold `scores`, rows × T; the examples of an article stand together.
    ///
    /// The weights of the inputs are one set for all themes: a set for each overfits, as the rare themes have few paragraphs
    /// to learn it from. A last scaling of each theme by itself restores its calibration.
    pub(crate) fn fit(examples: &[&Example], scores: &Array2<f64>, ridge: f64) -> Contextual {
        let (rows, themes) = scores.dim();
        let has = |theme: usize| {
            examples.iter().map(|example| example.themes.contains(theme)).collect::<Vec<bool>>()
        };
        let even = vec![1.0; rows];
        let column = |theme: usize| Array2::from_shape_fn((rows, 1), |(row, _)| scores[(row, theme)]);
        let platt: Vec<(f64, f64)> = (0..themes)
            .map(|theme| {
                let fitted = Logistic::fit(column(theme).view(), &has(theme), &even, 1e-3);
                (fitted.weights[0], fitted.bias)
            })
            .collect();
        let prior: Vec<f64> = (0..themes)
            .map(|theme| {
                let with = has(theme).iter().filter(|has| **has).count() as f64;
                logit((with + 0.5) / (rows as f64 + 1.0))
            })
            .collect();
        let mut fitted =
            Contextual { platt, prior, weights: vec![[0.0; INPUTS]; themes], bias: vec![0.0; themes] };
        let inputs = fitted.inputs(examples, scores);

        // All themes under each other; behind the inputs one column per theme for its own bias.
        let stacked = Array2::from_shape_fn((rows * themes, INPUTS + themes), |(at, k)| {
            let (theme, row) = (at / rows, at % rows);
            if k < INPUTS {
                inputs[(row * themes + theme) * INPUTS + k]
            } else {
                f64::from(u8::from(k - INPUTS == theme))
            }
        });
        let targets: Vec<bool> = (0..themes).flat_map(has).collect();
        let shared = Logistic::fit(stacked.view(), &targets, &vec![1.0; rows * themes], ridge);
        for theme in 0..themes {
            let own: Vec<f64> = (0..INPUTS).map(|k| shared.weights[k]).collect();
            let summand = shared.bias + shared.weights[INPUTS + theme];
            let logit_of = |row: usize| {
                let inputs = &inputs[(row * themes + theme) * INPUTS..][..INPUTS];
                inputs.iter().zip(&own).fold(summand, |sum, (input, weight)| sum + input * weight)
            };
            let logits = Array2::from_shape_fn((rows, 1), |(row, _)| logit_of(row));
            let last = Logistic::fit(logits.view(), &has(theme), &even, 1e-3);
            fitted.weights[theme] = std::array::from_fn(|k| own[k] * last.weights[0]);
            fitted.bias[theme] = summand * last.weights[0] + last.bias;
        }
        fitted
    }

    /// Logits of all examples, rows × T, from first-stage scores.
    pub(crate) fn logits(&self, examples: &[&Example], scores: &Array2<f64>) -> Array2<f64> {
        let themes = self.prior.len();
        let inputs = self.inputs(examples, scores);
        Array2::from_shape_fn(scores.dim(), |(row, theme)| {
            let inputs = &inputs[(row * themes + theme) * INPUTS..][..INPUTS];
            inputs
                .iter()
                .zip(&self.weights[theme])
                .fold(self.bias[theme], |sum, (input, weight)| sum + input * weight)
        })
    }

    /// As [`context::inputs`], article by article.
    fn inputs(&self, examples: &[&Example], scores: &Array2<f64>) -> Vec<f64> {
        let mut inputs = Vec::with_capacity(scores.len() * INPUTS);
        let mut at = 0;
        for article in examples.chunk_by(|a, b| a.article == b.article) {
            let paragraphs: Vec<Paragraph> =
                article.iter().map(|example| example.paragraph.clone()).collect();
            let logits: Vec<f64> = (at..at + article.len())
                .flat_map(|row| {
                    self.platt.iter().enumerate().map(move |(t, (a, b))| a * scores[(row, t)] + b)
                })
                .collect();
            inputs.extend(context::inputs(&paragraphs, &logits, &self.prior));
            at += article.len();
        }
        inputs
    }
}
