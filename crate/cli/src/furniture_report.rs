//! `leitmotif evaluate --furniture`: what is called furniture, against whole pages' own account and on clean text.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use leitmotif::furniture::Weights;
use leitmotif::{Article, Kind};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::console::print;
use crate::counted::read_rows;
use crate::furniture::fit;
use crate::furniture_seeds::{self, Label, Passage};
use crate::record::{Book, Furniture, Recorded, Stamp};
use crate::rows;

/// Outer folds: three or four pages each.
const FOLDS: usize = 14;

/// Draws of pages for the interval.
const DRAWS: usize = 2000;

/// Counts of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    hit: usize,
    wrong: usize,
    missed: usize,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            hit: self.hit + other.hit,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }

    /// Precision, recall and F1.
    fn figures(self) -> [f64; 3] {
        let ratio = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        [
            ratio(self.hit, self.hit + self.wrong),
            ratio(self.hit, self.hit + self.missed),
            ratio(2 * self.hit, 2 * self.hit + self.wrong + self.missed),
        ]
    }
}

/// Prints the figures for the pages in `real`: by the weights inside, or by weights learned without the page (or the written
/// article) at hand.
///
/// The held-out figures of whole pages go into the model card's `figures`, where given.
pub(crate) fn run(real: &Path, seeds: &Path, cross_validate: bool, figures: Option<&Path>) -> Result<()> {
    let stamp = Stamp::of_embedded();
    let pages = furniture_seeds::pages(real)?;
    let (written, _) = furniture_seeds::written(seeds)?;
    let weights: Vec<Weights> = if cross_validate {
        let all = || pages.iter().chain(&written);
        (0..FOLDS).map(|fold| fit(&all().filter(|own| own.fold(FOLDS) != fold).collect::<Vec<_>>())).collect()
    } else {
        vec![Weights::embedded(); FOLDS]
    };
    let called = |own: &Passage| weights[own.fold(FOLDS)].furniture(&own.blocks);
    let alone = |own: &Passage| -> Vec<bool> {
        own.blocks
            .iter()
            .flat_map(|block| weights[own.fold(FOLDS)].furniture(std::slice::from_ref(block)))
            .collect()
    };
    let (found, whole) = line("whole pages", &pages, &called);
    let mut table = format!(
        "{} blocks of {} pages\n\n{:<22}{:>6}{:>7}{:>8}  {:<27}{:<27}F1\n{whole}",
        found.blocks, found.pages, "", "hit", "wrong", "missed", "precision", "recall"
    );
    table.push_str(&line("each block alone", &pages, &alone).1);

    let articles: Vec<Passage> = pages.iter().filter_map(Passage::article_alone).collect();
    table.push_str("\nan article's own paragraphs called furniture\n");
    table.push_str(&own_text("pages' articles alone", &articles, &called));
    table.push_str(&own_text("written articles", &written, &called));
    table.push_str(&own_text("written, each alone", &written, &alone));
    if !cross_validate {
        table.push_str(&seed_articles(seeds)?);
        let rows = real.with_file_name("train.jsonl");
        if rows.exists() {
            table.push_str(&coded_rows(&rows)?);
        }
    }
    let printed = print(table.trim_end());
    if let Some(figures) = figures {
        let mut book = Book::read(figures)?;
        book.furniture = Some(Recorded { stamp, figures: found });
        book.write(figures)?;
    }
    printed
}

/// The figures, and their line of the table.
fn line(name: &str, pages: &[Passage], called: &dyn Fn(&Passage) -> Vec<bool>) -> (Furniture, String) {
    let count = |own: &Passage| {
        let mut counts = Counts::default();
        for (called, label) in called(own).into_iter().zip(&own.labels) {
            match (called, *label != Label::Body) {
                (true, true) => counts.hit += 1,
                (true, false) => counts.wrong += 1,
                (false, true) => counts.missed += 1,
                (false, false) => {}
            }
        }
        counts
    };
    let counts: Vec<Counts> = pages.iter().map(count).collect();
    let sum = counts.iter().fold(Counts::default(), |sum, own| sum.plus(*own));
    let [precision, recall, f1] = sum.figures();
    let [p, r, f] = intervals(&counts);
    let line = format!(
        "{name:<22}{:>6}{:>7}{:>8}  {precision:.3} ({:.3} to {:.3})     {recall:.3} ({:.3} to {:.3})     {f1:.3} ({:.3} to {:.3})\n",
        sum.hit, sum.wrong, sum.missed, p.0, p.1, r.0, r.1, f.0, f.1
    );
    let furniture = Furniture {
        blocks: pages.iter().map(|own| own.blocks.len()).sum(),
        pages: pages.len(),
        precision,
        precision_interval: p.into(),
        recall,
        recall_interval: r.into(),
    };
    (furniture, line)
}

