//! `leitmotif label` on corpora as large as one asks for: how fast, and how much memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::project::{Project, create, list, read};
use crate::run::{cargo, command, run, say};

/// Most memory that a corpus in lines may take, in megabytes, however large it is.
const MOST: u64 = 300;

/// One article as long as this is still to be read, in megabytes.
const LONGEST_ARTICLE: usize = 100;

/// A corpus made of the written articles, over and over.
struct Corpus {
    name: &'static str,
    /// Arguments of `leitmotif label` beside the file.
    arguments: &'static [&'static str],
    megabytes: usize,
    /// Whether memory must not grow with it.
    flat: bool,
    file: &'static str,
    write: fn(&[Vec<String>], usize) -> String,
}

/// Labels corpora of 1, 10, 100 … up to `megabytes` MB, prints a table, and holds the memory against its bound.
///
/// # Errors
/// When something cannot be built, written or labelled, or takes too much memory.
pub(crate) fn measure(project: &Project, megabytes: usize) -> Result<bool> {
    ensure!(
        Path::new("/proc/self/status").exists(),
        "no /proc here: nothing tells how much memory a process takes"
    );
    let build = ["build", "--release", "-p", "leitmotif-cli"];
    run("building the command line", cargo().current_dir(project.root()).args(build))?;
    let articles = articles(&project.root().join("seeds/written"))?;
    let folder = project.target("corpora");
    create(&folder)?;
    println!("{:<22}{:>8}{:>10}{:>8}{:>12}", "corpus", "MB", "seconds", "MB/s", "MB resident");
    let mut held = true;
    for corpus in corpora(megabytes) {
        let path = folder.join(corpus.file);
        write_corpus(&path, &corpus, &articles)?;
        let (seconds, peak) = label(project, &corpus, &path, &folder.join("labels.jsonl"))?;
        let speed = corpus.megabytes as f64 / seconds;
        println!("{:<22}{:>8}{seconds:>10.1}{speed:>8.2}{peak:>12}", corpus.name, corpus.megabytes);
        if corpus.flat && peak > MOST {
            say(&format!("{peak} MB resident: more than the {MOST} MB that a corpus may take"));
            held = false;
        }
    }
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    Ok(held)
}

fn corpora(megabytes: usize) -> Vec<Corpus> {
    let mut sizes: Vec<usize> =
        std::iter::successors(Some(1), |size| Some(size * 10)).take_while(|size| *size < megabytes).collect();
    sizes.push(megabytes);
    let mut corpora = Vec::new();
    for megabytes in sizes {
        let text: fn(&[Vec<String>], usize) -> String = |all, n| all[n % all.len()].join("\n\n") + "\n\n";
        if megabytes <= LONGEST_ARTICLE {
            let (name, file) = ("one article", "article.txt");
            let arguments = &["--format", "jsonl"];
            corpora.push(Corpus { name, arguments, megabytes, flat: false, file, write: text });
        }
        corpora.push(Corpus {
            name: "articles, a line each",
            arguments: &["--format", "jsonl"],
            megabytes,
            flat: true,
            file: "articles.jsonl",
            write: |all, n| format!("{}\n", json!({ "id": n, "text": all[n % all.len()].join("\n\n") })),
        });
        corpora.push(Corpus {
            name: "paragraphs",
            arguments: &["--paragraphs"],
            megabytes,
            flat: true,
            file: "paragraphs.jsonl",
            write: |all, n| {
                let row = |(pos, text): (usize, &String)| {
                    format!(
                        "{}\n",
                        json!({ "id": format!("{n}-{pos}"), "doc": n.to_string(), "pos": pos, "text": text })
                    )
                };
                all[n % all.len()].iter().enumerate().map(row).collect()
            },
        });
    }
    corpora
}

/// The written articles as paragraphs.
fn articles(folder: &Path) -> Result<Vec<Vec<String>>> {
    let mut articles = Vec::new();
    for file in
        list(folder)?.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl"))
    {
        let lines =
            String::from_utf8(read(&file)?).with_context(|| format!("{} is not UTF-8", file.display()))?;
        for line in lines.lines() {
            let article: Value =
                serde_json::from_str(line).with_context(|| format!("in {}", file.display()))?;
            let paragraphs = article["paragraphs"].as_array().into_iter().flatten();
            articles.push(paragraphs.filter_map(|row| row["text"].as_str()).map(str::to_owned).collect());
        }
    }
    ensure!(!articles.is_empty(), "{} holds no articles", folder.display());
    Ok(articles)
}

fn write_corpus(path: &Path, corpus: &Corpus, articles: &[Vec<String>]) -> Result<()> {
    let context = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create(path).with_context(context)?);
    let (mut size, mut number) = (0, 0);
    while size < corpus.megabytes * 1_000_000 {
        let piece = (corpus.write)(articles, number);
        file.write_all(piece.as_bytes()).with_context(context)?;
        size += piece.len();
        number += 1;
    }
    file.flush().with_context(context)
}

/// Seconds, and megabytes resident at most.
fn label(project: &Project, corpus: &Corpus, path: &PathBuf, output: &Path) -> Result<(f64, u64)> {
    let started = Instant::now();
    let mut child = command(project.target("release/leitmotif"))
        .arg("label")
        .args(corpus.arguments)
        .arg("--output")
        .arg(output)
        .arg(path)
        .spawn()
        .context("cannot start leitmotif")?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("leitmotif label failed on {}: {status}", path.display());
            }
            return Ok((started.elapsed().as_secs_f64(), peak / 1000));
        }
        peak = peak.max(high_water(&fs::read_to_string(&status).unwrap_or_default()).unwrap_or(0));
        thread::sleep(Duration::from_millis(20));
    }
}

/// Kilobytes resident at most, as the kernel tells of a process.
fn high_water(status: &str) -> Option<u64> {
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read() {
        assert_eq!(high_water("Name:\tx\nVmHWM:\t   12345 kB\nVmRSS:\t 9 kB\n"), Some(12345));
        assert_eq!(high_water("Name:\tx\n"), None);
    }

    #[test]
    fn sizes_grow_by_ten_up_to_what_is_asked_for() {
        let sizes = |megabytes| {
            let mut sizes: Vec<_> = corpora(megabytes).iter().map(|corpus| corpus.megabytes).collect();
            sizes.dedup();
            sizes
        };
        assert_eq!(sizes(1000), [1, 10, 100, 1000]);
        assert_eq!(sizes(5), [1, 5]);
        assert_eq!(sizes(1), [1]);
    }

    #[test]
    fn every_corpus_is_written_in_the_form_that_it_is_read_in() {
        let articles = [vec!["One \"a\".".to_owned(), "Two.".to_owned()]];
        for corpus in corpora(1) {
            let piece = (corpus.write)(&articles, 7);
            assert!(piece.ends_with('\n') && piece.contains("Two."), "{piece}");
            if corpus.file.ends_with(".jsonl") {
                let rows: Vec<Value> =
                    piece.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                assert!(rows.iter().all(|row| row["text"].is_string()), "{piece}");
            }
        }
    }
}
