//! Answers in one of the shapes: a table, JSON lines or CSV.

use std::io::Write;

use anyhow::Result;
use clap::ValueEnum;
use leitmotif::{Certainty, Classifier, ParagraphReading, Reading, Theme};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::row::{Id, Row};
use crate::console::visible;
use crate::rows::Placed;

/// The shapes of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading in a terminal: of each text the first 60 characters.
    Table,
    /// One JSON object a line, nothing cut.
    Jsonl,
    /// Comma-separated, one row a paragraph, nothing cut.
    Csv,
}

/// What stands before all answers; those of `--paragraphs` begin with the row's id.
pub(super) fn head(format: Format, paragraphs: bool, classifier: &Classifier) -> Result<Vec<u8>> {
    let mut printer = Printer::new(format, classifier);
    if format == Format::Csv {
        let id = paragraphs.then(|| "id".to_owned());
        let fixed = ["doc", "pos", "kind", "themes", "certainty"].map(str::to_owned);
        let themes = classifier.themes().iter().map(|theme| format!("p_{}", theme.id));
        printer.csv(id.into_iter().chain(fixed).chain(themes).chain(["text".to_owned()]).collect())?;
    }
    Ok(printer.bytes)
}

/// Puts answers together in memory.
pub(super) struct Printer<'c> {
    format: Format,
    classifier: &'c Classifier,
    pub(super) bytes: Vec<u8>,
}

/// A paragraph's answer, whatever it came from.
struct Answer<'a> {
    /// Of a row.
    id: Option<&'a Id>,
    doc: &'a str,
    text: &'a str,
    read: &'a ParagraphReading,
}

/// `{"themes", "unsure", "certainty", "kind", "probability"}` as part of a line.
#[derive(serde::Serialize)]
struct Labels<'a> {
    themes: Vec<&'a str>,
    unsure: bool,
    certainty: &'static str,
    kind: &'static str,
    probability: Probability<'a>,
}

struct Probability<'a> {
    themes: &'a [Theme],
    values: &'a [f64],
}

/// A paragraph of an article, as a line.
#[derive(serde::Serialize)]
struct ParagraphLine<'a> {
    doc: &'a str,
    pos: u32,
    start: usize,
    end: usize,
    #[serde(flatten)]
    labels: Labels<'a>,
    text: &'a str,
}

/// A row's answer, as a line.
#[derive(serde::Serialize)]
struct RowLine<'a> {
    id: &'a Id,
    #[serde(flatten)]
    labels: Labels<'a>,
}

impl Serialize for Probability<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.themes.len()))?;
        for (theme, value) in self.themes.iter().zip(self.values) {
            map.serialize_entry(&theme.id, value)?;
        }
        map.end()
    }
}

impl<'c> Printer<'c> {
    pub(super) fn new(format: Format, classifier: &'c Classifier) -> Self {
        Printer { format, classifier, bytes: Vec::new() }
    }

    /// A whole article; gives the number of its paragraphs.
    pub(super) fn article(&mut self, name: &str, reading: &Reading) -> Result<usize> {
        if self.format == Format::Table {
            let name = visible(name);
            writeln!(self.bytes, "{name}: {} paragraphs", reading.paragraphs.len())?;
        }
        for (index, read) in reading.paragraphs.iter().enumerate() {
            let text = reading.article.paragraph_text(index).unwrap_or_default();
            let answer = Answer { id: None, doc: name, text, read };
            match self.format {
                Format::Table => self.table(&answer)?,
                Format::Csv => self.csv_row(&answer)?,
                Format::Jsonl => {
                    let (start, end) = (read.span.start, read.span.end);
                    let labels = labels(self.classifier, read);
                    self.line(&ParagraphLine { doc: name, pos: read.pos, start, end, labels, text })?;
                }
            }
        }
        if self.format == Format::Table {
            self.profile(reading)?;
        }
        Ok(reading.paragraphs.len())
    }

    /// One paragraph of a document that was split elsewhere.
    pub(super) fn row(&mut self, row: &Row, read: &ParagraphReading) -> Result<()> {
        let answer = Answer { id: Some(&row.id), doc: row.doc().unwrap_or_default(), text: row.text(), read };
        match self.format {
            Format::Table => self.table(&answer),
            Format::Csv => self.csv_row(&answer),
            Format::Jsonl => self.line(&RowLine { id: &row.id, labels: labels(self.classifier, read) }),
        }
    }

    fn line(&mut self, line: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.bytes, line)?;
        self.bytes.push(b'\n');
        Ok(())
    }

    fn table(&mut self, answer: &Answer) -> Result<()> {
        let read = answer.read;
        let strongest = read.probability.iter().copied().fold(0.0, f64::max);
        let first_words: String = answer.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = first_words.chars().take(60).collect();
        let more = if cut.len() < first_words.len() { "…" } else { "" };
        let kind = read.kind.as_str();
        let themes = self.theme_list(read, ", ");
        let themes = if themes.is_empty() { "no theme" } else { &themes };
        let certainty = read.verdict.certainty.as_str();
        if let Some(id) = answer.id {
            write!(self.bytes, "{:<12}  ", visible(&id.name().unwrap_or_default()))?;
        }
        writeln!(
            self.bytes,
            "{:>4}  {kind:<9}  {themes:<24}  {certainty:<6}  {strongest:>5.2}  {}{more}",
            read.pos,
            visible(&cut)
        )?;
        Ok(())
    }

    fn profile(&mut self, reading: &Reading) -> Result<()> {
        let profile = &reading.profile;
        writeln!(self.bytes, "      share of {} words, furniture left out:", profile.words)?;
        for share in &profile.shares {
            let name = share.theme.map_or("no theme", |theme| &self.classifier.themes()[theme].id);
            let per_cent = 100.0 * share.words;
            writeln!(self.bytes, "      {name:<14} {per_cent:>4.0} %  {} paragraphs", share.paragraphs)?;
        }
        Ok(())
    }

    fn csv_row(&mut self, answer: &Answer) -> Result<()> {
        let read = answer.read;
        let certainty = read.verdict.certainty.as_str().to_owned();
        let mut cells: Vec<String> = answer.id.map(|id| id.name().unwrap_or_default()).into_iter().collect();
        cells.extend([answer.doc.to_owned(), read.pos.to_string(), read.kind.as_str().to_owned()]);
        cells.extend([self.theme_list(read, " "), certainty]);
        cells.extend(read.probability.iter().map(|p| format!("{p:.6}")));
        cells.push(answer.text.to_owned());
        self.csv(cells)
    }

    fn csv(&mut self, cells: Vec<String>) -> Result<()> {
        let mut writer = csv::Writer::from_writer(&mut self.bytes);
        writer.write_record(cells)?;
        writer.flush()?;
        Ok(())
    }

    fn theme_list(&self, read: &ParagraphReading, between: &str) -> String {
        let ids = read.verdict.themes.iter().map(|theme| &self.classifier.themes()[theme].id[..]);
        ids.collect::<Vec<_>>().join(between)
    }
}

fn labels<'a>(classifier: &'a Classifier, read: &'a ParagraphReading) -> Labels<'a> {
    let themes = classifier.themes();
    Labels {
        themes: read.verdict.themes.iter().map(|theme| &themes[theme].id[..]).collect(),
        unsure: read.verdict.certainty == Certainty::Unsure,
        certainty: read.verdict.certainty.as_str(),
        kind: read.kind.as_str(),
        probability: Probability { themes, values: &read.probability },
    }
}
