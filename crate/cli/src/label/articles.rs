//! Whole articles: a file each, or a line each.

use std::fs::File;
use std::io::{BufRead, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use anyhow::{Context, Result, anyhow, ensure};
use leitmotif::Classifier;
use rayon::prelude::*;

use super::answer::{Format, Printer};
use super::first_line::{self, Told};
use super::inputs::{Inputs, Shape};
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
    /// Read already, where it comes from a pipe.
    Whole { name: String, html: bool, bytes: Vec<u8> },
    /// A line `{"id", "text"}` of a file.
    Line { file: Arc<str>, number: u64, line: Vec<u8> },
    /// Nothing to label.
    Complaint(Complaint),
}

impl Piece {
    fn size(&self) -> u64 {
        match self {
            Piece::File { size, .. } => *size,
            Piece::Whole { bytes, .. } => bytes.len() as u64,
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
            Some(shape @ (Shape::Text | Shape::Html)) if !input.is_standard() => batch.push(Piece::File {
                path: input.path.clone(),
                html: shape == Shape::Html,
                size: input.size,
            }),
            shape => match input.open() {
                Ok(opened) => read_opened(&input.name(), opened, shape, &mut batch),
                Err(problem) => batch.fail(format!("cannot read {}: {problem}", input.name())),
            },
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

    fn fail(&mut self, text: String) -> Option<()> {
        self.push(Piece::Complaint(Complaint::failure(text)))
    }

    fn give(&mut self) -> Option<()> {
        self.size = 0;
        self.give.send(std::mem::take(&mut self.pieces)).ok()
    }
}

/// Lines, or one article, of an input that can be opened once.
fn read_opened(name: &str, mut opened: impl BufRead, shape: Option<Shape>, batch: &mut Batch) -> Option<()> {
    if shape == Some(Shape::Lines) {
        return read_lines(name, opened, batch);
    }
    let mut bytes = Vec::new();
    if shape.is_none() {
        match first_line::take(&mut opened, LONGEST + 1) {
            Ok(taken) => bytes = taken,
            Err(problem) => return batch.fail(format!("cannot read {name}: {problem}")),
        }
        match first_line::told(&bytes) {
            Told::Lines => {
                batch.push(Piece::Complaint(Complaint::remark(format!(
                    "{name}: the first line is an article such as {{\"id\": …, \"text\": …}}: read as an article a line (--input jsonl \
                     says so beforehand, --input text makes one article of it all)"
                ))))?;
                return read_lines(name, Cursor::new(bytes).chain(opened), batch);
            }
            Told::Json => batch.push(Piece::Complaint(Complaint::remark(format!(
                "{name}: the first line is JSON, but no article such as {{\"id\": …, \"text\": …}}: read as one article of text \
                 (--input jsonl reads an article a line)"
            ))))?,
            Told::Text => {}
        }
    }
    let left = LONGEST + 1 - bytes.len() as u64;
    match opened.take(left).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LONGEST => batch.fail(format!("{name} {}", too_large())),
        Ok(_) => batch.push(Piece::Whole { name: name.to_owned(), html: shape == Some(Shape::Html), bytes }),
        Err(problem) => batch.fail(format!("cannot read {name}: {problem}")),
    }
}

fn read_lines(name: &str, opened: impl BufRead, batch: &mut Batch) -> Option<()> {
    let file: Arc<str> = name.into();
    let mut lines = Lines::new(opened);
    loop {
        match lines.next(lines::LONGEST) {
            Ok(Some((_, Line::Whole(line)))) if line.trim_ascii().is_empty() => {}
            Ok(Some((number, Line::Whole(line)))) => {
                batch.push(Piece::Line { file: Arc::clone(&file), number, line })?;
            }
            Ok(Some((number, Line::TooLong))) => {
                batch.fail(format!("{name}, line {number}: {}", too_long()))?
            }
            Ok(None) => return Some(()),
            Err(problem) => return batch.fail(format!("cannot read on in {name}: {problem}")),
        }
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
    let (place, paragraphs) = match piece {
        Piece::Complaint(complaint) => {
            return Answered { complaints: vec![complaint], ..Answered::default() };
        }
        Piece::Line { file, number, line } => {
            let place = format!("{file}, line {number}");
            let paragraphs = row::article(&line)
                .and_then(|(id, text)| {
                    let name = id.name().unwrap_or_else(|| format!("{file}:{number}"));
                    printer.article(&name, &classifier.read(&text))
                })
                .with_context(|| place.clone());
            (place, paragraphs)
        }
        Piece::Whole { name, html, bytes } => {
            let paragraphs = whole(&mut printer, &name, html, bytes, classifier);
            (name, paragraphs)
        }
        Piece::File { path, html, size } => {
            let name = path.display().to_string();
            let paragraphs =
                file(&path, size).and_then(|bytes| whole(&mut printer, &name, html, bytes, classifier));
            (name, paragraphs)
        }
    };
    match paragraphs {
        Ok(paragraphs) => {
            let nothing = || Complaint::remark(format!("{place}: there is no text in it, so no paragraph"));
            let complaints = if paragraphs == 0 { vec![nothing()] } else { Vec::new() };
            Answered { bytes: printer.bytes, items: 1, complaints, size }
        }
        Err(problem) => {
            let complaints = vec![Complaint::failure(format!("{problem:#}"))];
            Answered { complaints, size, ..Answered::default() }
        }
    }
}

/// One article of text or of HTML; gives the number of its paragraphs.
fn whole(
    printer: &mut Printer,
    name: &str,
    html: bool,
    bytes: Vec<u8>,
    classifier: &Classifier,
) -> Result<usize> {
    let text = String::from_utf8(bytes).map_err(|problem| {
        let at = problem.utf8_error().valid_up_to();
        anyhow!("{name} is not UTF-8 (byte {at}): convert it first, for example with iconv")
    })?;
    if html {
        let article = html::article(&text).with_context(|| format!("cannot read {name}"))?;
        printer.article(name, &classifier.read_article(article))
    } else {
        // A byte order mark says how the bytes are to be read, and is no part of the text.
        printer.article(name, &classifier.read(text.strip_prefix('\u{feff}').unwrap_or(&text)))
    }
}

fn file(path: &Path, size: u64) -> Result<Vec<u8>> {
    let name = path.display();
    ensure!(size <= LONGEST, "{name} {}", too_large());
    let mut bytes = Vec::with_capacity(size as usize);
    // The size of a pipe is not known, and a file may grow.
    File::open(path)
        .and_then(|opened| opened.take(LONGEST + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {name}"))?;
    ensure!(bytes.len() as u64 <= LONGEST, "{name} {}", too_large());
    Ok(bytes)
}

fn too_large() -> String {
    let most = LONGEST / 1_000_000;
    format!(
        "has more than {most} MB, too much for one article: cut it, or give articles as lines of a .jsonl file"
    )
}
