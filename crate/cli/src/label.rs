//! `leitmotif label`: themes of texts, as a table, JSON lines or CSV.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::{fs, mem};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use leitmotif::{Certainty, Classifier, ParagraphReading, Reading};
use serde_json::{Map, Value, json};

use crate::html;
use crate::rows::{self, Row};

/// The shapes of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading in a terminal: texts are cut to the width.
    Table,
    /// One JSON object a line, nothing cut.
    Jsonl,
    /// Comma-separated, one row a paragraph, nothing cut.
    Csv,
}

/// What the inputs gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Inputs or lines that could not be read; each was reported.
    pub(crate) failures: usize,
}

/// A paragraph's answer, whatever it came from.
struct Answer<'a> {
    doc: &'a str,
    text: &'a str,
    read: &'a ParagraphReading,
}

/// Labels whole articles: text files, `.html` files, or `.jsonl` files with an article `{"id", "text"}` a line; `-` is
/// standard input as text. Markdown is text.
pub(crate) fn articles(inputs: &[PathBuf], format: Format, classifier: &Classifier) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut printer = Printer::new(format, classifier)?;
    for input in inputs {
        let name = input.display().to_string();
        let extension = input.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match &extension.to_ascii_lowercase()[..] {
            "html" | "htm" | "xhtml" => match text_of(input) {
                Ok(text) => printer.article(&name, &classifier.read_article(html::article(&text)))?,
                Err(problem) => outcome.report(&format!("{problem:#}")),
            },
            "jsonl" | "ndjson" => {
                for (number, line) in lines(input)?.enumerate() {
                    let line = line.with_context(|| format!("cannot read {name}"))?;
                    if line.trim().is_empty() {
                        continue;
                    }
                    match rows::parse(&line) {
                        Ok(row) => {
                            let id = match &row.id {
                                Value::Null => format!("{name}:{}", number + 1),
                                Value::String(id) => id.clone(),
                                other => other.to_string(),
                            };
                            printer.article(&id, &classifier.read(&row.text))?;
                        }
                        Err(problem) => outcome.report(&format!("{name}, line {}: {problem:#}", number + 1)),
                    }
                }
            }
            _ => match text_of(input) {
                Ok(text) => printer.article(&name, &classifier.read(&text))?,
                Err(problem) => outcome.report(&format!("{problem:#}")),
            },
        }
    }
    printer.finish()?;
    Ok(outcome)
}

/// Labels pre-split paragraphs, a row `{"id", "doc", "pos", "text"}` a line: one line out for each, in order.
pub(crate) fn paragraphs(inputs: &[PathBuf], format: Format, classifier: &Classifier) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut printer = Printer::new(format, classifier)?;
    for input in inputs {
        let mut rows: Vec<Row> = Vec::new();
        for (number, line) in lines(input)?.enumerate() {
            let line = line.with_context(|| format!("cannot read {}", input.display()))?;
            match rows::parse(&line) {
                _ if line.trim().is_empty() => {}
                Ok(row) => rows.push(row),
                Err(problem) => {
                    outcome.report(&format!("{}, line {}: {problem:#}", input.display(), number + 1))
                }
            }
        }
        let mut answers: Vec<Option<ParagraphReading>> = vec![None; rows.len()];
        for group in rows::documents(&rows) {
            let reading = rows::read(classifier, &rows, &group);
            for (index, read) in group.rows.iter().zip(reading.paragraphs) {
                answers[*index] = Some(read);
            }
        }
        for (row, read) in rows.iter().zip(answers.into_iter().flatten()) {
            printer.row(row, &read)?;
        }
    }
    printer.finish()?;
    Ok(outcome)
}

impl Outcome {
    fn report(&mut self, problem: &str) {
        self.failures += 1;
        eprintln!("leitmotif: {problem}");
    }
}

/// Writes answers in one of the shapes.
struct Printer<'c> {
    format: Format,
    classifier: &'c Classifier,
    out: io::BufWriter<io::Stdout>,
}

impl<'c> Printer<'c> {
    fn new(format: Format, classifier: &'c Classifier) -> Result<Self> {
        let mut printer = Printer { format, classifier, out: io::BufWriter::new(io::stdout()) };
        if format == Format::Csv {
            let fixed = ["doc", "pos", "kind", "themes", "certainty"].map(str::to_owned);
            let themes = classifier.themes().iter().map(|theme| format!("p_{}", theme.id));
            printer.csv(fixed.into_iter().chain(themes).chain(["text".to_owned()]).collect())?;
        }
        Ok(printer)
    }

