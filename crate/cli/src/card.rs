//! `leitmotif card`: the model card from its template, the seeds, the model inside and the recorded figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use leitmotif::{Classifier, Themes};

use crate::console::say;
use crate::figures::Figures;
use crate::recipe::Recipe;
use crate::record::{Book, Evaluation, Stamp, Way};
use crate::seeds::Seeds;
use crate::{agreement, curve, report};

/// The prose; `{{name}}` is a slot.
const TEMPLATE: &str = include_str!("card.md");

/// Writes the card, or with `check` compares it with what is there.
pub(crate) fn run(card: &Path, seeds: &Path, figures: &Path, check: bool) -> Result<()> {
    let text = text(&Seeds::read(seeds)?, &Book::read(figures)?)?;
    if check {
        let there = fs::read_to_string(card).with_context(|| format!("cannot read {}", card.display()))?;
        if there != text {
            bail!(
                "{} is not what template, seeds, model and figures give{}: run `leitmotif card` and commit the result",
                card.display(),
                first_difference(&there, &text)
            );
        }
        say(&format!("{} is what template, seeds, model and figures give", card.display()));
        return Ok(());
    }
    fs::write(card, &text).with_context(|| format!("cannot write {}", card.display()))?;
    say(&format!("wrote {}", card.display()));
    Ok(())
}

fn first_difference(there: &str, text: &str) -> String {
    let line = there.lines().zip(text.lines()).position(|(a, b)| a != b);
    line.map_or(String::new(), |line| format!(" (first in line {})", line + 1))
}

/// The whole card.
fn text(seeds: &Seeds, book: &Book) -> Result<String> {
    let classifier = Classifier::embedded();
    let id = classifier.model().metadata.iter().find(|(key, _)| key == "id");
    let id = id.map(|(_, id)| id.clone()).unwrap_or_default();
    let slots = BTreeMap::from([
        ("id", id),
        ("model", model(classifier)),
        ("data", data(seeds)),
        ("agreement", agreements(book)),
        ("documents", cross_validated(book, Way::Documents)),
        ("sources", cross_validated(book, Way::Sources)),
        ("shipped", shipped(book)),
        ("curve", curves(book)),
        ("furniture", furniture(book)),
    ]);
    fill(TEMPLATE, &slots)
}

fn fill(template: &str, slots: &BTreeMap<&str, String>) -> Result<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("a slot of the template has no end")?;
        let slot = slots.get(name).with_context(|| format!("the template's slot {name:?} is not known"))?;
        out.push_str(before);
        out.push_str(slot.trim_end());
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// What it is and how large.
fn model(classifier: &Classifier) -> String {
    let recipe = Recipe::default();
    let ids: Vec<&str> = classifier.themes().iter().map(|theme| &theme.id[..]).collect();
    format!(
        "For each paragraph of an article it tells which of {} themes it is about: {}.\n\
         It holds {} features: of those that occur in training the recipe keeps the {} most useful, of those that only glossary\n\
         and lexicon know {}, each with {} bits a weight. The file has {} bytes, sha256\n`{}`.\n\
         `leitmotif train` grows it from `seeds/`, bit for bit the same each time.",
        ids.len(),
        ids.join(", "),
        thousands(classifier.model().fingerprints.len()),
        thousands(recipe.features),
        thousands(recipe.unseen),
        recipe.weight_bits,
        thousands(Classifier::embedded_bytes().len()),
        Classifier::embedded_sha256(),
    )
}

/// Counts of what training reads.
fn data(seeds: &Seeds) -> String {
    let mut real: Vec<u32> = seeds.counted.iter().map(|own| own.document).collect();
    real.sort_unstable();
    real.dedup();
    let written: Vec<Themes> =
        seeds.documents.iter().flat_map(|own| &own.paragraphs).map(|own| own.themes).collect();
    let counted: Vec<Themes> = seeds.counted.iter().map(|own| own.codes).collect();
    let corrected = seeds.counted.iter().filter(|own| own.codes != own.first_codes).count();
    let unsure = seeds.counted.iter().filter(|own| !own.sure).count();
    let mut out = "| | real, as counts | written for the project |\n|---|--:|--:|\n".to_owned();
    let mut line = |name: &str, real: usize, written: usize| {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(out, "| {name} | {} | {} |", thousands(real), thousands(written));
    };
    line("documents", real.len(), seeds.documents.len());
    line("paragraphs", counted.len(), written.len());
    for (position, theme) in seeds.themes.iter().enumerate() {
        let with = |codes: &[Themes]| codes.iter().filter(|own| own.contains(position)).count();
        line(&theme.id, with(&counted), with(&written));
    }
    let none = |codes: &[Themes]| codes.iter().filter(|own| own.is_empty()).count();
    line("no theme", none(&counted), none(&written));
    let _ = write!(
        out,
        "\nOf the real paragraphs, {} were coded unsure and {} have codes that were corrected. Beside them a glossary of {} terms and a\n\
         lexicon of {} graded words and pairs, both written for the project.",
        thousands(unsure),
        thousands(corrected),
        thousands(seeds.terms.len()),
        thousands(seeds.lexicon.len() + seeds.further.len())
    );
    out
}

