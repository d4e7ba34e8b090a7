//! `leitmotif train`: seeds to model file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use leitmotif::numbers::sigmoid;
use leitmotif::{FORMAT, Model, Themes};
use ndarray::Array2;
use sha2::{Digest, Sha256};

use crate::console::say;
use crate::contextual::Contextual;
use crate::examples::{Example, examples};
use crate::prior::Prior;
use crate::recipe::Recipe;
use crate::scorer::Scorer;
use crate::seeds::{Seeds, hex};
use crate::{artifact, decide, furniture};

/// Folds of the scores that the second stage learns from.
const FOLDS: usize = 5;

/// Trains and writes the model and, beside it, the furniture weights; or with `check` compares them with the files that are there.
pub(crate) fn run(seeds: &Path, model: &Path, check: bool) -> Result<()> {
    // First: what the written articles' paragraphs are is judged by the weights inside, and these must be the seeds' own.
    keep(&model.with_file_name("furniture.safetensors"), &furniture::grow(seeds)?, check)?;
    let seeds = Seeds::read(seeds)?;
    let recipe = Recipe::default();
    let material = Material::new(&seeds, &recipe);
    let bar = progress(FOLDS as u64 + 1);
    let grown = material.grow(&material.all(), &recipe, &bar)?;
    bar.finish_and_clear();
    let bytes = artifact::to_bytes(&grown);
    let sum_file = model.with_extension("safetensors.sha256");
    let name =
        model.file_name().and_then(|name| name.to_str()).context("the model's path has no file name")?;
    let sum = format!("{}  {name}\n", hex(&Sha256::digest(&bytes)));
    keep(model, &bytes, check)?;
    keep(&sum_file, sum.as_bytes(), check)
}

