//! Evidence on whole articles: it adds up to what is shown, and striking the words that it names has the effect that it claims.

use std::path::{Path, PathBuf};

use leitmotif::{Article, Classifier, Reading};
use serde_json::Value;

/// Least share of labels, in per cent, that become less probable without their three strongest words.
const LEAST: usize = 95;

/// An article as rows of (position, text).
type Rows = Vec<(u32, String)>;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(rows: &[(u32, String)]) -> Reading<'static> {
    Classifier::embedded().read_article(Article::from_rows(rows.iter().map(|(pos, text)| (*pos, &text[..]))))
}

/// The five seed articles, split as a reader would paste them.
fn seed_articles() -> Vec<Rows> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(project().join("seeds/articles"))
        .expect("the seed articles")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 5, "{} seed articles", paths.len());
    let rows = |path: PathBuf| {
        let text = std::fs::read_to_string(path).expect("a seed article");
        let article = Article::split(&text);
        (0..article.paragraphs().len())
            .map(|index| (index as u32, article.paragraph_text(index).expect("a paragraph").to_owned()))
            .collect()
    };
    paths.into_iter().map(rows).collect()
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("a file of JSON lines");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

/// Every eighth written article of each file.
fn written_articles() -> Vec<Rows> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(project().join("seeds/written"))
        .expect("the written articles")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    paths.sort();
    let rows = |article: &Value| {
        let paragraphs = article["paragraphs"].as_array().expect("paragraphs");
        let text = |paragraph: &Value| paragraph["text"].as_str().expect("a text").to_owned();
        paragraphs.iter().enumerate().map(|(pos, paragraph)| (pos as u32, text(paragraph))).collect()
    };
    paths.iter().flat_map(|path| lines(path).iter().step_by(8).map(rows).collect::<Vec<Rows>>()).collect()
}

/// Every tenth of the real training documents, which lie beside the project where they are; rows drawn alone left out.
fn real_articles() -> Option<Vec<Rows>> {
    let path = project().join("../shared/corpus/real/train.jsonl");
    if !path.exists() {
        println!("SKIPPED: there is no {}", path.display());
        return None;
    }
    let lines = lines(&path);
    let rows: Vec<&Value> = lines.iter().filter(|row| row["single"] != true).collect();
    let article = |rows: &[&Value]| {
        let row = |row: &&Value| {
            let pos = row["pos"].as_u64().expect("a position") as u32;
            (pos, row["text"].as_str().expect("a text").to_owned())
        };
        rows.iter().map(row).collect()
    };
    Some(rows.chunk_by(|a, b| a["doc"] == b["doc"]).step_by(10).map(article).collect())
}

#[test]
fn evidence_adds_up_to_the_logit_of_the_probability_shown() {
    let classifier = Classifier::embedded();
    let (mut checked, mut furthest) = (0, 0.0f64);
    let articles = [seed_articles(), written_articles(), real_articles().unwrap_or_default()].concat();
    for reading in articles.iter().map(|rows| read(rows)) {
        for (index, read) in reading.paragraphs.iter().enumerate() {
            for theme in 0..classifier.themes().len() {
                let evidence = classifier.evidence(&reading, index, theme).expect("evidence");
                let words: f64 = evidence.words.iter().map(|word| word.logit).sum();
                let p = read.probability[theme];
                let distance = (evidence.bias + evidence.context + words - (p / (1.0 - p)).ln()).abs();
                assert!(distance < 1e-4, "paragraph {index}, theme {theme}: off by {distance}");
                let inside = read.span.start..=read.span.end;
                assert!(
                    evidence
                        .words
                        .iter()
                        .all(|word| inside.contains(&word.span.start) && inside.contains(&word.span.end))
                );
                furthest = furthest.max(distance);
                checked += 1;
            }
        }
    }
    println!("{checked} logits, the furthest off by {furthest:e}");
    assert!(checked > 4000, "{checked} logits");
}

/// The words of theme `theme` that speak most for it struck out of paragraph `index`: the text that is left.
fn struck(reading: &Reading, index: usize, theme: usize) -> String {
    let mut words = Classifier::embedded().evidence(reading, index, theme).expect("evidence").words;
    words.sort_by(|a, b| b.logit.total_cmp(&a.logit));
    words.truncate(3);
    words.sort_by_key(|word| std::cmp::Reverse(word.span.start));
    let start = reading.paragraphs[index].span.start;
    let mut text = reading.article.paragraph_text(index).expect("a paragraph").to_owned();
    words.iter().for_each(|word| text.replace_range(word.span.start - start..word.span.end - start, ""));
    text
}

/// (labels in the verdicts, how many of them lose probability).
fn labels_that_fall(articles: &[Rows]) -> (usize, usize) {
    let (mut labels, mut lower) = (0, 0);
    for rows in articles {
        let reading = read(rows);
        for index in 0..rows.len() {
            for theme in reading.paragraphs[index].verdict.themes.iter() {
                let mut rest = rows.clone();
                rest[index].1 = struck(&reading, index, theme);
                let after = self::read(&rest);
                labels += 1;
                lower += usize::from(
                    after.paragraphs[index].probability[theme] < reading.paragraphs[index].probability[theme],
                );
            }
        }
    }
    (labels, lower)
}

/// A reader who strikes the three words that speak most for a label must see its probability fall.
#[test]
fn without_its_three_strongest_words_a_label_is_less_probable() {
    let parts = [
        ("seed articles", Some(seed_articles()), 50),
        ("written articles", Some(written_articles()), 300),
        ("real documents", real_articles(), 100),
    ];
    for (name, articles, least_labels) in parts {
        let Some(articles) = articles else { continue };
        let (labels, lower) = labels_that_fall(&articles);
        println!(
            "{name}: {lower} of {labels} labels fell, {:.1} %",
            100.0 * lower as f64 / labels.max(1) as f64
        );
        assert!(labels >= least_labels, "{name}: only {labels} labels");
        assert!(lower * 100 >= labels * LEAST, "{name}: {lower} of {labels} labels fell");
    }
}
