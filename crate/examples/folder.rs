//! Labels a folder of articles on all processors: `cargo run --release --example folder -- FOLDER`.
//!
//! Prints a line for each paragraph of each `.txt` file: the file's name, the paragraph's position, its kind, how sure the verdict is,
//! and the themes, with tabs between. The order is that of the names, however many threads there are (`RAYON_NUM_THREADS`).

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use leitmotif::Classifier;
use rayon::prelude::*;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder of .txt files")?;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();

    // One classifier for all threads. `collect` keeps the order of the files.
    let classifier = Classifier::embedded();
    let labelled: Vec<_> = files.par_iter().map(|file| label(classifier, file)).collect();

    let mut outcome = ExitCode::SUCCESS;
    for (file, lines) in files.iter().zip(labelled) {
        match lines {
            Ok(lines) => print!("{lines}"),
            Err(problem) => {
                eprintln!("{}: {problem}", file.display());
                outcome = ExitCode::FAILURE;
            }
        }
    }
    Ok(outcome)
}

fn label(classifier: &Classifier, file: &PathBuf) -> Result<String, std::io::Error> {
    let text = std::fs::read_to_string(file)?;
    let name = file.file_name().map(Path::new).unwrap_or(file).display();
    let mut lines = String::new();
    for read in classifier.read(&text).paragraphs {
        let themes: Vec<&str> =
            read.verdict.themes.iter().map(|theme| &classifier.themes()[theme].id[..]).collect();
        let (kind, certainty) = (read.kind.as_str(), read.verdict.certainty.as_str());
        // Writing to a string never fails.
        let _ = writeln!(lines, "{name}\t{}\t{kind}\t{certainty}\t{}", read.pos, themes.join(" "));
    }
    Ok(lines)
}