    fn article(&mut self, name: &str, reading: &Reading) -> Result<()> {
        if self.format == Format::Table {
            writeln!(self.out, "{name}: {} paragraphs", reading.paragraphs.len())?;
        }
        for (index, read) in reading.paragraphs.iter().enumerate() {
            let text = reading.article.paragraph_text(index).unwrap_or_default();
            let answer = Answer { doc: name, text, read };
            match self.format {
                Format::Table => self.table(&answer)?,
                Format::Csv => self.csv_row(&answer)?,
                Format::Jsonl => {
                    let mut line = self.object(read);
                    let place = json!({ "doc": name, "pos": read.pos, "start": read.span.start, "end": read.span.end });
                    let mut whole = into_map(place);
                    whole.append(&mut line);
                    whole.insert("text".to_owned(), text.into());
                    writeln!(self.out, "{}", Value::Object(whole))?;
                }
            }
        }
        if self.format == Format::Table {
            self.profile(reading)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row, read: &ParagraphReading) -> Result<()> {
        let answer = Answer { doc: row.doc.as_deref().unwrap_or_default(), text: &row.text, read };
        match self.format {
            Format::Table => self.table(&answer),
            Format::Csv => self.csv_row(&answer),
            Format::Jsonl => {
                let mut whole = into_map(json!({ "id": row.id }));
                whole.append(&mut self.object(read));
                writeln!(self.out, "{}", Value::Object(whole))?;
                Ok(())
            }
        }
    }

    /// `{"themes", "unsure", "certainty", "kind", "probability"}`.
    fn object(&self, read: &ParagraphReading) -> Map<String, Value> {
        let themes = self.classifier.themes();
        let probability: Map<String, Value> =
            themes.iter().zip(&read.probability).map(|(theme, p)| (theme.id.clone(), json!(p))).collect();
        into_map(json!({
            "themes": read.verdict.themes.iter().map(|theme| &themes[theme].id[..]).collect::<Vec<_>>(),
            "unsure": read.verdict.certainty == Certainty::Unsure,
            "certainty": read.verdict.certainty.as_str(),
            "kind": read.kind.as_str(),
            "probability": probability,
        }))
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
        writeln!(
            self.out,
            "{:>4}  {kind:<9}  {themes:<24}  {certainty:<6}  {strongest:>5.2}  {cut}{more}",
            read.pos
        )?;
        Ok(())
    }

    fn profile(&mut self, reading: &Reading) -> Result<()> {
        let profile = &reading.profile;
        writeln!(self.out, "      share of {} words, furniture left out:", profile.words)?;
        for share in &profile.shares {
            let name = share.theme.map_or("no theme", |theme| &self.classifier.themes()[theme].id);
            let per_cent = 100.0 * share.words;
            writeln!(self.out, "      {name:<14} {per_cent:>4.0} %  {} paragraphs", share.paragraphs)?;
        }
        Ok(())
    }

    fn csv_row(&mut self, answer: &Answer) -> Result<()> {
        let read = answer.read;
        let certainty = read.verdict.certainty.as_str().to_owned();
        let mut cells = vec![answer.doc.to_owned(), read.pos.to_string(), read.kind.as_str().to_owned()];
        cells.extend([self.theme_list(read, " "), certainty]);
        cells.extend(read.probability.iter().map(|p| format!("{p:.6}")));
        cells.push(answer.text.to_owned());
        self.csv(cells)
    }

    fn csv(&mut self, cells: Vec<String>) -> Result<()> {
        let mut writer = csv::Writer::from_writer(&mut self.out);
        writer.write_record(cells)?;
        writer.flush()?;
        Ok(())
    }

    fn theme_list(&self, read: &ParagraphReading, between: &str) -> String {
        let ids = read.verdict.themes.iter().map(|theme| &self.classifier.themes()[theme].id[..]);
        ids.collect::<Vec<_>>().join(between)
    }

    fn finish(mut self) -> Result<()> {
        self.out.flush().context("cannot write to standard output")
    }
}

fn into_map(mut object: Value) -> Map<String, Value> {
    object.as_object_mut().map(mem::take).unwrap_or_default()
}

fn lines(input: &Path) -> Result<impl Iterator<Item = io::Result<String>>> {
    let reader: Box<dyn Read> = if input == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(input).with_context(|| format!("cannot read {}", input.display()))?)
    };
    Ok(BufReader::new(reader).lines())
}

fn text_of(input: &Path) -> Result<String> {
    let bytes = if input == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
        bytes
    } else {
        fs::read(input).with_context(|| format!("cannot read {}", input.display()))?
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(problem) => {
            let at = problem.utf8_error().valid_up_to();
            bail!("{} is not UTF-8 (byte {at}): convert it first, for example with iconv", input.display())
        }
    }
}
