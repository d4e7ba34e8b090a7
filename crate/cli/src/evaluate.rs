//! `leitmotif evaluate`: the model's verdicts against codes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use leitmotif::{Classifier, Theme, Themes};
use sha2::{Digest, Sha256};

use crate::artifact;
use crate::console::print;
use crate::errors::{self, Errors};
use crate::figures::Figures;
use crate::gold;
use crate::metrics::Judged;
use crate::record::{self, Evaluation, Stamp, Way};
use crate::report;
use crate::rows::{self, Group, Row};
use crate::seeds::{hex, themes_of};

/// What an evaluation leaves behind.
#[derive(clap::Args)]
pub(crate) struct Outcome {
    /// Prints the first table only.
    #[arg(long)]
    brief: bool,
    /// Writes the errors there to read, a JSON object a line, the greatest loss first; not in a git work tree, since the
    /// paragraphs are their publishers'.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Adds the figures to the model card's under this name.
    #[arg(long, value_name = "NAME")]
    record: Option<String>,
    /// The file of the model card's figures.
    #[arg(long, default_value = record::FIGURES)]
    figures: PathBuf,
}

impl Outcome {
    /// Where the figures of furniture go: the model card has one place for them, for those held out.
    pub(crate) fn furniture_figures(&self, cross_validate: bool) -> Result<Option<&Path>> {
        match &self.record {
            None => Ok(None),
            Some(name) if name == "furniture" && cross_validate => Ok(Some(&self.figures)),
            Some(_) => bail!("furniture is recorded with --cross-validate, under the name \"furniture\""),
        }
    }

    /// Fails early where the end would fail.
    pub(crate) fn check(&self, way: Way) -> Result<()> {
        if let Some(path) = &self.errors {
            errors::check_place(path)?;
        }
        match &self.record {
            Some(name) => record::Book::read(&self.figures)?.takes(name, way),
            None => Ok(()),
        }
    }

    /// Where errors are to be noted.
    pub(crate) fn noting(&self) -> Option<Errors> {
        self.errors.as_ref().map(|_| Errors::default())
    }

    /// Prints the tables, and writes and records what was asked for.
    pub(crate) fn finish(
        &self,
        figures: Figures,
        errors: Option<Errors>,
        way: Way,
        gold: &[PathBuf],
        stamp: Stamp,
    ) -> Result<()> {
        let printed = print(&if self.brief { report::brief(&figures) } else { report::whole(&figures) });
        if let (Some(path), Some(errors)) = (&self.errors, errors) {
            errors.write(path)?;
        }
        if let Some(name) = &self.record {
            let mut book = record::Book::read(&self.figures)?;
            let rows = gold.iter().map(|path| gold::name(path)).collect::<Vec<_>>().join(" ");
            book.add(name, Evaluation::new(stamp, way, rows, figures))?;
            book.write(&self.figures)?;
        }
        // The files are written for those who do not read the tables to their end as well.
        printed
    }
}

/// Evaluates `model`, or the one inside, on the rows of `gold`.
pub(crate) fn run(gold: &[PathBuf], model: Option<&Path>, outcome: &Outcome) -> Result<()> {
    outcome.check(Way::Shipped)?;
    let (classifier, sha256) = match model {
        None => (Classifier::embedded().clone(), Classifier::embedded_sha256().to_owned()),
        Some(path) => {
            let (classifier, bytes) = artifact::read(path)?;
            (classifier, hex(&Sha256::digest(&bytes)))
        }
    };
    let stamp = Stamp::now(&sha256);
    let rows = gold::read(gold)?;
    let mut errors = outcome.noting();
    let judged = judge(&classifier, &rows, errors.as_mut())?;
    let figures = Figures::of(&judged, &rows, classifier.themes());
    outcome.finish(figures, errors, Way::Shipped, gold, stamp)
}

/// Reads all rows, document by document, and sets verdicts beside codes; in the order of `rows`.
fn judge(classifier: &Classifier, rows: &[Row], mut errors: Option<&mut Errors>) -> Result<Vec<Judged>> {
    if rows.is_empty() {
        bail!("no row to evaluate on");
    }
    let codes = rows.iter().map(|row| codes_of(row, classifier.themes())).collect::<Result<Vec<Themes>>>()?;
    let mut judged: Vec<Option<Judged>> = vec![None; rows.len()];
    // Rows drawn alone are read alone, but are drawn with their document in the bootstrap.
    let mut documents: HashMap<&str, usize> = HashMap::new();
    for group in rows::documents(rows) {
        let next = documents.len();
        let document = match rows[group.rows[0]].doc.as_deref() {
            Some(name) => *documents.entry(name).or_insert(next),
            None => rows.len() + group.rows[0],
        };
        let code = |index: usize| (codes[index], document);
        judge_document(classifier, rows, &group, &code, &mut judged, errors.as_deref_mut())?;
    }
    Ok(judged.into_iter().flatten().collect())
}

/// Reads the rows of one document with `classifier` and fills their places in `judged`; `code` gives each row's codes and the
/// number of its document.
pub(crate) fn judge_document(
    classifier: &Classifier,
    rows: &[Row],
    group: &Group,
    code: &dyn Fn(usize) -> (Themes, usize),
    judged: &mut [Option<Judged>],
    mut errors: Option<&mut Errors>,
) -> Result<()> {
    let reading = rows::read(classifier, rows, group);
    for (place, (index, read)) in group.rows.iter().zip(&reading.paragraphs).enumerate() {
        let (gold, document) = code(*index);
        let own = Judged {
            gold,
            verdict: read.verdict.themes,
            probability: read.probability.clone(),
            certainty: read.verdict.certainty,
            words: read.words,
            document,
        };
        if let Some(errors) = errors.as_deref_mut() {
            errors.note(&rows[*index], &own, classifier, &reading, place)?;
        }
        judged[*index] = Some(own);
    }
    Ok(())
}

fn codes_of(row: &Row, themes: &[Theme]) -> Result<Themes> {
    let labels = row.labels.as_ref().with_context(|| format!("row {} has no \"labels\"", row.id))?;
    themes_of(labels, themes).with_context(|| format!("row {}", row.id))
}
