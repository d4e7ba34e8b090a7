//! What there is to read: files as named, folders as found.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use walkdir::WalkDir;

use super::Complaint;

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// One article of text; Markdown is text.
    Text,
    /// One article, as a browser shows it.
    Html,
    /// A JSON object a line.
    #[value(name = "jsonl")]
    Lines,
}

impl Shape {
    /// By the ending of a name.
    fn of(path: &Path) -> Option<Shape> {
        match &ending(path)?[..] {
            "txt" | "md" | "markdown" => Some(Shape::Text),
            "html" | "htm" | "xhtml" => Some(Shape::Html),
            "jsonl" | "ndjson" => Some(Shape::Lines),
            _ => None,
        }
    }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// A file, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    pub(super) path: PathBuf,
    /// `None` where neither name nor request tells.
    pub(super) shape: Option<Shape>,
    /// Bytes; 0 where that is not known.
    pub(super) size: u64,
}

impl Input {
    pub(super) fn is_standard(&self) -> bool {
        self.path == Path::new("-")
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Opened once: a pipe has no second time.
    pub(super) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        if self.is_standard() {
            return Ok(Box::new(io::stdin().lock()));
        }
        Ok(Box::new(BufReader::new(File::open(&self.path)?)))
    }
}

/// Everything that a command line names.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    pub(super) list: Vec<Input>,
    pub(super) complaints: Vec<Complaint>,
    /// Files in folders that nothing here reads: ending and number.
    pub(super) left_out: BTreeMap<String, usize>,
}

impl Inputs {
    /// Files in the order named; those of a folder, and of the folders in it, in the order of their names. With `paragraphs`
    /// a file is lines whatever it is called; `given` is what those hold whose name does not tell.
    pub(super) fn gather(paths: &[PathBuf], paragraphs: bool, given: Option<Shape>) -> Inputs {
        let mut inputs = Inputs::default();
        for path in paths {
            if path == Path::new("-") {
                let shape = if paragraphs { Some(Shape::Lines) } else { given };
                inputs.list.push(Input { path: path.clone(), shape, size: 0 });
                continue;
            }
            match fs::metadata(path) {
                Ok(about) if about.is_dir() => inputs.search(path, paragraphs),
                Ok(about) => {
                    let shape = if paragraphs { Some(Shape::Lines) } else { Shape::of(path).or(given) };
                    if shape.is_none() && ending(path).is_some_and(|ending| ending == "json") {
                        inputs.complaints.push(Complaint::failure(json_file(path)));
                        continue;
                    }
                    inputs.list.push(Input { path: path.clone(), shape, size: about.len() });
                }
                Err(problem) => {
                    let text = format!("cannot read {}: {problem}", path.display());
                    inputs.complaints.push(Complaint::failure(text));
                }
            }
        }
        inputs
    }

    fn search(&mut self, folder: &Path, paragraphs: bool) {
        let before = self.list.len();
        for entry in WalkDir::new(folder).sort_by_file_name().follow_links(true) {
            let (entry, about) = match entry.and_then(|entry| entry.metadata().map(|about| (entry, about))) {
                Ok(found) => found,
                Err(problem) => {
                    let text = format!("cannot search {}: {problem}", folder.display());
                    self.complaints.push(Complaint::failure(text));
                    continue;
                }
            };
            if !about.is_file() {
                continue;
            }
            match Shape::of(entry.path()).filter(|shape| !paragraphs || *shape == Shape::Lines) {
                Some(shape) => {
                    let (path, size) = (entry.into_path(), about.len());
                    self.list.push(Input { path, shape: Some(shape), size });
                }
                None => {
                    let ending = entry.path().extension().map(|ending| format!(".{}", ending.display()));
                    *self.left_out.entry(ending.unwrap_or("without ending".to_owned())).or_default() += 1;
                }
            }
        }
        if self.list.len() == before {
            let kinds = if paragraphs { ".jsonl" } else { ".txt, .md, .html or .jsonl" };
            let text = format!("{}: there is no {kinds} file in this folder", folder.display());
            self.complaints.push(Complaint::failure(text));
        }
    }

    /// Bytes of all files together; `None` where standard input is among them.
    pub(super) fn size(&self) -> Option<u64> {
        let known = !self.list.iter().any(Input::is_standard);
        known.then(|| self.list.iter().map(|input| input.size).sum())
    }

    /// Refuses an output file that is one of the inputs: it would be read while it is replaced.
    pub(super) fn refuse_output(&self, output: Option<&Path>) -> Result<()> {
        let Some(Ok(output)) = output.map(fs::canonicalize) else { return Ok(()) };
        if !output.is_file() {
            return Ok(());
        }
        if self.list.iter().any(|input| fs::canonicalize(&input.path).is_ok_and(|path| path == output)) {
            bail!("{} is the output and among the inputs: write it elsewhere", output.display());
        }
        Ok(())
    }
}

fn json_file(path: &Path) -> String {
    let name = path.display();
    format!(
        "{name}: a .json file is no article. Articles are given as {{\"id\": …, \"text\": …}} a line in a .jsonl file (of an array, \
         jq -c '.[]' makes lines); where {name} has such lines already, say so with --input jsonl"
    )
}
