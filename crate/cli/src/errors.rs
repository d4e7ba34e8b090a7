//! The errors of an evaluation as a file to read: where the probabilities were furthest from the codes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use leitmotif::{Classifier, Reading, Theme, Themes};
use serde_json::{Map, Value, json};

use crate::console::say;
use crate::metrics::Judged;
use crate::rows::Row;

/// Words shown for each wrong theme.
const WORDS: usize = 8;

/// Lines in the making.
#[derive(Default)]
pub(crate) struct Errors {
    /// Loss, and the line.
    lines: Vec<(f64, Value)>,
}

impl Errors {
    /// Takes the paragraph at `index` of `reading` in, if its verdict is not exactly its codes. The evidence is that of
    /// `classifier`, which made the reading: when folds are read, the fold's own.
    pub(crate) fn note(
        &mut self,
        row: &Row,
        judged: &Judged,
        classifier: &Classifier,
        reading: &Reading,
        index: usize,
    ) -> Result<()> {
        if judged.is_exact() {
            return Ok(());
        }
        let themes = classifier.themes();
        let ids = |set: Themes| set.iter().map(|theme| &themes[theme].id[..]).collect::<Vec<_>>();
        let wrong = (0..themes.len())
            .filter(|theme| judged.gold.contains(*theme) != judged.verdict.contains(*theme))
            .map(|theme| wrong_theme(&themes[theme], theme, judged, classifier, reading, index))
            .collect::<Result<Vec<Value>>>()?;
        let probability: Map<String, Value> = themes
            .iter()
            .zip(&judged.probability)
            .map(|(theme, p)| (theme.id.clone(), rounded(*p)))
            .collect();
        let line = json!({
            "id": row.id,
            "doc": row.doc,
            "pos": row.pos,
            "text": row.text,
            "codes": ids(judged.gold),
            "verdict": ids(judged.verdict),
            "probability": probability,
            "loss": rounded(judged.loss()),
            "certainty": judged.certainty.as_str(),
            "wrong": wrong,
        });
        self.lines.push((judged.loss(), line));
        Ok(())
    }

    /// Writes a JSON object a line, the greatest loss first, and says how many.
    pub(crate) fn write(mut self, path: &Path) -> Result<()> {
        self.lines.sort_by(|a, b| b.0.total_cmp(&a.0));
        let text: String = self.lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        say(&format!("wrote {} errors to {}, the greatest loss first", self.lines.len(), path.display()));
        Ok(())
    }
}

/// A theme that is coded and missing, or there and not coded, with the words that count most, whichever way they pull.
fn wrong_theme(
    theme: &Theme,
    position: usize,
    judged: &Judged,
    classifier: &Classifier,
    reading: &Reading,
    index: usize,
) -> Result<Value> {
    let evidence = classifier.evidence(reading, index, position)?;
    let mut words = evidence.words;
    words.sort_by(|a, b| b.logit.abs().total_cmp(&a.logit.abs()).then(a.span.start.cmp(&b.span.start)));
    let text = reading.article.text();
    let words: Vec<Value> = words[..words.len().min(WORDS)]
        .iter()
        .map(|word| json!([text[word.span.clone()], rounded(word.logit)]))
        .collect();
    Ok(json!({
        "theme": theme.id,
        "error": if judged.gold.contains(position) { "missed" } else { "added" },
        "logit": rounded(evidence.logit),
        "bias": rounded(evidence.bias),
        "context": rounded(evidence.context),
        "words": words,
    }))
}

fn rounded(number: f64) -> Value {
    json!((number * 1e3).round() / 1e3)
}

/// Fails where writing paragraphs to `path` would put them into a git work tree: they are their publishers', and what lies in a
/// work tree is sooner or later committed.
pub(crate) fn check_place(path: &Path) -> Result<()> {
    // A file that is there may be a link to somewhere else.
    let real = match fs::canonicalize(path) {
        Ok(real) => real,
        Err(_) => {
            let parent =
                path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            fs::canonicalize(parent).with_context(|| format!("there is no folder {}", parent.display()))?
        }
    };
    if let Some(tree) = work_tree(&real) {
        bail!(
            "{} lies in the git work tree {}: the errors hold the paragraphs' text, which is their publishers'; give a file \
             outside of it, for example {}",
            path.display(),
            tree.display(),
            std::env::temp_dir().join("errors.jsonl").display()
        );
    }
    Ok(())
}

/// The nearest folder above `path`, or itself, that git looks after.
fn work_tree(path: &Path) -> Option<PathBuf> {
    // In a linked work tree .git is a file.
    path.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}
