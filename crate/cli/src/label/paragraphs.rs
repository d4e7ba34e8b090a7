//! Paragraphs that were split elsewhere, a row a line: read together with the other rows of their document.

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::mpsc::SyncSender;

use leitmotif::{Classifier, ParagraphReading};
use rayon::prelude::*;

use super::answer::{Format, Printer};
use super::apart::Documents;
use super::articles::too_long;
use super::inputs::Inputs;
use super::lines::{self, Line, Lines};
use super::row::{self, Row};
use super::{Answered, Complaint};
use crate::rows::{self, Placed};

/// So many bytes of lines are read together, and as many more as their last document goes on. Within them the rows of a
/// document may stand anywhere; [`Documents`] tells where some stand further away.
const WINDOW: usize = 1 << 20;

/// A document that goes on for longer is read in parts.
const LONGEST_DOCUMENT: usize = 32 << 20;

/// So many complaints are held back at most.
const MOST_COMPLAINTS: usize = 1000;

/// Rows that are read together.
#[derive(Default)]
pub(super) struct Window {
    file: String,
    rows: Vec<Row>,
    /// The line of each row.
    numbers: Vec<u64>,
    complaints: Vec<Complaint>,
    size: usize,
}

/// Reads inputs and gives windows; ends early where nobody takes them any more.
pub(super) fn read(inputs: &Inputs, give: &SyncSender<Window>) {
    for input in &inputs.list {
        let name = input.name();
        let taken = match input.open() {
            Ok(opened) => read_rows(&name, Lines::new(opened), give),
            Err(problem) => give_failure(give, format!("cannot read {name}: {problem}")),
        };
        if taken.is_none() {
            return;
        }
    }
}

fn give_failure(give: &SyncSender<Window>, text: String) -> Option<()> {
    let complaints = vec![Complaint::failure(text)];
    give.send(Window { complaints, ..Window::default() }).ok()
}

/// `None` where nobody takes windows any more.
fn read_rows(name: &str, mut lines: Lines<impl BufRead>, give: &SyncSender<Window>) -> Option<()> {
    let new = || Window { file: name.to_owned(), ..Window::default() };
    let mut window = new();
    let mut documents = Documents::default();
    loop {
        let (number, line) = match lines.next(lines::LONGEST) {
            Ok(Some(line)) => line,
            Ok(None) => {
                window.complaints.extend(documents.rest(name));
                return give.send(window).ok();
            }
            Err(problem) => {
                window.complaints.push(Complaint::failure(format!("cannot read on in {name}: {problem}")));
                return give.send(window).ok();
            }
        };
        let (row, size) = match line {
            Line::Whole(line) if line.trim_ascii().is_empty() => continue,
            Line::Whole(line) => (row::row(&line).map_err(|problem| format!("{problem:#}")), line.len() + 1),
            Line::TooLong => (Err(too_long()), 0),
        };
        match row {
            Ok(row) => {
                let mut cut = false;
                if window.size >= WINDOW && !window.goes_on(&row, number) {
                    cut = window.ends_with(&row);
                    give.send(std::mem::replace(&mut window, new())).ok()?;
                    documents.next_window();
                }
                if let (Some(doc), false) = (row.doc(), row.single()) {
                    window.complaints.extend(documents.meet(name, doc, number, cut));
                }
                window.rows.push(row);
                window.numbers.push(number);
            }
            Err(problem) => {
                window.complaints.push(Complaint::failure(format!("{name}, line {number}: {problem}")))
            }
        }
        window.size += size;
        // Told as they come: a file of nothing else must not be held. The rows stay together.
        if window.complaints.len() >= MOST_COMPLAINTS {
            let complaints = std::mem::take(&mut window.complaints);
            give.send(Window { complaints, ..Window::default() }).ok()?;
        }
    }
}

impl Window {
    /// Whether a row belongs to the document of the last one, and that one is not too long already.
    fn goes_on(&mut self, row: &Row, number: u64) -> bool {
        if !self.ends_with(row) {
            return false;
        }
        if self.size >= LONGEST_DOCUMENT {
            let (doc, most) = (row.doc().unwrap_or_default(), LONGEST_DOCUMENT >> 20);
            self.complaints.push(Complaint::remark(format!(
                "{}, line {number}: document {doc:?} goes on for more than {most} MB: read in parts, here begins another",
                self.file
            )));
            return false;
        }
        true
    }

    /// Whether a row belongs to the document of the last one.
    fn ends_with(&self, row: &Row) -> bool {
        let same =
            |last: &Row| last.doc().is_some() && last.doc() == row.doc() && !last.single() && !row.single();
        self.rows.last().is_some_and(same)
    }

    /// Rows of a document that claim the same position: then their neighbours are not known.
    fn doubles(&self) -> Vec<Complaint> {
        let mut first: HashMap<(&str, u32), u64> = HashMap::new();
        let mut doubles = Vec::new();
        for (row, number) in self.rows.iter().zip(&self.numbers) {
            let (Some(doc), Some(pos), false) = (row.doc(), row.pos(), row.single()) else { continue };
            if let Some(before) = first.insert((doc, pos), *number) {
                doubles.push(Complaint::remark(format!(
                    "{}, line {number}: document {doc:?} has position {pos} in line {before} too",
                    self.file
                )));
            }
        }
        doubles
    }
}

/// Labels the rows of a window on all threads, one answer a row, in their order.
pub(super) fn label(mut window: Window, format: Format, classifier: &Classifier) -> Answered {
    let doubles = window.doubles();
    window.complaints.extend(doubles);
    let rows = &window.rows;
    let groups = rows::documents(rows);
    let read: Vec<_> =
        groups.par_iter().map(|group| rows::read(classifier, rows, group).paragraphs).collect();
    let mut answers: Vec<Option<ParagraphReading>> = vec![None; rows.len()];
    for (group, paragraphs) in groups.iter().zip(read) {
        for (index, paragraph) in group.rows.iter().zip(paragraphs) {
            answers[*index] = Some(paragraph);
        }
    }
    let parts: Vec<_> = rows
        .par_chunks(256)
        .zip(answers.par_chunks(256))
        .map(|(rows, answers)| {
            let mut printer = Printer::new(format, classifier);
            let mut lines = rows.iter().zip(answers.iter().flatten());
            lines.try_for_each(|(row, read)| printer.row(row, read)).map(|()| printer.bytes)
        })
        .collect();
    let mut answered = Answered { items: rows.len(), size: window.size as u64, ..Answered::default() };
    for part in parts {
        match part {
            Ok(bytes) => answered.bytes.extend(bytes),
            Err(problem) => {
                window.complaints.push(Complaint::failure(format!("{}: {problem:#}", window.file)))
            }
        }
    }
    answered.complaints = window.complaints;
    answered
}
