//! `train CORPUS MODEL` trains fastText on the corpus; `measure CORPUS` measures what runs natively, and prints it as JSON.
//!
//! A plain median of rounds over CPU time, not criterion: the contenders take turns, so that what else the machine does falls
//! on all of them alike, and the time is the thread's own, not the wall's.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use fasttext::FastText;
use fasttext::args::{Args, LossName};
use leitmotif::Classifier;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", corpus, model] => train(&read(Path::new(corpus))?, Path::new(model)),
        ["measure", corpus] => {
            println!("{}", measure(&read(Path::new(corpus))?)?);
            Ok(())
        }
        _ => bail!("usage: train CORPUS MODEL, or measure CORPUS"),
    }
}

struct Paragraph {
    text: String,
    labels: Vec<String>,
}

/// The corpus: articles of paragraphs, from every .jsonl file of a folder, in the order of names.
fn read(folder: &Path) -> Result<Vec<Vec<Paragraph>>> {
    let names = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = names.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut articles = Vec::new();
    for file in files {
        for line in fs::read_to_string(&file)?.lines() {
            let article: Value = serde_json::from_str(line)?;
            let paragraphs = article["paragraphs"].as_array().context("an article without paragraphs")?;
            let strings = |value: &Value| {
                value.as_array().into_iter().flatten().filter_map(|s| Some(s.as_str()?.to_owned())).collect()
            };
            let paragraph = |value: &Value| Paragraph {
                text: value["text"].as_str().unwrap_or_default().to_owned(),
                labels: strings(&value["labels"]),
            };
            articles.push(paragraphs.iter().map(paragraph).collect());
        }
    }
    Ok(articles)
}

/// Several labels a paragraph, as we have them (one against all), words and pairs of words, and as few dimensions as do: a
/// small and fast model, as one would choose it for a page.
fn train(articles: &[Vec<Paragraph>], model: &Path) -> Result<()> {
    let mut ids: Vec<&str> = articles.iter().flatten().flat_map(|p| p.labels.iter().map(String::as_str)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut lines = String::new();
    for paragraph in articles.iter().flatten() {
        for label in &paragraph.labels {
            let position = ids.iter().position(|id| id == label).context("a label")?;
            lines.push_str(&format!("__label__{position} "));
        }
        // fastText learns nothing from a line without a label: "no theme" is one more.
        if paragraph.labels.is_empty() {
            lines.push_str(&format!("__label__{} ", ids.len()));
        }
        lines.push_str(&paragraph.text.replace(['\n', '\r'], " "));
        lines.push('\n');
    }
    let input = model.with_extension("txt");
    fs::write(&input, lines)?;
    let mut args = Args::new();
    args.apply_supervised_defaults();
    (args.loss, args.dim, args.word_ngrams, args.bucket) = (LossName::OneVsAll, 16, 2, 50_000);
    (args.epoch, args.lr, args.thread, args.verbose) = (25, 0.5, 1, 0);
    args.input = input;
    let trained = FastText::train(args)?;
    trained.save_model(model)?;
    Ok(())
}

/// Rounds of each contender.
const ROUNDS: usize = 11;

fn measure(articles: &[Vec<Paragraph>]) -> Result<Value> {
    let classifier = Classifier::embedded();
    let paragraphs: Vec<&str> = articles.iter().flatten().map(|paragraph| &paragraph.text[..]).collect();
    let texts: Vec<String> = articles.iter().map(|article| joined(article)).collect();
    let bytes: usize = paragraphs.iter().map(|text| text.len()).sum();

    let mut scores = || {
        paragraphs.iter().for_each(|text| {
            black_box(classifier.scores(text));
        });
    };
    let mut reading = || {
        texts.iter().for_each(|text| {
            black_box(classifier.read(text));
        });
    };
    let mut language = || {
        paragraphs.iter().for_each(|text| {
            black_box(whichlang::detect_language(text));
        });
    };
    let names = ["scores", "reading", "whichlang"];
    let times = rounds(&mut [&mut scores, &mut reading, &mut language])?;
    let rows: Vec<Value> =
        names.iter().zip(times).map(|(name, seconds)| json!({ "name": name, "seconds": seconds })).collect();
    Ok(json!({ "paragraphs": paragraphs.len(), "bytes": bytes, "rows": rows, "growth": growth(&texts)? }))
}

fn joined(article: &[Paragraph]) -> String {
    article.iter().map(|paragraph| &paragraph.text[..]).collect::<Vec<_>>().join("\n\n")
}

/// Median seconds of each contender, after one round that warms it up.
fn rounds(contenders: &mut [&mut dyn FnMut()]) -> Result<Vec<f64>> {
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..=ROUNDS {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let before = processor_seconds()?;
            contender();
            if round > 0 {
                times.push(processor_seconds()? - before);
            }
        }
    }
    times.iter_mut().for_each(|times| times.sort_by(f64::total_cmp));
    Ok(times.into_iter().map(|times| times[ROUNDS / 2]).collect())
}

/// One text of so many megabytes (a million bytes), read as a whole: seconds.
fn growth(texts: &[String]) -> Result<Vec<Value>> {
    let classifier = Classifier::embedded();
    let mut rows = Vec::new();
    for megabytes in [1, 10, 100] {
        let mut long = String::new();
        for text in texts.iter().cycle() {
            long.push_str(text);
            long.push_str("\n\n");
            if long.len() >= megabytes * 1_000_000 {
                break;
            }
        }
        let before = processor_seconds()?;
        let paragraphs = black_box(classifier.read(&long)).paragraphs.len();
        let seconds = processor_seconds()? - before;
        rows.push(json!({ "bytes": long.len(), "paragraphs": paragraphs, "seconds": seconds }));
    }
    Ok(rows)
}

/// How long this thread has run on a processor.
fn processor_seconds() -> Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").context("the bench runs on Linux alone")?;
    let nanoseconds: f64 = text.split_ascii_whitespace().next().context("schedstat is empty")?.parse()?;
    Ok(nanoseconds / 1e9)
}
