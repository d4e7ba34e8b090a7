//! Figures as tables for a terminal of 110 columns; the model card shows the same.

use std::fmt::Write as _;

use crate::figures::{Figures, Grouping, ThemeFigures};

/// By theme, on paragraphs without a theme, and by how sure the verdict is.
pub(crate) fn brief(figures: &Figures) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(out, "{} paragraphs of {} documents\n", figures.paragraphs, figures.documents);
    let _ = writeln!(
        out,
        "{:<14}{:>6}{:>11}{:>8}{:>7}  {:<15}{:>6}{:>7}{:>7}{:>7}",
        "theme", "n", "precision", "recall", "F1", "95 % interval", "AP", "alpha", "ECE", "skill"
    );
    for line in figures.themes.iter().chain([&figures.average]) {
        let ThemeFigures { theme, n, precision, recall, f1, interval: [low, high], ap, alpha, ece, skill } =
            line;
        let _ = writeln!(
            out,
            "{theme:<14}{n:>6}{precision:>11.3}{recall:>8.3}{f1:>7.3}  {low:.3} to {high:.3} {ap:>6.3}{alpha:>7.3}{ece:>7.3}{skill:>7.3}"
        );
    }
    let none = figures.none;
    let _ = writeln!(
        out,
        "\nno theme: verdict none on {:.3} of {} paragraphs without a theme\n",
        none.share, none.of
    );
    let _ = writeln!(out, "{:<9}{:>9}{:>15}", "verdict", "coverage", "exactly right");
    for own in &figures.certainty {
        let _ = writeln!(out, "{:<9}{:>9.3}{:>15.3}", own.verdict, own.coverage, own.right);
    }
    trimmed(out)
}

/// [`brief`], and then the surest paragraphs, calibration, groups and confusion.
pub(crate) fn whole(figures: &Figures) -> String {
    let parts = [brief(figures), surest(figures), calibration(figures)];
    let groupings = figures.groupings.iter().map(grouping);
    parts.into_iter().chain(groupings).chain([confusion(figures)]).collect::<Vec<_>>().join("\n\n")
}

/// Exactly right at each coverage.
pub(crate) fn surest(figures: &Figures) -> String {
    let mut out = format!("{:<16}", "the surest");
    (1..=10).for_each(|tenth| {
        let _ = write!(out, "{:>7} %", 10 * tenth);
    });
    let _ = write!(out, "\n{:<16}", "exactly right");
    figures.right_at_coverage.iter().for_each(|right| {
        let _ = write!(out, "{right:>9.3}");
    });
    out
}

/// What was said against what came true.
pub(crate) fn calibration(figures: &Figures) -> String {
    let mut lines = [
        format!("{:<16}", "probability"),
        format!("{:<16}", "how often"),
        format!("{:<16}", "mean said"),
        format!("{:<16}", "came true"),
    ];
    for (at, bin) in figures.reliability.iter().enumerate() {
        let _ = write!(lines[0], "{:>9}", format!("{:.1}-{:.1}", at as f64 / 10.0, (at + 1) as f64 / 10.0));
        let _ = write!(lines[1], "{:>9}", bin.n);
        let figure = |figure: f64| if bin.n == 0 { "-".to_owned() } else { format!("{figure:.3}") };
        let _ = write!(lines[2], "{:>9}", figure(bin.said));
        let _ = write!(lines[3], "{:>9}", figure(bin.came_true));
    }
    lines.join("\n")
}

/// One line per group.
pub(crate) fn grouping(grouping: &Grouping) -> String {
    let heading = format!("by {}", grouping.by);
    let names = grouping.groups.iter().map(|own| own.group.chars().count());
    let width = names.chain([heading.len()]).max().unwrap_or(0).clamp(14, 46) + 2;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{heading:<width$}{:>6}{:>15}{:>10}{:>12}{:>8}{:>7}",
        "n", "exactly right", "macro-F1", "over themes", "none", "of"
    );
    for own in &grouping.groups {
        let macro_f1 = own.macro_f1.map_or("-".to_owned(), |figure| format!("{figure:.3}"));
        let (none, of) = own.none.map_or(("-".to_owned(), 0), |none| (format!("{:.3}", none.share), none.of));
        let _ = writeln!(
            out,
            "{:<width$}{:>6}{:>15.3}{macro_f1:>10}{:>12}{none:>8}{of:>7}",
            clipped(&own.group, width - 2),
            own.paragraphs,
            own.exact,
            own.themes
        );
    }
    trimmed(out)
}

