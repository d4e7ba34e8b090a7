//! The two stages of a model, fitted to paragraphs: features to scores, scores in context to probabilities.

use leitmotif::{Paragraph, Themes, context};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use rayon::prelude::*;

use crate::linear::LinearParams;
use crate::logistic::Logistic;
use crate::records::{Bag, SparseRecords, Vocabulary};

/// The choices of a training run; each was made by cross-validation on the training data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recipe {
    /// A feature must occur in this many paragraphs.
    pub(crate) least_paragraphs: u32,
    /// Features kept in the model.
    pub(crate) features: usize,
    /// Low bits of a fingerprint that are kept.
    pub(crate) fingerprint_bits: u32,
    /// C of the first stage.
    pub(crate) cost: f64,
    /// Cost factor of paragraphs that have the theme.
    pub(crate) positive: f64,
    /// Ridge of the second stage.
    pub(crate) ridge: f64,
}

impl Default for Recipe {
    fn default() -> Self {
        Recipe {
            least_paragraphs: 2,
            features: 30_000,
            fingerprint_bits: 26,
            cost: 0.3,
            positive: 1.0,
            ridge: 1.0,
        }
    }
}

/// A paragraph as training sees it.
pub(crate) struct Example {
    pub(crate) bag: Bag,
    pub(crate) themes: Themes,
    /// Its place; the span is not used.
    pub(crate) paragraph: Paragraph,
    /// Number of its document.
    pub(crate) document: usize,
}

/// The first stage: 8-bit weights per feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scorer {
    pub(crate) vocabulary: Vocabulary,
    /// N rows of T steps.
    pub(crate) weights: Vec<i8>,
    pub(crate) scale: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Scorer {
    /// Fits to `examples`: once over all features, once more over those that matter most.
    pub(crate) fn fit(examples: &[&Example], themes: usize, recipe: &Recipe) -> linfa::error::Result<Scorer> {
        let everything = Vocabulary::of(examples.iter().map(|example| &example.bag), recipe.least_paragraphs);
        let first = fit_weights(examples, &everything, themes, recipe)?;
        let vocabulary = most_useful(examples, everything, &first, recipe.features);
        let fitted = fit_weights(examples, &vocabulary, themes, recipe)?;

        let scale: Vec<f32> = fitted
            .iter()
            .map(|(weights, _)| {
                (weights.iter().fold(0.0f64, |most, weight| most.max(weight.abs())) / 127.0) as f32
            })
            .map(|scale| if scale > 0.0 { scale } else { 1.0 })
            .collect();
        let step = |weight: f64, theme: usize| (weight / f64::from(scale[theme])).round() as i8;
        let weights = (0..vocabulary.len())
            .flat_map(|row| (0..themes).map(move |theme| (row, theme)))
            .map(|(row, theme)| step(fitted[theme].0[row], theme))
            .collect();
        Ok(Scorer { vocabulary, weights, bias: fitted.iter().map(|(_, bias)| *bias as f32).collect(), scale })
    }

    /// Scores of one paragraph, as the engine computes them.
    pub(crate) fn scores(&self, bag: &Bag) -> Vec<f64> {
        let themes = self.bias.len();
        let mut scores: Vec<f64> = self.bias.iter().map(|bias| f64::from(*bias)).collect();
        for (column, value) in self.vocabulary.row(bag) {
            for (theme, score) in scores.iter_mut().enumerate() {
                let weight = self.weights[column as usize * themes + theme];
                *score += f64::from(value) * f64::from(weight) * f64::from(self.scale[theme]);
            }
        }
        scores
    }
}

