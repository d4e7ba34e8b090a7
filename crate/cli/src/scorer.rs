//! The first stage: features to a logit per theme, in few bits.

use std::collections::BTreeMap;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;

use crate::examples::Example;
use crate::linear::LinearParams;
use crate::prior::Prior;
use crate::recipe::Recipe;
use crate::records::{SparseRecords, Vocabulary};

/// The first stage: weights per feature in steps of a theme's scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scorer {
    pub(crate) vocabulary: Vocabulary,
    /// N rows of T steps.
    pub(crate) weights: Vec<i8>,
    /// T.
    pub(crate) scale: Vec<f64>,
    /// T.
    pub(crate) bias: Vec<f64>,
}

impl Scorer {
    /// Fits to `examples`: once over all features, once more over those that matter most.
    pub(crate) fn fit(
        examples: &[&Example],
        prior: &Prior,
        themes: usize,
        recipe: &Recipe,
    ) -> linfa::error::Result<Scorer> {
        let everything = Vocabulary::of(examples.iter().map(|example| &example.bag), recipe.least_paragraphs);
        let first = Fitted::of(examples, &everything, prior, themes, recipe)?;
        let kept = most_useful(examples, &everything, &first, recipe.features);
        let fitted = Fitted::of(examples, &kept, prior, themes, recipe)?;
        Ok(fitted.quantised(kept, prior, themes, recipe))
    }

    /// Scores of one paragraph, as the engine computes them.
    pub(crate) fn scores(&self, example: &Example) -> Vec<f64> {
        let themes = self.bias.len();
        let mut steps = vec![0.0; themes];
        for (column, value) in self.vocabulary.row(&example.bag) {
            let weights = &self.weights[column as usize * themes..(column as usize + 1) * themes];
            steps
                .iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += f64::from(value) * f64::from(*weight));
        }
        steps.iter().zip(&self.scale).zip(&self.bias).map(|((sum, scale), bias)| sum * scale + bias).collect()
    }
}

/// Weights as learned: of the features in use, and of the prior's columns.
struct Fitted {
    /// Per theme: N.
    weights: Vec<Vec<f64>>,
    /// Per theme: the prior's columns.
    trust: Vec<Vec<f64>>,
    bias: Vec<f64>,
}

impl Fitted {
    fn of(
        examples: &[&Example],
        vocabulary: &Vocabulary,
        prior: &Prior,
        themes: usize,
        recipe: &Recipe,
    ) -> linfa::error::Result<Fitted> {
        let n = vocabulary.len();
        let mut rows: Vec<Vec<(u32, f32)>> =
            examples.iter().map(|example| vocabulary.row(&example.bag)).collect();
        let scaled = column_scales(&rows, n);
        let sums: Vec<Vec<f32>> = rows
            .iter()
            .map(|row| {
                prior.sums(
                    row.iter().map(|(column, value)| (vocabulary.fingerprints[*column as usize], *value)),
                )
            })
            .collect();
        for (row, sums) in rows.iter_mut().zip(sums) {
            row.iter_mut().for_each(|(column, value)| *value *= scaled[*column as usize]);
            let columns = sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0.0);
            row.extend(columns.map(|(column, sum)| ((n + column) as u32, sum)));
        }
        let records = SparseRecords::new(rows, n + prior.columns);
        let weights: Array1<f32> = examples.iter().map(|example| recipe.weight(example.source)).collect();
        let params =
            LinearParams::new().cost(recipe.cost).positive(recipe.positive).passes(recipe.passes).check()?;
        let fits: Vec<(Vec<f64>, Vec<f64>, f64)> = (0..themes)
            .into_par_iter()
            .map(|theme| {
                let targets: Array1<bool> =
                    examples.iter().map(|example| example.themes.contains(theme)).collect();
                let fitted =
                    params.fit(&DatasetBase::new(records.clone(), targets).with_weights(weights.clone()))?;
                let mut own = fitted.weights.to_vec();
                let trust = own.split_off(n);
                // The engine knows no rarity: it goes into the weight.
                own.iter_mut().zip(&scaled).for_each(|(weight, scale)| *weight *= f64::from(*scale));
                Ok((own, trust, fitted.bias))
            })
            .collect::<linfa::error::Result<_>>()?;
        let mut all = Fitted { weights: Vec::new(), trust: Vec::new(), bias: Vec::new() };
        for (own, trust, bias) in fits {
            all.weights.push(own);
            all.trust.push(trust);
            all.bias.push(bias);
        }
        all.add_prior(vocabulary, prior);
        Ok(all)
    }

    /// Folds the prior's columns into the weights of the features that have a row there.
    fn add_prior(&mut self, vocabulary: &Vocabulary, prior: &Prior) {
        for (row, fingerprint) in vocabulary.fingerprints.iter().enumerate() {
            for (column, opinion) in prior.rows.get(fingerprint).into_iter().flatten() {
                for (weights, trust) in self.weights.iter_mut().zip(&self.trust) {
                    weights[row] += f64::from(*opinion) * trust[*column as usize];
                }
            }
        }
    }

    /// Rounds to steps, after taking in the features that only the prior knows, as many as the recipe gives room for.
    fn quantised(self, kept: Vocabulary, prior: &Prior, themes: usize, recipe: &Recipe) -> Scorer {
        let mut rows: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for (row, fingerprint) in kept.fingerprints.iter().enumerate() {
            rows.insert(*fingerprint, self.weights.iter().map(|weights| weights[row]).collect());
        }
        let mut unseen: Vec<(f64, u32, Vec<f64>)> = Vec::new();
        for (fingerprint, opinions) in
            prior.rows.iter().filter(|(fingerprint, _)| !rows.contains_key(fingerprint))
        {
            let weights: Vec<f64> = (0..themes)
                .map(|theme| {
                    opinions
                        .iter()
                        .map(|(c, opinion)| f64::from(*opinion) * self.trust[theme][*c as usize])
                        .sum()
                })
                .collect();
            unseen.push((weights.iter().map(|weight: &f64| weight.abs()).sum(), *fingerprint, weights));
        }
        unseen.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        unseen.truncate(recipe.unseen);
        rows.extend(unseen.into_iter().map(|(_, fingerprint, weights)| (fingerprint, weights)));

        let most = f64::from((1 << (recipe.weight_bits - 1)) - 1);
        let scale: Vec<f64> = (0..themes)
            .map(|theme| {
                let mut sizes: Vec<f64> = rows.values().map(|weights| weights[theme].abs()).collect();
                sizes.sort_by(f64::total_cmp);
                // The few largest are cut, so that all others keep finer steps.
                let largest =
                    sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(0.0);
                if largest > 0.0 { f64::from((largest / most) as f32) } else { 1.0 }
            })
            .collect();
        let step = |theme: usize, weight: f64| (weight / scale[theme]).round().clamp(-most, most) as i8;
        // A feature that rounds to nothing for every theme need not be stored.
        let steps = rows.into_iter().map(|(fingerprint, weights)| {
            (
                fingerprint,
                weights
                    .into_iter()
                    .enumerate()
                    .map(|(theme, weight)| step(theme, weight))
                    .collect::<Vec<i8>>(),
            )
        });
        let stored: Vec<(u32, Vec<i8>)> =
            steps.filter(|(_, steps)| steps.iter().any(|step| *step != 0)).collect();
        Scorer {
            vocabulary: Vocabulary {
                fingerprints: stored.iter().map(|(fingerprint, _)| *fingerprint).collect(),
            },
            weights: stored.into_iter().flat_map(|(_, steps)| steps).collect(),
            bias: self.bias,
            scale,
        }
    }
}