/// One line per code, as [`crate::confusion::Confusion`] defines it.
pub(crate) fn confusion(figures: &Figures) -> String {
    let ids: Vec<&str> = figures.themes.iter().map(|own| &own.theme[..]).collect();
    // What the 110 columns leave for each theme.
    let width = (110 - (14 + 6 + 7 + 2 + 9 + 6)) / ids.len().max(1);
    let width = ids.iter().map(|id| id.chars().count() + 1).max().unwrap_or(8).clamp(6, width.max(6));
    let mut out = String::new();
    let _ = write!(out, "{:<14}{:>6}{:>7} |", "code", "n", "found");
    ids.iter().for_each(|id| {
        let _ = write!(out, "{:>width$}", clipped(id, width - 1));
    });
    let _ = writeln!(out, "{:>9}{:>6}", "nothing", "part");
    for (row, own) in figures.confusion.iter().enumerate() {
        let name = ids.get(row).copied().unwrap_or("(none)");
        let _ = write!(out, "{:<14}{:>6}{:>7} |", clipped(name, 14), own.paragraphs, own.found);
        for (theme, count) in own.instead.iter().enumerate() {
            let _ = write!(out, "{:>width$}", if theme == row { ".".to_owned() } else { count.to_string() });
        }
        let [nothing, part] = [own.nothing, own.part]
            .map(|count| if row == ids.len() { ".".to_owned() } else { count.to_string() });
        let _ = writeln!(out, "{nothing:>9}{part:>6}");
    }
    out.push_str(
        "right of the bar, where the code was missed: wrong themes of the verdict; or nothing; or part of its codes",
    );
    out
}

fn clipped(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    name.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use leitmotif::{Certainty, Theme};

    use super::*;
    use crate::metrics::Judged;
    use crate::rows::Row;

    fn figures(themes: usize) -> Figures {
        let long = "somebody/a-collection-whose-name-would-fill-more-than-half-of-the-terminal:f.csv";
        let rows: Vec<Row> = (0..60)
            .map(|n| Row { source: (n % 2 == 0).then(|| long.to_owned()), ..Row::default() })
            .collect();
        let judged: Vec<Judged> = (0..60)
            .map(|n| Judged {
                gold: [n % (themes + 1)].into_iter().filter(|theme| *theme < themes).collect(),
                verdict: [n % themes].into_iter().collect(),
                probability: (0..themes).map(|theme| if theme == n % themes { 0.9 } else { 0.05 }).collect(),
                certainty: Certainty::Likely,
                words: n,
                document: n / 3,
            })
            .collect();
        let theme =
            |n| Theme { id: format!("urbanization{n}"), names: Vec::new(), definition: String::new() };
        Figures::of(&judged, &rows, &(0..themes).map(theme).collect::<Vec<_>>())
    }

    #[test]
    fn five_themes_fit_into_110_columns() {
        let table = whole(&figures(5));
        for line in table.lines() {
            assert!(line.chars().count() <= 110, "{} columns: {line}", line.chars().count());
        }
        for part in [
            "95 % interval",
            "the surest",
            "came true",
            "by source",
            "(not said)",
            "by length",
            "right of the bar",
        ] {
            assert!(table.contains(part), "{part} in\n{table}");
        }
        assert!(!table.contains("by register"), "no row has one");
    }

    #[test]
    fn one_theme_and_sixteen_are_tables_too() {
        for themes in [1, 16] {
            let table = confusion(&figures(themes));
            assert_eq!(table.lines().count(), themes + 3, "{table}");
        }
    }
}
