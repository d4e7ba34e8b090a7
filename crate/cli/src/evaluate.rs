//! `leitmotif evaluate`: the model's verdicts against codes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use leitmotif::{Certainty, Classifier, Theme};

use crate::counted::read_rows;
use crate::metrics::{
    Counts, Judged, average_precision, brier_skill, calibration_error, intervals, macro_f1, none_accuracy,
};
use crate::rows::{self, Row};
use crate::seeds::themes_of;

/// Prints the table for `gold`.
pub(crate) fn run(gold: &Path, classifier: &Classifier) -> Result<()> {
    let rows = read_rows(gold)?;
    let judged = judge(classifier, &rows)?;
    println!("{}", report(&judged, classifier.themes()));
    Ok(())
}

/// Reads all rows, document by document, and sets verdicts beside codes; in the order of `rows`.
pub(crate) fn judge(classifier: &Classifier, rows: &[Row]) -> Result<Vec<Judged>> {
    if rows.is_empty() {
        bail!("no row to evaluate on");
    }
    let mut judged: Vec<Option<Judged>> = vec![None; rows.len()];
    // Rows drawn alone are read alone, but are drawn with their document in the bootstrap.
    let mut documents: HashMap<&str, usize> = HashMap::new();
    for group in rows::documents(rows) {
        let next = documents.len();
        let name = rows[group.rows[0]].doc.as_deref();
        let document = match name {
            Some(name) => *documents.entry(name).or_insert(next),
            None => rows.len() + group.rows[0],
        };
        let reading = rows::read(classifier, rows, &group);
        for (index, read) in group.rows.iter().zip(&reading.paragraphs) {
            let row = &rows[*index];
            let labels = row.labels.as_ref().with_context(|| format!("row {} has no \"labels\"", row.id))?;
            let gold = themes_of(labels, classifier.themes()).with_context(|| format!("row {}", row.id))?;
            judged[*index] = Some(Judged {
                gold,
                verdict: read.verdict.themes,
                probability: read.probability.clone(),
                certainty: read.verdict.certainty,
                document,
            });
        }
    }
    Ok(judged.into_iter().flatten().collect())
}

/// The whole table as text.
pub(crate) fn report(judged: &[Judged], themes: &[Theme]) -> String {
    let mut out = String::new();
    let documents: std::collections::HashSet<usize> =
        judged.iter().map(|paragraph| paragraph.document).collect();
    let counts: Vec<Counts> = (0..themes.len()).map(|theme| Counts::of(judged, theme)).collect();
    let spans = intervals(judged, themes.len());
    let mean =
        |figure: &dyn Fn(usize) -> f64| (0..themes.len()).map(figure).sum::<f64>() / themes.len() as f64;
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{} paragraphs of {} documents\n", judged.len(), documents.len());
    let _ = writeln!(
        out,
        "{:<14}{:>6}{:>11}{:>8}{:>7}  {:<15}{:>6}{:>7}{:>7}{:>7}",
        "theme", "n", "precision", "recall", "F1", "95 % interval", "AP", "alpha", "ECE", "skill"
    );
    let mut line = |name: &str, n: usize, figures: [f64; 3], span: (f64, f64), rest: [f64; 4]| {
        let [precision, recall, f1] = figures;
        let [ap, alpha, ece, skill] = rest;
        let _ = writeln!(
            out,
            "{name:<14}{n:>6}{precision:>11.3}{recall:>8.3}{f1:>7.3}  {:.3} to {:.3} {ap:>6.3}{alpha:>7.3}{ece:>7.3}{skill:>7.3}",
            span.0, span.1
        );
    };
    for (theme, own) in counts.iter().enumerate() {
        let rest = [
            average_precision(judged, theme),
            own.alpha(),
            calibration_error(judged, theme),
            brier_skill(judged, theme),
        ];
        line(&themes[theme].id, own.support(), [own.precision(), own.recall(), own.f1()], spans[theme], rest);
    }
    let averages =
        [mean(&|theme| counts[theme].precision()), mean(&|theme| counts[theme].recall()), macro_f1(&counts)];
    let rest = [
        mean(&|theme| average_precision(judged, theme)),
        mean(&|theme| counts[theme].alpha()),
        mean(&|theme| calibration_error(judged, theme)),
        mean(&|theme| brier_skill(judged, theme)),
    ];
    line("macro-average", counts.iter().map(|own| own.support()).sum(), averages, spans[themes.len()], rest);
    let (none, without) = none_accuracy(judged);
    let _ = writeln!(out, "\nno theme: verdict none on {none:.3} of {without} paragraphs without a theme\n");
    let _ = writeln!(out, "{:<9}{:>9}{:>15}", "verdict", "coverage", "exactly right");
    for certainty in [Certainty::Clear, Certainty::Likely, Certainty::Unsure] {
        let own: Vec<_> = judged.iter().filter(|paragraph| paragraph.certainty == certainty).collect();
        let right = own.iter().filter(|paragraph| paragraph.verdict == paragraph.gold).count();
        let share = right as f64 / own.len().max(1) as f64;
        let coverage = own.len() as f64 / judged.len() as f64;
        let _ = writeln!(out, "{:<9}{coverage:>9.3}{share:>15.3}", certainty.as_str());
    }
    out.truncate(out.trim_end().len());
    out
}