/// Writes a file, or with `check` fails where it is not there already.
fn keep(path: &Path, bytes: &[u8], check: bool) -> Result<()> {
    let sum = hex(&Sha256::digest(bytes));
    if check {
        let there = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        if there != bytes {
            bail!(
                "{} is not what the seeds give (expected sha256 {sum}): run `leitmotif train` and commit the result",
                path.display(),
            );
        }
        say(&format!("{} is what the seeds give: {} bytes, sha256 {sum}", path.display(), bytes.len()));
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    say(&format!("wrote {}: {} bytes, sha256 {sum}", path.display(), bytes.len()));
    Ok(())
}

/// A bar of `steps` steps with a word for each.
pub(crate) fn progress(steps: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{elapsed_precise} {bar:30} {msg}").expect("a valid template");
    let bar = ProgressBar::new(steps).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// What training starts from.
pub(crate) struct Material<'s> {
    seeds: &'s Seeds,
    pub(crate) examples: Vec<Example>,
    prior: Prior,
}

impl<'s> Material<'s> {
    pub(crate) fn new(seeds: &'s Seeds, recipe: &Recipe) -> Self {
        let bits = recipe.fingerprint_bits;
        let prior = Prior::new(&seeds.terms, &seeds.lexicon, &seeds.further, seeds.themes.len(), bits);
        Material { examples: examples(seeds, bits), prior, seeds }
    }

    pub(crate) fn all(&self) -> Vec<&Example> {
        self.examples.iter().collect()
    }

    /// The whole training run over some of the examples; those of an article stand together.
    pub(crate) fn grow(&self, examples: &[&Example], recipe: &Recipe, bar: &ProgressBar) -> Result<Model> {
        let themes = self.seeds.themes.len();
        if examples.is_empty() {
            bail!("the seeds hold no paragraph: nothing to train on");
        }
        let mut scores = Array2::<f64>::zeros((examples.len(), themes));
        for fold in 0..FOLDS {
            bar.set_message(format!("first stage, fold {} of {FOLDS}", fold + 1));
            let rest: Vec<&Example> =
                examples.iter().copied().filter(|own| own.fold(FOLDS) != fold).collect();
            let scorer = Scorer::fit(&rest, &self.prior, themes, recipe)
                .with_context(|| format!("first stage, fold {}", fold + 1))?;
            for (row, example) in examples.iter().enumerate().filter(|(_, own)| own.fold(FOLDS) == fold) {
                scores
                    .row_mut(row)
                    .iter_mut()
                    .zip(scorer.scores(example))
                    .for_each(|(slot, score)| *slot = score);
            }
            bar.inc(1);
        }
        bar.set_message("second stage");
        // Decisions are for real text: where there is some, the written articles have no say in them.
        let real: Vec<usize> = (0..examples.len()).filter(|row| examples[*row].is_real()).collect();
        let judged = if real.is_empty() { (0..examples.len()).collect() } else { real };
        let (examples_of, scores_of): (Vec<&Example>, _) =
            (judged.iter().map(|row| examples[*row]).collect(), scores.select(ndarray::Axis(0), &judged));
        let contextual = Contextual::fit(&examples_of, &scores_of, recipe.ridge);
        let probability = contextual.logits(&examples_of, &scores_of).mapv(sigmoid);
        let codes: Vec<Themes> = examples_of.iter().map(|example| example.themes).collect();
        let threshold = decide::thresholds(&probability);
        let certainty = decide::certainty(&probability, &codes, &threshold);

        bar.set_message("first stage, all paragraphs");
        let scorer =
            Scorer::fit(examples, &self.prior, themes, recipe).context("first stage, all paragraphs")?;
        bar.inc(1);
        Ok(self.assemble(recipe, scorer, &contextual, &threshold, certainty))
    }

    fn assemble(
        &self,
        recipe: &Recipe,
        scorer: Scorer,
        contextual: &Contextual,
        threshold: &[f64],
        certainty: [f64; 2],
    ) -> Model {
        let themes = self.seeds.themes.len();
        let floats = |number: &dyn Fn(usize) -> f64| {
            (0..themes).map(|theme| number(theme) as f32).collect::<Vec<f32>>()
        };
        Model {
            metadata: self.metadata(recipe).into_iter().collect(),
            themes: self.seeds.themes.clone(),
            fingerprint_bits: recipe.fingerprint_bits,
            fingerprints: scorer.vocabulary.fingerprints,
            weights: scorer.weights,
            // Platt scaling goes into the first stage, so that its scores are logits.
            scale: floats(&|theme| scorer.scale[theme] * contextual.platt[theme].0),
            bias: floats(&|theme| scorer.bias[theme] * contextual.platt[theme].0 + contextual.platt[theme].1),
            prior: floats(&|theme| contextual.prior[theme]),
            context_weights: contextual.weights.iter().flatten().map(|weight| *weight as f32).collect(),
            context_bias: floats(&|theme| contextual.bias[theme]),
            threshold: floats(&|theme| threshold[theme]),
            certainty: certainty.map(|least| least as f32),
            glossary: self.seeds.glossary.terms().to_vec(),
            glossary_ends: self.seeds.glossary.ends().collect(),
        }
    }

    fn metadata(&self, recipe: &Recipe) -> BTreeMap<String, String> {
        let mut metadata = BTreeMap::new();
        let mut note = |key: &str, value: String| metadata.insert(key.to_owned(), value);
        note("format", FORMAT.to_owned());
        note("id", format!("leitmotif-{}", env!("CARGO_PKG_VERSION")));
        note("fingerprint_bits", recipe.fingerprint_bits.to_string());
        note("themes", self.seeds.themes.iter().map(|theme| &theme.id[..]).collect::<Vec<_>>().join(" "));
        for theme in &self.seeds.themes {
            theme.names.iter().for_each(|(tag, name)| {
                note(&format!("theme.{}.name.{tag}", theme.id), name.clone());
            });
            note(&format!("theme.{}.definition", theme.id), theme.definition.clone());
        }
        let mut corpus = Sha256::new();
        self.seeds.hashes.iter().for_each(|(name, hash)| corpus.update(format!("{hash}  {name}\n")));
        note("seeds_sha256", hex(&corpus.finalize()));
        metadata
    }
}