/// Weights and bias for each theme, one against the rest.
fn fit_weights(
    examples: &[&Example],
    vocabulary: &Vocabulary,
    themes: usize,
    recipe: &Recipe,
) -> linfa::error::Result<Vec<(Array1<f64>, f64)>> {
    let mut rows: Vec<_> = examples.iter().map(|example| vocabulary.row(&example.bag)).collect();
    let rarity = rarity(&rows, vocabulary.len());
    rows.iter_mut().flatten().for_each(|(column, value)| *value *= rarity[*column as usize]);
    let records = SparseRecords::new(rows, vocabulary.len());
    let params = LinearParams::new().cost(recipe.cost).positive(recipe.positive).check()?;
    (0..themes)
        .into_par_iter()
        .map(|theme| {
            let targets: Array1<bool> =
                examples.iter().map(|example| example.themes.contains(theme)).collect();
            let mut fitted = params.fit(&DatasetBase::new(records.clone(), targets))?;
            // The engine knows no rarity: it goes into the weight.
            fitted.weights.iter_mut().zip(&rarity).for_each(|(weight, rarity)| *weight *= f64::from(*rarity));
            Ok((fitted.weights, fitted.bias))
        })
        .collect()
}

/// How rare each column is: ln((1 + paragraphs) / (1 + paragraphs with it)) + 1, the smoothed inverse document frequency
/// of scikit-learn's `TfidfTransformer`. A rare word may then carry more weight for the same cost.
fn rarity(rows: &[Vec<(u32, f32)>], columns: usize) -> Vec<f32> {
    let mut with = vec![0u32; columns];
    rows.iter().flatten().for_each(|(column, _)| with[*column as usize] += 1);
    let all = 1.0 + rows.len() as f64;
    with.into_iter().map(|with| (libm::log(all / (1.0 + f64::from(with))) + 1.0) as f32).collect()
}

/// Keeps the features that move scores most over the training paragraphs: |weight| · √(paragraphs with it), summed
/// over the themes. Ties go to the smaller fingerprint.
fn most_useful(
    examples: &[&Example],
    vocabulary: Vocabulary,
    fitted: &[(Array1<f64>, f64)],
    keep: usize,
) -> Vocabulary {
    let mut paragraphs = vec![0u32; vocabulary.len()];
    for example in examples {
        for (column, _) in vocabulary.row(&example.bag) {
            paragraphs[column as usize] += 1;
        }
    }
    let use_of = |row: usize| {
        let size: f64 = fitted.iter().map(|(weights, _)| weights[row].abs()).sum();
        size * f64::from(paragraphs[row]).sqrt()
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

/// The second stage: a regression per theme over a paragraph's scores and its context.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contextual {
    pub(crate) themes: Vec<Logistic>,
}

impl Contextual {
    /// Fits to rows of [`context::rows`] made from out-of-fold scores.
    pub(crate) fn fit(
        inputs: &Array2<f64>,
        examples: &[&Example],
        themes: usize,
        recipe: &Recipe,
    ) -> Contextual {
        let fit = |theme: usize| {
            let targets: Vec<bool> = examples.iter().map(|example| example.themes.contains(theme)).collect();
            Logistic::fit(inputs.view(), &targets, &vec![1.0; examples.len()], recipe.ridge)
        };
        Contextual { themes: (0..themes).into_par_iter().map(fit).collect() }
    }
}

/// Second-stage inputs of all examples, paragraphs × K, from their scores; examples of a document stand together.
pub(crate) fn context_inputs(examples: &[&Example], scores: &[Vec<f64>], themes: usize) -> Array2<f64> {
    let mut rows = Vec::with_capacity(examples.len() * context::inputs(themes));
    let mut at = 0;
    for document in examples.chunk_by(|a, b| a.document == b.document) {
        let paragraphs: Vec<Paragraph> = document.iter().map(|example| example.paragraph.clone()).collect();
        let flat: Vec<f64> = scores[at..at + document.len()].iter().flatten().copied().collect();
        rows.extend(context::rows(&paragraphs, &flat, themes));
        at += document.len();
    }
    Array2::from_shape_vec((examples.len(), context::inputs(themes)), rows).expect("rows of K inputs each")
}

/// The fold of a document, from its id alone, so that adding documents moves no other (FNV-1a).
pub(crate) fn fold_of(document: &str, folds: usize) -> usize {
    let hash = document
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    ((hash ^ hash >> 32) % folds as u64) as usize
}
