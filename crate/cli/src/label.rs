//! `leitmotif label`: themes of texts, from one file to whole corpora.
//!
//! One thread reads (`inputs`, `lines`, `rows`), all processors label (rayon), one writes (`output`): in the order of the
//! input, whatever the number of threads. What is being read, labelled and written at one time is a few megabytes.

mod answer;
mod apart;
mod articles;
mod first_line;
mod inputs;
mod lines;
mod output;
mod paragraphs;
mod progress;
mod row;
mod unfinished;

use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::{Context, Result, bail};
use clap::Args;
use leitmotif::Classifier;

pub(crate) use answer::Format;
use inputs::{Inputs, Shape};
use output::Output;
use progress::Progress;

use crate::console::say;

/// What comes out, what it refers to, and how it ends.
pub(crate) const SHAPES: &str = "\
JSON lines of articles (--format jsonl), one a paragraph:
  {\"doc\", \"pos\", \"start\", \"end\", \"themes\", \"unsure\", \"certainty\", \"kind\", \"probability\", \"text\"}
  doc         the file's name, \"-\" for standard input, or the \"id\" of the line; FILE:LINE where it has none
  pos         number of the paragraph, from 0
  start, end  bytes of UTF-8 in the article's text as it was read: of a text file without its byte order mark, of an HTML page
              the text that a browser shows, of a line its \"text\"
JSON lines of rows (--paragraphs), one a row, the id as it came:
  {\"id\", \"themes\", \"unsure\", \"certainty\", \"kind\", \"probability\"}
CSV: doc, pos, kind, themes, certainty, p_THEME for each theme, text; with --paragraphs the id before these.

An article is held whole: at most 200 MB in a file, 100 MB in a line; while it is read it takes several times its size in
memory, the more the shorter its paragraphs are. Files of many lines stream.

Exit status: 0 all went well; 1 nothing could be done; 2 some inputs or lines failed, the others were labelled. Ended by Ctrl-C
or SIGTERM (130 or 143 in a shell), it leaves no unfinished file behind.";

/// What to label, and how to say it.
#[derive(Args)]
pub(crate) struct Request {
    /// Files and folders; "-" is standard input. A line of a .jsonl file is {"id", "text"}, whatever else stands there. Folders
    /// are searched for .txt, .md, .html and .jsonl files, in the order of their names.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The inputs are .jsonl files of paragraphs already split: {"id", "doc", "pos", "text"} a line. Rows of a document
    /// stand together, in any order; "doc", a text or a number, and "pos" may be left out; where "pos" jumps, no neighbour is
    /// assumed, and a row with "single": true is read alone. Rows that stand apart from the others of their document may be
    /// read without them; where they were, it is said, with document and lines. A document does not go on in another file.
    #[arg(long)]
    paragraphs: bool,
    /// What standard input holds, and files whose ending does not tell [default: the first line tells: an object with a text
    /// "text" is the first of .jsonl, anything else is text].
    #[arg(long, value_enum, value_name = "SHAPE")]
    input: Option<Shape>,
    /// The shape of the output [default: table; jsonl with --paragraphs].
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output. It appears when it is whole; links are followed, pipes and devices are
    /// written into.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Another model than the one inside.
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// How many threads label, 1 to 256; the output is the same for any number [default: one for each processor].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// Something to tell whoever runs the command.
#[derive(Debug, PartialEq, Eq)]
struct Complaint {
    text: String,
    /// Whether something went without an answer.
    failed: bool,
}

impl Complaint {
    fn failure(text: String) -> Self {
        Complaint { text, failed: true }
    }

    /// Answered all the same, though perhaps not as meant.
    fn remark(text: String) -> Self {
        Complaint { text, failed: false }
    }
}

/// A piece of the input, labelled.
#[derive(Default)]
struct Answered {
    /// Ready to be written.
    bytes: Vec<u8>,
    /// Articles, or rows.
    items: usize,
    complaints: Vec<Complaint>,
    /// How much input it was.
    size: u64,
}

/// How a run went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Articles or rows that were answered.
    pub(crate) answered: usize,
    /// Inputs or lines that were not; each was reported.
    pub(crate) failures: usize,
}

/// Labels what the request names.
///
/// # Errors
/// When the output cannot be written. What cannot be read or labelled is reported, and the rest goes on.
pub(crate) fn run(request: &Request, classifier: &Classifier) -> Result<Outcome> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(request.threads.unwrap_or(0).into()).build()?;
    if let (true, Some(Shape::Text | Shape::Html)) = (request.paragraphs, request.input) {
        bail!("--paragraphs reads JSON lines: --input can only be jsonl with it");
    }
    let inputs = Inputs::gather(&request.inputs, request.paragraphs, request.input);
    inputs.refuse_output(request.output.as_deref())?;
    let format = request.format.unwrap_or(if request.paragraphs { Format::Jsonl } else { Format::Table });
    let mut session = Session {
        output: Output::open(request.output.as_deref())?,
        progress: Progress::new(inputs.size(), request.output.is_some()),
        outcome: Outcome::default(),
    };
    session.output.write_all(&answer::head(format, request.paragraphs, classifier)?).context(NOT_WRITTEN)?;
    for complaint in &inputs.complaints {
        session.hear(complaint);
    }
    threads.install(|| {
        if request.paragraphs {
            let read = |give: &SyncSender<_>| paragraphs::read(&inputs, give);
            session.pipeline(read, |window| vec![paragraphs::label(window, format, classifier)])
        } else {
            let read = |give: &SyncSender<_>| articles::read(&inputs, give);
            session.pipeline(read, |batch| articles::label(batch, format, classifier))
        }
    })?;
    session.finish(&inputs, if request.paragraphs { "rows" } else { "articles" })
}

const NOT_WRITTEN: &str = "cannot write the output";

struct Session {
    output: Output,
    progress: Progress,
    outcome: Outcome,
}

impl Session {
    /// Runs `read` in a thread of its own, which gives batches; labels each and writes it before the next.
    fn pipeline<B: Send>(
        &mut self,
        read: impl FnOnce(&SyncSender<B>) + Send,
        label: impl Fn(B) -> Vec<Answered>,
    ) -> Result<()> {
        thread::scope(|scope| {
            // One batch waits while another is labelled.
            let (give, batches) = sync_channel(1);
            scope.spawn(move || read(&give));
            for batch in batches {
                for answered in label(batch) {
                    self.output.write_all(&answered.bytes).context(NOT_WRITTEN)?;
                    self.outcome.answered += answered.items;
                    answered.complaints.iter().for_each(|complaint| self.hear(complaint));
                    self.progress.advance(answered.size, answered.items);
                }
                // Whoever reads along gets whole lines.
                self.output.flush().context(NOT_WRITTEN)?;
            }
            Ok(())
        })
    }

    fn hear(&mut self, complaint: &Complaint) {
        self.outcome.failures += usize::from(complaint.failed);
        self.progress.say(&format!("leitmotif: {}", complaint.text));
    }

    fn finish(self, inputs: &Inputs, items: &str) -> Result<Outcome> {
        let Session { output, progress, outcome } = self;
        output.finish().context(NOT_WRITTEN)?;
        progress.finish();
        if outcome.failures > 0 || !inputs.left_out.is_empty() {
            say(&format!("leitmotif: {} {items} labelled, {} failed", outcome.answered, outcome.failures));
        }
        if !inputs.left_out.is_empty() {
            let kinds = inputs.left_out.iter().map(|(kind, count)| format!("{kind} {count}"));
            say(&format!(
                "leitmotif: files of other kinds were left out: {}",
                kinds.collect::<Vec<_>>().join(", ")
            ));
        }
        Ok(outcome)
    }
}