/// 95 % intervals of precision, recall and F1 over draws of whole pages.
fn intervals(counts: &[Counts]) -> [(f64, f64); 3] {
    let mut random = ChaCha8Rng::seed_from_u64(95);
    let mut draws: [Vec<f64>; 3] = Default::default();
    for _ in 0..DRAWS {
        let pick =
            |random: &mut ChaCha8Rng| ((u64::from(random.next_u32()) * counts.len() as u64) >> 32) as usize;
        let sum = (0..counts.len()).fold(Counts::default(), |sum, _| sum.plus(counts[pick(&mut random)]));
        draws.iter_mut().zip(sum.figures()).for_each(|(draws, figure)| draws.push(figure));
    }
    draws.map(|mut figures| {
        figures.sort_by(f64::total_cmp);
        (figures[DRAWS * 25 / 1000], figures[DRAWS * 975 / 1000 - 1])
    })
}

fn own_text(name: &str, passages: &[Passage], called: &dyn Fn(&Passage) -> Vec<bool>) -> String {
    let (mut wrong, mut all, mut hit, mut furniture) = (0, 0, 0, 0);
    for own in passages {
        for (called, label) in called(own).into_iter().zip(&own.labels) {
            match label {
                Label::Body | Label::Headline => {
                    all += 1;
                    wrong += usize::from(called);
                }
                Label::Furniture => {
                    furniture += 1;
                    hit += usize::from(called);
                }
                Label::Unclear => {}
            }
        }
    }
    let of_furniture =
        if furniture > 0 { format!("; of its furniture {hit} of {furniture}") } else { String::new() };
    format!("{name:<26}{wrong:>5} of {all}{of_furniture}\n")
}

/// The seed articles as pasted: paragraphs that have a code are text beyond doubt.
fn seed_articles(seeds: &Path) -> Result<String> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let gold = read_rows(&seeds.join("gold/articles.jsonl"))?;
    let coded: HashSet<String> = gold
        .iter()
        .filter(|row| row.labels.as_ref().is_some_and(|labels| !labels.is_empty()))
        .map(|row| plain(&row.text))
        .collect();
    let (mut wrong, mut all) = (0, 0);
    let names: HashSet<&str> = gold.iter().filter_map(|row| row.doc.as_deref()).collect();
    for name in names {
        let path = seeds.join("articles").join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let article = Article::split(&text);
        for (index, paragraph) in article.paragraphs().iter().enumerate() {
            if article.paragraph_text(index).is_some_and(|own| coded.contains(&plain(own))) {
                all += 1;
                wrong += usize::from(paragraph.kind == Kind::Furniture);
            }
        }
    }
    Ok(format!("{:<26}{wrong:>5} of {all} with a code\n", "seed articles, as pasted"))
}

/// Coded rows of real articles; some without a code are bylines and captions.
fn coded_rows(path: &Path) -> Result<String> {
    let all = read_rows(path)?;
    let (mut counts, mut alone) = ([[0; 2]; 2], [[0; 2]; 2]);
    for group in rows::documents(&all) {
        let article = rows::article(&all, &group);
        let counts = if group.rows.len() > 1 { &mut counts } else { &mut alone };
        for (index, paragraph) in group.rows.iter().zip(article.paragraphs()) {
            let coded = all[*index].labels.as_ref().is_some_and(|labels| !labels.is_empty());
            counts[usize::from(coded)][0] += usize::from(paragraph.kind == Kind::Furniture);
            counts[usize::from(coded)][1] += 1;
        }
    }
    let mut lines = String::new();
    for (name, [without, with]) in [("train.jsonl, articles", counts), ("train.jsonl, single rows", alone)] {
        // Writing to a String cannot fail.
        let _ = writeln!(
            lines,
            "{name:<26}{:>5} of {} with a code, {} of {} without",
            with[0], with[1], without[0], without[1]
        );
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_counts() {
        let [precision, recall, f1] = Counts { hit: 6, wrong: 2, missed: 4 }.figures();
        assert_eq!((precision, recall), (0.75, 0.6));
        assert!((f1 - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn pages_that_agree_have_no_spread() {
        let spans = intervals(&[Counts { hit: 3, wrong: 1, missed: 1 }; 5]);
        assert_eq!(spans[0], (0.75, 0.75));
    }
}
