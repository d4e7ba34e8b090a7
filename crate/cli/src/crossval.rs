//! `leitmotif evaluate --cross-validate`: each real document read by a model that never saw it.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use leitmotif::Classifier;

use crate::errors::Errors;
use crate::evaluate::{self, Outcome};
use crate::figures::Figures;
use crate::gold;
use crate::groups;
use crate::metrics::Judged;
use crate::recipe::Recipe;
use crate::record::{Stamp, Way};
use crate::rows::{self, Row};
use crate::seeds::Seeds;
use crate::train::{Material, progress};

/// Outer folds, by document.
const FOLDS: usize = 5;

/// What is held out together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// A fifth of the documents.
    Documents,
    /// All documents of a group of [`groups::by_source`]: how the model does on publishers that it knows nothing of.
    Sources,
}

/// Trains one model for each fold on everything else (every choice inside), and reads the fold's paragraphs with it, from the texts
/// in `real` through the engine itself; prints the tables.
pub(crate) fn run(
    seeds: &Path,
    real: &[PathBuf],
    recipe: &Recipe,
    hold: Hold,
    outcome: &Outcome,
) -> Result<()> {
    let way = match hold {
        Hold::Documents => Way::Documents,
        Hold::Sources => Way::Sources,
    };
    outcome.check(way)?;
    let stamp = Stamp::of_embedded();
    let seeds = Seeds::read(seeds)?;
    let rows = gold::read(real)?;
    let mut errors = outcome.noting();
    let judged = judge(&seeds, &rows, recipe, hold, errors.as_mut())?;
    let figures = Figures::of(&judged, &rows, &seeds.themes);
    outcome.finish(figures, errors, way, real, stamp)
}

/// In the order of `rows`, which must be those that were counted.
pub(crate) fn judge(
    seeds: &Seeds,
    rows: &[Row],
    recipe: &Recipe,
    hold: Hold,
    mut errors: Option<&mut Errors>,
) -> Result<Vec<Judged>> {
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
    let documents: Vec<usize> = seeds.counted.iter().map(|own| own.document as usize).collect();
    let folds = match hold {
        Hold::Documents => real.iter().map(|example| material.examples[*example].fold(FOLDS)).collect(),
        Hold::Sources => source_folds(rows, &documents)?,
    };
    // Of each example, the row it was counted from; the written ones have none and are never held out.
    let mut row_of = vec![None; material.examples.len()];
    real.iter().enumerate().for_each(|(row, example)| row_of[*example] = Some(row));
    let count = folds.iter().max().map_or(0, |last| last + 1);
    let bar = progress(count as u64 * 6);
    let mut judged: Vec<Option<Judged>> = vec![None; rows.len()];
    for fold in 0..count {
        let rest: Vec<_> = material
            .examples
            .iter()
            .zip(&row_of)
            .filter(|(_, row)| row.is_none_or(|row| folds[row] != fold))
            .map(|(example, _)| example)
            .collect();
        let classifier = Classifier::from_model(material.grow(&rest, recipe, &bar)?);
        for group in rows::documents(rows).iter().filter(|group| folds[group.rows[0]] == fold) {
            let code = |index: usize| (seeds.counted[index].codes, documents[index]);
            evaluate::judge_document(&classifier, rows, group, &code, &mut judged, errors.as_deref_mut())?;
        }
    }
    bar.finish_and_clear();
    let judged: Vec<Judged> = judged.into_iter().flatten().collect();
    ensure!(judged.len() == rows.len(), "{} of {} rows were read", judged.len(), rows.len());
    Ok(judged)
}

/// One fold per group of sources; a document goes whole, with its first row.
fn source_folds(rows: &[Row], documents: &[usize]) -> Result<Vec<usize>> {
    let groups = groups::by_source(rows);
    ensure!(
        groups.len() > 1,
        "the rows have {} different \"source\"s: to hold out each in turn there must be two or more",
        groups.len()
    );
    let mut folds = vec![0; rows.len()];
    for (fold, group) in groups.iter().enumerate() {
        group.members.iter().for_each(|row| folds[*row] = fold);
    }
    let mut first = std::collections::HashMap::new();
    for (row, document) in documents.iter().enumerate() {
        folds[row] = *first.entry(document).or_insert(folds[row]);
    }
    Ok(folds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_two_sources_is_not_torn() {
        let rows = ["a", "a", "b", "a", "b", "b"]
            .map(|source| Row { source: Some(source.to_owned()), ..Row::default() });
        let folds = source_folds(&rows, &[0, 0, 0, 1, 2, 2]).unwrap();
        assert_eq!(folds, [0, 0, 0, 0, 1, 1]);
        assert!(source_folds(&rows[..2], &[0, 0]).is_err());
    }
}
