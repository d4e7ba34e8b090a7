//! `leitmotif evaluate --cross-validate`: each real document read by a model that never saw it.

use std::path::Path;

use anyhow::{Result, ensure};
use leitmotif::{Article, Classifier, Themes};

use crate::counted;
use crate::evaluate;
use crate::metrics::Judged;
use crate::recipe::Recipe;
use crate::rows::{self, Row};
use crate::seeds::Seeds;
use crate::train::{Material, progress};

/// Outer folds, by document.
const FOLDS: usize = 5;

/// Trains one model for each fold on everything else (every choice inside), and reads the fold's paragraphs with it, from the texts
/// in `real` through the engine itself; prints the table.
pub(crate) fn run(seeds: &Path, real: &Path, recipe: &Recipe) -> Result<()> {
    let seeds = Seeds::read(seeds)?;
    let rows = counted::read_rows(real)?;
    let judged = judge(&seeds, &rows, recipe)?;
    println!("{}", evaluate::report(&judged, &seeds.themes));
    Ok(())
}

/// In the order of `rows`, which must be those that were counted.
pub(crate) fn judge(seeds: &Seeds, rows: &[Row], recipe: &Recipe) -> Result<Vec<Judged>> {
    let material = Material::new(seeds, recipe);
    let real: Vec<usize> =
        (0..material.examples.len()).filter(|row| material.examples[*row].is_real()).collect();
    ensure!(
        real.len() == rows.len()
            && rows.iter().zip(&seeds.counted).all(|(row, own)| row.pos.unwrap_or(0) == own.pos),
        "{} rows, but {} were counted: run `leitmotif count` on the same file first",
        rows.len(),
        real.len()
    );
    let bar = progress(FOLDS as u64 * 6);
    let mut judged: Vec<Option<Judged>> = vec![None; rows.len()];
    for fold in 0..FOLDS {
        let rest: Vec<_> =
            material.examples.iter().filter(|own| !own.is_real() || own.fold(FOLDS) != fold).collect();
        let model = material.grow(&rest, recipe, &bar)?;
        let classifier = Classifier::from_model(model);
        for group in rows::documents(rows) {
            if material.examples[real[group.rows[0]]].fold(FOLDS) != fold {
                continue;
            }
            let article: Article = rows::article(rows, &group);
            for (index, read) in group.rows.iter().zip(classifier.read_article(article).paragraphs) {
                let codes: Themes = seeds.counted[*index].codes;
                judged[*index] = Some(Judged {
                    gold: codes,
                    verdict: read.verdict.themes,
                    probability: read.probability,
                    certainty: read.verdict.certainty,
                    document: seeds.counted[*index].document as usize,
                });
            }
        }
    }
    bar.finish_and_clear();
    let judged: Vec<Judged> = judged.into_iter().flatten().collect();
    ensure!(judged.len() == rows.len(), "{} of {} rows were read", judged.len(), rows.len());
    Ok(judged)
}