fn agreements(book: &Book) -> String {
    let one = |(name, own): (&String, &crate::record::Recorded<agreement::Agreement>)| {
        format!(
            "`{name}` ({}, `leitmotif agreement`):\n\n{}",
            when(&own.stamp, false),
            indented(&agreement::table(&own.figures))
        )
    };
    or_missing(book.agreement.iter().map(one), "leitmotif agreement --record ROWS")
}

fn cross_validated(book: &Book, way: Way) -> String {
    let (option, show): (&str, fn(&Figures) -> String) = match way {
        Way::Sources => (" --by-source", with_sources),
        _ => ("", report::whole),
    };
    let command = format!("leitmotif evaluate --cross-validate{option}");
    let one = |(_, evaluations): (&String, &Vec<Evaluation>)| {
        let newest = evaluations.last()?;
        let figures = newest.figures.as_ref()?;
        Some(format!(
            "Rows `{}`, {}, `{command}`:\n\n{}{}",
            newest.rows,
            when(&newest.stamp, true),
            indented(&show(figures)),
            if evaluations.len() > 1 { format!("\n\n{}", history(evaluations)) } else { String::new() }
        ))
    };
    let found = book.evaluations.iter().filter(|(_, own)| own.last().is_some_and(|own| own.way == way));
    or_missing(found.filter_map(one), &format!("{command} --record NAME ROWS"))
}

fn shipped(book: &Book) -> String {
    let one = |(name, evaluations): (&String, &Vec<Evaluation>)| {
        let newest = evaluations.last()?;
        let mut out = format!("**{name}**, rows `{}`, `leitmotif evaluate`", newest.rows);
        if let Some(figures) = &newest.figures {
            let _ =
                write!(out, ", {}:\n\n{}", when(&newest.stamp, true), indented(&with_calibration(figures)));
            out.push_str("\n\nAll scores, newest last:");
        } else {
            out.push(':');
        }
        let _ = write!(out, "\n\n{}", history(evaluations));
        Some(out)
    };
    let found =
        book.evaluations.iter().filter(|(_, own)| own.last().is_some_and(|own| own.way == Way::Shipped));
    or_missing(found.filter_map(one), "leitmotif evaluate --record NAME ROWS")
}

fn with_sources(figures: &Figures) -> String {
    let sources = figures.groupings.iter().filter(|own| own.by == "source").map(report::grouping);
    [report::brief(figures)].into_iter().chain(sources).collect::<Vec<_>>().join("\n\n")
}

fn with_calibration(figures: &Figures) -> String {
    [report::brief(figures), report::surest(figures), report::calibration(figures)].join("\n\n")
}

/// Every evaluation under one name, a line each.
fn history(evaluations: &[Evaluation]) -> String {
    let mut out =
        "| date | commit | model | paragraphs | macro-F1 | 95 % interval | mean AP | none right |\n\
                   |---|---|---|--:|--:|--:|--:|--:|"
            .to_owned();
    for own in evaluations {
        let [low, high] = own.interval;
        let _ = write!(
            out,
            "\n| {} | {} | {} | {} | {:.3} | {low:.3} to {high:.3} | {:.3} | {:.3} of {} |",
            own.stamp.date,
            own.stamp.commit,
            short(&own.stamp.model_sha256),
            thousands(own.paragraphs),
            own.macro_f1,
            own.ap,
            own.none.share,
            thousands(own.none.of)
        );
    }
    out
}

fn curves(book: &Book) -> String {
    let one = |own: &crate::record::Recorded<curve::Curve>| {
        format!(
            "Rows `{}`, {}, `leitmotif curve`:\n\n{}",
            own.figures.rows,
            when(&own.stamp, true),
            curve::table(&own.figures)
        )
    };
    or_missing(book.curve.iter().map(one), "leitmotif curve --record ROWS")
}

