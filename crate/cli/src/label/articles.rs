//! Whole articles: a file each, or a line each.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use anyhow::{Context, Result, bail, ensure};
use leitmotif::Classifier;
use rayon::prelude::*;

use super::answer::{Format, Printer};
use super::inputs::{Input, Inputs, Shape};
use super::lines::{self, Line, Lines};
use super::row;
use super::{Answered, Complaint};
use crate::html;

/// A batch is labelled when it has this many bytes, or articles.
const BATCH_SIZE: u64 = 1 << 20;
const BATCH_LENGTH: usize = 4096;

/// Longer articles are refused: a text takes some thirty times its size while it is read.
const LONGEST: u64 = 200_000_000;

/// An article, on its way to being labelled.
pub(super) enum Piece {
    /// Read by the thread that labels it.
    File { path: PathBuf, html: bool, size: u64 },
    /// Standard input.
    Text(Vec<u8>),
    /// A line `{"id", "text"}` of a file.
    Line { file: Arc<str>, number: u64, line: Vec<u8> },
    /// Nothing to label.
    Complaint(Complaint),
}

impl Piece {
    fn size(&self) -> u64 {
        match self {
            Piece::File { size, .. } => *size,
            Piece::Text(text) => text.len() as u64,
            // Its end counts too.
            Piece::Line { line, .. } => line.len() as u64 + 1,
            Piece::Complaint(_) => 0,
        }
    }
}

/// Reads inputs and gives batches of articles; ends early where nobody takes them any more.
pub(super) fn read(inputs: &Inputs, give: &SyncSender<Vec<Piece>>) {
    let mut batch = Batch { pieces: Vec::new(), size: 0, give };
    for input in &inputs.list {
        let taken = match input.shape {
            Shape::Lines => read_lines(input, &mut batch),
            _ if input.is_standard() => batch.push(match standard_input() {
                Ok(bytes) => Piece::Text(bytes),
                Err(problem) => Piece::Complaint(Complaint::failure(format!("{problem:#}"))),
            }),
            shape => batch.push(Piece::File {
                path: input.path.clone(),
                html: shape == Shape::Html,
                size: input.size,
            }),
        };
        if taken.is_none() {
            return;
        }
    }
    let _ = batch.give();
}

struct Batch<'g> {
    pieces: Vec<Piece>,
    size: u64,
    give: &'g SyncSender<Vec<Piece>>,
}

impl Batch<'_> {
    /// `None` where nobody takes batches any more.
    fn push(&mut self, piece: Piece) -> Option<()> {
        self.size += piece.size();
        self.pieces.push(piece);
        if self.size < BATCH_SIZE && self.pieces.len() < BATCH_LENGTH { Some(()) } else { self.give() }
    }

    fn give(&mut self) -> Option<()> {
        self.size = 0;
        self.give.send(std::mem::take(&mut self.pieces)).ok()
    }
}

fn read_lines(input: &Input, batch: &mut Batch) -> Option<()> {
    let name = input.name();
    let file: Arc<str> = name.clone().into();
    let mut lines = match File::open(&input.path) {
        Ok(opened) => Lines::new(BufReader::new(opened)),
        Err(problem) => {
            let text = format!("cannot read {name}: {problem}");
            return batch.push(Piece::Complaint(Complaint::failure(text)));
        }
    };
    loop {
        batch.push(match lines.next(lines::LONGEST) {
            Ok(Some((_, Line::Whole(line)))) if line.trim_ascii().is_empty() => continue,
            Ok(Some((number, Line::Whole(line)))) => Piece::Line { file: Arc::clone(&file), number, line },
            Ok(Some((number, Line::TooLong))) => {
                Piece::Complaint(Complaint::failure(format!("{name}, line {number}: {}", too_long())))
            }
            Ok(None) => return Some(()),
            Err(problem) => {
                let text = format!("cannot read on in {name}: {problem}");
                return batch.push(Piece::Complaint(Complaint::failure(text)));
            }
        })?;
    }
}

pub(super) fn too_long() -> String {
    format!("longer than {} MB: passed over", lines::LONGEST / 1_000_000)
}

/// Labels a batch on all threads; the answers come in its order.
pub(super) fn label(batch: Vec<Piece>, format: Format, classifier: &Classifier) -> Vec<Answered> {
    batch.into_par_iter().map(|piece| answer(piece, format, classifier)).collect()
}

fn answer(piece: Piece, format: Format, classifier: &Classifier) -> Answered {
    let size = piece.size();
    let mut printer = Printer::new(format, classifier);
    let outcome = match piece {
        Piece::Complaint(complaint) => {
            return Answered { complaints: vec![complaint], ..Answered::default() };
        }
        Piece::Line { file, number, line } => row::article(&line)
            .and_then(|(id, text)| {
                let name = id.name().unwrap_or_else(|| format!("{file}:{number}"));
                printer.article(&name, &classifier.read(&text))
            })
            .with_context(|| format!("{file}, line {number}")),
        Piece::Text(bytes) => {
            text_of(bytes, Path::new("-")).and_then(|text| printer.article("-", &classifier.read(&text)))
        }
        Piece::File { path, html, size } => file(&path, size).and_then(|text| {
            let name = path.display().to_string();
            if html {
                let article = html::article(&text).with_context(|| format!("cannot read {name}"))?;
                printer.article(&name, &classifier.read_article(article))
            } else {
                printer.article(&name, &classifier.read(&text))
            }
        }),
    };
    match outcome {
        Ok(()) => Answered { bytes: printer.bytes, items: 1, complaints: Vec::new(), size },
        Err(problem) => {
            let complaints = vec![Complaint::failure(format!("{problem:#}"))];
            Answered { complaints, size, ..Answered::default() }
        }
    }
}

fn standard_input() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes).context("cannot read standard input")?;
    ensure!(bytes.len() as u64 <= LONGEST, "standard input {}", too_large());
    Ok(bytes)
}

fn file(path: &Path, size: u64) -> Result<String> {
    ensure!(size <= LONGEST, "{} {}", path.display(), too_large());
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    text_of(bytes, path)
}

fn too_large() -> String {
    let most = LONGEST / 1_000_000;
    format!(
        "has more than {most} MB, too much for one article: cut it, or give articles as lines of a .jsonl file"
    )
}

fn text_of(bytes: Vec<u8>, path: &Path) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(problem) => {
            let at = problem.utf8_error().valid_up_to();
            bail!("{} is not UTF-8 (byte {at}): convert it first, for example with iconv", path.display())
        }
    }
}
