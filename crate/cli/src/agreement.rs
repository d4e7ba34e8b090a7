//! `leitmotif agreement`: how far two independent readings of the same paragraphs agree.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use leitmotif::{Certainty, Classifier, Theme};
use serde::{Deserialize, Serialize};

use crate::console::print;
use crate::figures::kept;
use crate::gold;
use crate::metrics::{Counts, Judged, intervals};
use crate::record::{Book, Recorded, Stamp};
use crate::seeds::themes_of;

/// Two readings side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Agreement {
    pub(crate) paragraphs: usize,
    pub(crate) documents: usize,
    /// In the model's order, then their means, whose counts are sums.
    pub(crate) themes: Vec<ThemeAgreement>,
    /// Share of paragraphs to which both readings gave the same set of themes.
    pub(crate) same: f64,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ThemeAgreement {
    pub(crate) theme: String,
    /// Paragraphs to which reading A gave the theme.
    pub(crate) a: usize,
    /// Paragraphs to which reading B gave it.
    pub(crate) b: usize,
    pub(crate) both: usize,
    /// Krippendorff's alpha, nominal, of having the theme or not.
    pub(crate) alpha: f64,
    /// F1 of A against B; the same the other way round.
    pub(crate) f1: f64,
    /// Of the F1, 95 %, by document.
    pub(crate) interval: [f64; 2],
}

/// A row with its two readings; what else stands there is not read.
#[derive(Deserialize)]
struct TwiceCoded {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    doc: Option<String>,
    coder_a: Vec<String>,
    coder_b: Vec<String>,
}

/// Prints the table for the rows in `path`, and with `record` puts it into the file of figures.
pub(crate) fn run(path: &Path, record: bool, figures: &Path) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let agreement =
        of(&text, Classifier::embedded().themes()).with_context(|| format!("in {}", path.display()))?;
    let printed = print(&table(&agreement));
    if record {
        let mut book = Book::read(figures)?;
        let recorded = Recorded { stamp: Stamp::of_embedded(), figures: agreement };
        book.agreement.insert(gold::name(path), recorded);
        book.write(figures)?;
    }
    printed
}

fn of(lines: &str, themes: &[Theme]) -> Result<Agreement> {
    let mut pairs = Vec::new();
    let mut documents: HashMap<String, usize> = HashMap::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("line {}: not a row with \"coder_a\" and \"coder_b\"", number + 1);
        let row: TwiceCoded = serde_json::from_str(line).with_context(place)?;
        let of = |ids: &[String]| themes_of(ids, themes).with_context(|| format!("row {}", row.id));
        let (a, b) = (of(&row.coder_a)?, of(&row.coder_b)?);
        let next = documents.len();
        let name = row.doc.unwrap_or_else(|| format!("line {number}"));
        let document = *documents.entry(name).or_insert(next);
        pairs.push(Judged {
            gold: b,
            verdict: a,
            probability: Vec::new(),
            certainty: Certainty::Clear,
            words: 0,
            document,
        });
    }
    ensure!(!pairs.is_empty(), "no row");
    let spans = intervals(&pairs, themes.len());
    let counts: Vec<Counts> = (0..themes.len()).map(|theme| Counts::of(&pairs, theme)).collect();
    let mut lines: Vec<ThemeAgreement> = counts
        .iter()
        .zip(themes)
        .zip(&spans)
        .map(|((own, theme), span)| ThemeAgreement {
            theme: theme.id.clone(),
            a: own.both + own.verdict_only,
            b: own.support(),
            both: own.both,
            alpha: kept(own.alpha()),
            f1: kept(own.f1()),
            interval: [kept(span.0), kept(span.1)],
        })
        .collect();
    let sum = |count: &dyn Fn(&ThemeAgreement) -> usize| lines.iter().map(count).sum();
    let mean = |figure: &dyn Fn(&ThemeAgreement) -> f64| {
        kept(lines.iter().map(figure).sum::<f64>() / lines.len().max(1) as f64)
    };
    let last = spans[themes.len()];
    let average = ThemeAgreement {
        theme: "macro-average".to_owned(),
        a: sum(&|own| own.a),
        b: sum(&|own| own.b),
        both: sum(&|own| own.both),
        alpha: mean(&|own| own.alpha),
        f1: mean(&|own| own.f1),
        interval: [kept(last.0), kept(last.1)],
    };
    lines.push(average);
    let same = pairs.iter().filter(|pair| pair.is_exact()).count() as f64 / pairs.len() as f64;
    Ok(Agreement { paragraphs: pairs.len(), documents: documents.len(), themes: lines, same: kept(same) })
}

/// The table for a terminal; the model card shows the same.
pub(crate) fn table(agreement: &Agreement) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{} paragraphs of {} documents, read twice\n",
        agreement.paragraphs, agreement.documents
    );
    let _ = writeln!(
        out,
        "{:<14}{:>7}{:>7}{:>7}{:>8}{:>8}  95 % interval",
        "theme", "A", "B", "both", "alpha", "F1"
    );
    for ThemeAgreement { theme, a, b, both, alpha, f1, interval: [low, high] } in &agreement.themes {
        let _ = writeln!(out, "{theme:<14}{a:>7}{b:>7}{both:>7}{alpha:>8.3}{f1:>8.3}  {low:.3} to {high:.3}");
    }
    let _ = write!(out, "\nthe same set of themes: {:.3} of the paragraphs", agreement.same);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes() -> Vec<Theme> {
        ["sea", "sky"]
            .map(|id| Theme { id: id.to_owned(), names: Vec::new(), definition: String::new() })
            .into()
    }

    #[test]
    fn two_readings_of_four_paragraphs() {
        let rows = r#"{"id": 1, "doc": "d", "coder_a": ["sea"], "coder_b": ["sea", "sky"]}
{"id": 2, "doc": "d", "coder_a": ["sea"], "coder_b": []}

{"id": 3, "coder_a": [], "coder_b": [], "text": "not read"}
{"id": 4, "coder_a": ["sky"], "coder_b": ["sky"]}
"#;
        let agreement = of(rows, &themes()).unwrap();
        assert_eq!((agreement.paragraphs, agreement.documents, agreement.same), (4, 3, 0.5));
        let [sea, sky, average] = &agreement.themes[..] else { panic!("three lines") };
        assert_eq!((sea.a, sea.b, sea.both, sea.f1), (2, 1, 1, kept(2.0 / 3.0)));
        // 8 values, 3 of them "has it": expected 2·3·5 / (8·7) = 30/56; observed 1/4.
        assert_eq!(sea.alpha, kept(1.0 - 0.25 / (30.0 / 56.0)));
        assert_eq!((sky.a, sky.b, sky.both), (1, 2, 1));
        assert_eq!((average.both, average.f1), (2, kept(2.0 / 3.0)));
    }

    #[test]
    fn a_row_with_one_reading_only_is_named() {
        let problem = of("{\"coder_a\": []}\n", &themes()).unwrap_err();
        assert!(format!("{problem:#}").contains("line 1"), "{problem:#}");
        let problem =
            of("{\"id\": \"x9\", \"coder_a\": [\"fog\"], \"coder_b\": []}\n", &themes()).unwrap_err();
        let problem = format!("{problem:#}");
        assert!(problem.contains("x9") && problem.contains("fog"), "{problem}");
        assert!(of("\n", &themes()).is_err());
    }
}