/// What each column's values are multiplied by in training: how rare it is, ln((1 + paragraphs) / (1 + paragraphs with it)) + 1
/// (the smoothed inverse document frequency of scikit-learn's `TfidfTransformer`), over one constant that brings the rows to length
/// 1 on the whole. A rare word may then carry more weight at the same cost.
fn column_scales(rows: &[Vec<(u32, f32)>], columns: usize) -> Vec<f32> {
    let mut with = vec![0u32; columns];
    rows.iter().flatten().for_each(|(column, _)| with[*column as usize] += 1);
    let all = 1.0 + rows.len() as f64;
    let rarity: Vec<f64> =
        with.into_iter().map(|with| libm::log(all / (1.0 + f64::from(with))) + 1.0).collect();
    let squares: f64 = rows
        .iter()
        .flatten()
        .map(|(column, value)| {
            let value = f64::from(*value) * rarity[*column as usize];
            value * value
        })
        .sum();
    let length = (squares / rows.len().max(1) as f64).sqrt();
    let constant = if length > 0.0 { 1.0 / length } else { 1.0 };
    rarity.into_iter().map(|rarity| (rarity * constant) as f32).collect()
}

/// Keeps the features that move scores most over the training paragraphs: size of the weights · √(sum of squared values). Ties
/// go to the smaller fingerprint.
fn most_useful(examples: &[&Example], vocabulary: &Vocabulary, fitted: &Fitted, keep: usize) -> Vocabulary {
    let mut squares = vec![0.0f64; vocabulary.len()];
    // What is kept is for real text: where there is some, the written paragraphs have no say in it.
    let real = examples.iter().any(|example| example.is_real());
    for example in examples.iter().filter(|example| example.is_real() || !real) {
        for (column, value) in vocabulary.row(&example.bag) {
            squares[column as usize] += f64::from(value) * f64::from(value);
        }
    }
    let use_of = |row: usize| {
        let size: f64 = fitted.weights.iter().map(|weights| weights[row] * weights[row]).sum();
        (size * squares[row]).sqrt()
    };
    let mut ranked: Vec<(f64, u32)> = vocabulary
        .fingerprints
        .iter()
        .enumerate()
        .map(|(row, fingerprint)| (use_of(row), *fingerprint))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(keep);
    let mut fingerprints: Vec<u32> = ranked.into_iter().map(|(_, fingerprint)| fingerprint).collect();
    fingerprints.sort_unstable();
    Vocabulary { fingerprints }
}