fn furniture(book: &Book) -> String {
    let one = |own: &crate::record::Recorded<crate::record::Furniture>| {
        let found = &own.figures;
        let line = |name: &str, figure: f64, [low, high]: [f64; 2]| {
            format!("\n| {name} | {figure:.3} | {low:.3} to {high:.3} |")
        };
        format!(
            "{} blocks of {} pages, {}:\n\n| | | 95 % interval, by page |\n|---|--:|--:|{}{}",
            thousands(found.blocks),
            thousands(found.pages),
            when(&own.stamp, false),
            line("precision", found.precision, found.precision_interval),
            line("recall", found.recall, found.recall_interval)
        )
    };
    match &book.furniture {
        Some(own) => one(own),
        None => "Not recorded yet.".to_owned(),
    }
}

/// Date and commit; with `model` also a warning where the figures are of another model than the one inside.
fn when(stamp: &Stamp, model: bool) -> String {
    let mut out = stamp.date.clone();
    if !stamp.commit.is_empty() {
        let _ = write!(out, ", commit {}", stamp.commit);
    }
    if model && stamp.model_sha256 != Classifier::embedded_sha256() {
        let _ = write!(out, ", **for an earlier model** (sha256 {}…)", short(&stamp.model_sha256));
    }
    out
}

fn short(sha256: &str) -> &str {
    sha256.get(..8).unwrap_or(sha256)
}

fn or_missing(parts: impl Iterator<Item = String>, command: &str) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { format!("Not recorded yet: `{command}`.") } else { parts.join("\n\n") }
}

/// As a block of code in Markdown.
fn indented(table: &str) -> String {
    let indent = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
    table.lines().map(|line| indent(line.trim_end())).collect::<Vec<_>>().join("\n")
}

/// 9350 as 9,350.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(path: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
    }

    #[test]
    fn the_committed_card_is_what_the_command_writes() {
        let (card, figures) = (project("crate/model/README.md"), project(crate::record::FIGURES));
        if let Err(problem) = run(&card, &project("seeds"), &figures, true) {
            panic!("{problem:#}");
        }
    }

    #[test]
    fn slots_are_filled_and_an_unknown_one_is_an_error() {
        let slots = BTreeMap::from([("a", "one\n".to_owned()), ("b", "{{a}}".to_owned())]);
        assert_eq!(fill("x {{a}}, {{b}}.", &slots).unwrap(), "x one, {{a}}.");
        assert!(fill("{{c}}", &slots).unwrap_err().to_string().contains("\"c\""));
        assert!(fill("{{a", &slots).is_err());
    }

    #[test]
    fn an_empty_book_says_what_to_run() {
        let book = Book::default();
        for (slot, command) in [
            (agreements(&book), "agreement"),
            (cross_validated(&book, Way::Sources), "--by-source"),
            (shipped(&book), "evaluate --record"),
            (curves(&book), "curve"),
        ] {
            assert!(slot.starts_with("Not recorded yet") && slot.contains(command), "{slot}");
        }
    }

    #[test]
    fn every_score_stays_in_the_list_and_an_earlier_model_is_named() {
        let mut book = Book::default();
        for (date, sha256) in [("2026-01-01", "0123456789"), ("2026-02-02", Classifier::embedded_sha256())] {
            let stamp =
                Stamp { date: date.to_owned(), commit: "abc".to_owned(), model_sha256: sha256.to_owned() };
            let figures = Figures::of(&[], &[], &[]);
            book.add("held", Evaluation::new(stamp, Way::Shipped, "rows".to_owned(), figures)).unwrap();
        }
        let slot = shipped(&book);
        let [first, second] =
            ["| 2026-01-01 | abc | 01234567 |", "| 2026-02-02 | abc |"].map(|part| slot.find(part));
        assert!(first.is_some() && first < second, "{slot}");
        assert!(!slot.contains("earlier model"));
        book.evaluations.get_mut("held").unwrap()[1].stamp.model_sha256 = "9876543210".to_owned();
        assert!(shipped(&book).contains("**for an earlier model** (sha256 98765432…)"));
    }

    #[test]
    fn numbers_have_their_commas() {
        assert_eq!([0, 12, 999, 1000, 1234567].map(thousands), ["0", "12", "999", "1,000", "1,234,567"]);
    }
}
