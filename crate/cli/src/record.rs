//! The model card's figures: what commands of the project found, with date, commit and model, in one JSON file.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use leitmotif::Classifier;
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;
use crate::console::say;
use crate::curve::Curve;
use crate::figures::{Figures, Share};

/// The file, from the project's folder.
pub(crate) const FIGURES: &str = "crate/model/figures.json";

/// The whole file. An unknown field is an error: writing the file again would lose it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    /// Under the name that `--record` gave, oldest first.
    #[serde(default)]
    pub(crate) evaluations: BTreeMap<String, Vec<Evaluation>>,
    /// Agreement of two readings, by the name of the rows.
    #[serde(default)]
    pub(crate) agreement: BTreeMap<String, Recorded<Agreement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) curve: Option<Recorded<Curve>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) furniture: Option<Recorded<Furniture>>,
}

/// When, from which sources and about which model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// YYYY-MM-DD, UTC.
    pub(crate) date: String,
    /// Short hash; `+` behind it where seeds or sources had changes that were not committed; empty without git.
    pub(crate) commit: String,
    /// Of the model file that the command held; of a cross-validation, whose models are its own, the one that it stands for.
    pub(crate) model_sha256: String,
}

/// Something with its stamp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recorded<T> {
    #[serde(flatten)]
    pub(crate) stamp: Stamp,
    #[serde(flatten)]
    pub(crate) figures: T,
}

/// How rows came to their verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    /// Read by a finished model. Whether it saw them in training, the command cannot know.
    Shipped,
    /// Cross-validated by document.
    Documents,
    /// Cross-validated by source.
    Sources,
}

/// One evaluation; all figures of the newest under a name, of the older ones the headline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Evaluation {
    #[serde(flatten)]
    pub(crate) stamp: Stamp,
    pub(crate) way: Way,
    /// Names of the files of rows.
    pub(crate) rows: String,
    pub(crate) paragraphs: usize,
    pub(crate) macro_f1: f64,
    /// 95 %, by document.
    pub(crate) interval: [f64; 2],
    /// Mean average precision.
    pub(crate) ap: f64,
    /// Verdict none on the paragraphs without a theme.
    pub(crate) none: Share,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) figures: Option<Figures>,
}

/// Detection of furniture: shares with their 95 % intervals, by page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Furniture {
    pub(crate) blocks: usize,
    pub(crate) pages: usize,
    pub(crate) precision: f64,
    pub(crate) precision_interval: [f64; 2],
    pub(crate) recall: f64,
    pub(crate) recall_interval: [f64; 2],
}

impl Stamp {
    /// Now, with the commit of the current folder; to be taken when a command begins, since sources may change while it runs.
    pub(crate) fn now(model_sha256: &str) -> Stamp {
        let date = time::OffsetDateTime::now_utc().date().to_string();
        Stamp { date, commit: commit().unwrap_or_default(), model_sha256: model_sha256.to_owned() }
    }

    /// About the model inside.
    pub(crate) fn of_embedded() -> Stamp {
        Stamp::now(Classifier::embedded_sha256())
    }
}

fn commit() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let head = git(&["rev-parse", "--short", "HEAD"])?;
    let changes = git(&["status", "--porcelain", "--", ":/crate/src", ":/crate/cli/src", ":/seeds"])?;
    Some(if changes.is_empty() { head } else { format!("{head}+") })
}

impl Evaluation {
    pub(crate) fn new(stamp: Stamp, way: Way, rows: String, figures: Figures) -> Evaluation {
        Evaluation {
            stamp,
            way,
            rows,
            paragraphs: figures.paragraphs,
            macro_f1: figures.average.f1,
            interval: figures.average.interval,
            ap: figures.average.ap,
            none: figures.none,
            figures: Some(figures),
        }
    }
}

impl Book {
    /// Empty where there is no file yet.
    pub(crate) fn read(path: &Path) -> Result<Book> {
        match fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text)
                .with_context(|| format!("{} is not a file of the model card's figures", path.display())),
            Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(Book::default()),
            Err(problem) => Err(problem).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
        say(&format!("recorded in {}: run `leitmotif card` to see it in the model card", path.display()));
        Ok(())
    }

    /// Fails if what is recorded under `name` was found another way.
    pub(crate) fn takes(&self, name: &str, way: Way) -> Result<()> {
        let sane = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
        if name.trim().is_empty() || !name.chars().all(sane) {
            bail!(
                "{name:?} cannot be a name for figures: use letters, digits, \"-\", \"_\", \".\" and spaces"
            );
        }
        match self.evaluations.get(name).and_then(|own| own.last()) {
            Some(last) if last.way != way => {
                bail!(
                    "the figures under {name:?} were found another way ({:?}, not {way:?}): give another name",
                    last.way
                )
            }
            _ => Ok(()),
        }
    }

    /// Puts an evaluation behind those of its name.
    pub(crate) fn add(&mut self, name: &str, evaluation: Evaluation) -> Result<()> {
        self.takes(name, evaluation.way)?;
        let own = self.evaluations.entry(name.to_owned()).or_default();
        own.iter_mut().for_each(|older| older.figures = None);
        own.push(evaluation);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluation(way: Way) -> Evaluation {
        let stamp = Stamp {
            date: "2026-01-02".to_owned(),
            commit: "abc1234+".to_owned(),
            model_sha256: "ff".to_owned(),
        };
        Evaluation::new(stamp, way, "rows".to_owned(), Figures::of(&[], &[], &[]))
    }

    #[test]
    fn evaluations_pile_up_and_only_the_newest_keeps_all_figures() {
        let mut book = Book::default();
        book.add("held out", evaluation(Way::Shipped)).unwrap();
        book.add("held out", evaluation(Way::Shipped)).unwrap();
        let kept: Vec<bool> = book.evaluations["held out"].iter().map(|own| own.figures.is_some()).collect();
        assert_eq!(kept, [false, true]);
        let problem = book.add("held out", evaluation(Way::Sources)).unwrap_err().to_string();
        assert!(problem.contains("another way"), "{problem}");
        assert!(book.add("| a table", evaluation(Way::Shipped)).is_err());
    }

    #[test]
    fn what_is_written_is_read_back_and_nothing_unknown_is_lost() {
        let mut book = Book::default();
        book.add("x", evaluation(Way::Documents)).unwrap();
        let stamp = book.evaluations["x"][0].stamp.clone();
        let furniture = Furniture {
            blocks: 9,
            pages: 2,
            precision: 0.5,
            precision_interval: [0.25, 0.75],
            recall: 1.0,
            recall_interval: [1.0, 1.0],
        };
        book.furniture = Some(Recorded { stamp, figures: furniture });
        let text = serde_json::to_string(&book).unwrap();
        assert_eq!(serde_json::from_str::<Book>(&text).unwrap(), book);
        assert!(serde_json::from_str::<Book>("{\"evaluations\": {}, \"weather\": 1}").is_err());
    }

    #[test]
    fn a_stamp_has_a_date() {
        let date = Stamp::of_embedded().date;
        assert!(date.len() == 10 && date.chars().filter(|c| *c == '-').count() == 2, "{date}");
    }
}
