//! `leitmotif train`: seeds to model file.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use leitmotif::features::Extractor;
use leitmotif::numbers::sigmoid;
use leitmotif::{Article, FORMAT, Model, Themes};
use ndarray::Array2;
use sha2::{Digest, Sha256};

use crate::artifact;
use crate::decide;
use crate::records::Bag;
use crate::seeds::{Document, Seeds, hex};
use crate::stages::{Contextual, Example, Recipe, Scorer, context_inputs, fold_of};

/// Folds of the scores that the second stage learns from.
const FOLDS: usize = 5;

/// Trains and writes the model, or with `check` compares it with the file that is there.
pub(crate) fn run(seeds: &Path, model: &Path, check: bool) -> Result<()> {
    let bytes = grow(&Seeds::read(seeds)?, &Recipe::default())?;
    let sum_file = model.with_extension("safetensors.sha256");
    let name =
        model.file_name().and_then(|name| name.to_str()).context("the model's path has no file name")?;
    let sum = format!("{}  {name}\n", hex(&Sha256::digest(&bytes)));
    if check {
        let there = fs::read(model).with_context(|| format!("cannot read {}", model.display()))?;
        let there_sum =
            fs::read_to_string(&sum_file).with_context(|| format!("cannot read {}", sum_file.display()))?;
        if there != bytes || there_sum != sum {
            bail!(
                "{} is not what the seeds give (expected sha256 {}): run `leitmotif train` and commit the result",
                model.display(),
                &sum[..64]
            );
        }
        eprintln!("{} is what the seeds give: {} bytes, sha256 {}", model.display(), bytes.len(), &sum[..64]);
        return Ok(());
    }
    fs::write(model, &bytes).with_context(|| format!("cannot write {}", model.display()))?;
    fs::write(&sum_file, &sum).with_context(|| format!("cannot write {}", sum_file.display()))?;
    eprintln!("wrote {}: {} bytes, sha256 {}", model.display(), bytes.len(), &sum[..64]);
    Ok(())
}

/// The whole training run, from seeds to file bytes.
pub(crate) fn grow(seeds: &Seeds, recipe: &Recipe) -> Result<Vec<u8>> {
    let themes = seeds.themes.len();
    let bar = ProgressBar::new(FOLDS as u64 + 3).with_style(
        ProgressStyle::with_template("{elapsed_precise} {bar:30} {msg}").expect("a valid template"),
    );
    bar.enable_steady_tick(Duration::from_millis(200));

    bar.set_message("counting features");
    let examples = examples(seeds, recipe.fingerprint_bits);
    let all: Vec<&Example> = examples.iter().collect();
    if all.is_empty() {
        bail!("seeds/written holds no paragraph: nothing to train on");
    }
    bar.inc(1);

    let folds: Vec<usize> =
        all.iter().map(|example| fold_of(&seeds.documents[example.document].id, FOLDS)).collect();
    let mut scores: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for fold in 0..FOLDS {
        bar.set_message(format!("first stage, fold {} of {FOLDS}", fold + 1));
        let rest: Vec<&Example> =
            all.iter().zip(&folds).filter(|(_, own)| **own != fold).map(|(example, _)| *example).collect();
        let scorer =
            Scorer::fit(&rest, themes, recipe).with_context(|| format!("first stage, fold {}", fold + 1))?;
        for row in (0..all.len()).filter(|row| folds[*row] == fold) {
            scores[row] = scorer.scores(&all[row].bag);
        }
        bar.inc(1);
    }

    bar.set_message("second stage");
    let inputs = context_inputs(&all, &scores, themes);
    let contextual = Contextual::fit(&inputs, &all, themes, recipe);
    let probability = probabilities(&contextual, &inputs);
    let codes: Vec<Themes> = all.iter().map(|example| example.themes).collect();
    let threshold = decide::thresholds(&probability, &codes);
    let certainty = decide::certainty(&probability, &codes, &threshold);
    bar.inc(1);

    bar.set_message("first stage, all paragraphs");
    let scorer = Scorer::fit(&all, themes, recipe).context("first stage, all paragraphs")?;
    bar.finish_and_clear();
    let model = assemble(seeds, recipe, scorer, &contextual, &threshold, certainty);
    Ok(artifact::to_bytes(&model))
}

fn examples(seeds: &Seeds, bits: u32) -> Vec<Example> {
    let mut extractor = Extractor::new();
    let mut examples = Vec::new();
    for (number, document) in seeds.documents.iter().enumerate() {
        let article = article_of(document);
        for (coded, paragraph) in document.paragraphs.iter().zip(article.paragraphs()) {
            let bag = Bag::of(&mut extractor, &seeds.glossary, &coded.text, bits);
            examples.push(Example {
                bag,
                themes: coded.themes,
                paragraph: paragraph.clone(),
                document: number,
            });
        }
    }
    examples
}

/// The article that a document's paragraphs make, one paragraph each.
pub(crate) fn article_of(document: &Document) -> Article<'static> {
    Article::from_rows(document.paragraphs.iter().map(|coded| (coded.pos, &coded.text[..])))
}

/// Paragraphs × themes.
fn probabilities(contextual: &Contextual, inputs: &Array2<f64>) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = inputs.rows().into_iter().map(|row| row.to_vec()).collect();
    Array2::from_shape_fn((rows.len(), contextual.themes.len()), |(row, theme)| {
        sigmoid(contextual.themes[theme].logit(&rows[row]))
    })
}

fn assemble(
    seeds: &Seeds,
    recipe: &Recipe,
    scorer: Scorer,
    contextual: &Contextual,
    threshold: &[f64],
    certainty: [f64; 2],
) -> Model {
    let mut metadata: std::collections::BTreeMap<String, String> = Default::default();
    let mut note = |key: &str, value: String| metadata.insert(key.to_owned(), value);
    note("format", FORMAT.to_owned());
    note("id", format!("leitmotif-{}", env!("CARGO_PKG_VERSION")));
    note("fingerprint_bits", recipe.fingerprint_bits.to_string());
    note("themes", seeds.themes.iter().map(|theme| &theme.id[..]).collect::<Vec<_>>().join(" "));
    for theme in &seeds.themes {
        theme.names.iter().for_each(|(tag, name)| {
            note(&format!("theme.{}.name.{tag}", theme.id), name.clone());
        });
        note(&format!("theme.{}.definition", theme.id), theme.definition.clone());
    }
    let mut corpus = Sha256::new();
    seeds.hashes.iter().for_each(|(name, hash)| corpus.update(format!("{hash}  {name}\n")));
    note("seeds_sha256", hex(&corpus.finalize()));
    let floats =
        |numbers: &mut dyn Iterator<Item = f64>| numbers.map(|number| number as f32).collect::<Vec<f32>>();
    Model {
        metadata,
        themes: seeds.themes.clone(),
        fingerprint_bits: recipe.fingerprint_bits,
        fingerprints: scorer.vocabulary.fingerprints,
        weights: scorer.weights,
        scale: scorer.scale,
        bias: scorer.bias,
        context_weights: floats(
            &mut contextual.themes.iter().flat_map(|theme| theme.weights.iter().copied()),
        ),
        context_bias: floats(&mut contextual.themes.iter().map(|theme| theme.bias)),
        threshold: floats(&mut threshold.iter().copied()),
        certainty: certainty.map(|least| least as f32),
        glossary: seeds.glossary.terms().to_vec(),
    }
}
