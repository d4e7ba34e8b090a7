//! The `leitmotif` command: label articles, train the model, evaluate it.

mod artifact;
mod decide;
mod evaluate;
mod label;
mod linear;
mod logistic;
mod metrics;
mod records;
mod rows;
mod seeds;
mod stages;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use leitmotif::Classifier;

/// Themes in articles, paragraph by paragraph.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Labels articles (text files, or .jsonl files with {"id", "text"} a line; "-" is standard input).
    Label {
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// The inputs are .jsonl files of paragraphs already split: {"id", "doc", "pos", "text"} a line; "pos" may be
        /// left out, and where it jumps, no neighbour is assumed.
        #[arg(long)]
        paragraphs: bool,
        /// The shape of the output [default: table; jsonl with --paragraphs].
        #[arg(long, value_enum)]
        format: Option<label::Format>,
        /// Another model than the one inside.
        #[arg(long)]
        model: Option<PathBuf>,
    },
    /// Compares the model's verdicts with codes: {"id", "doc", "pos", "text", "labels"} a line.
    Evaluate {
        gold: PathBuf,
        /// Another model than the one inside.
        #[arg(long)]
        model: Option<PathBuf>,
    },
    /// Trains the model from the seeds.
    Train {
        /// The folder of the seeds.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
        /// The model file to write.
        #[arg(long, default_value = "crate/model/leitmotif.safetensors")]
        model: PathBuf,
        /// Writes nothing; fails when the file is not what the seeds give.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("leitmotif: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Label { inputs, paragraphs, format, model } => {
            let classifier = load(model)?;
            let outcome = if paragraphs {
                label::paragraphs(&inputs, format.unwrap_or(label::Format::Jsonl), &classifier)
            } else {
                label::articles(&inputs, format.unwrap_or(label::Format::Table), &classifier)
            }?;
            return Ok(if outcome.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Evaluate { gold, model } => evaluate::run(&gold, &load(model)?)?,
        Command::Train { seeds, model, check } => train::run(&seeds, &model, check)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn load(model: Option<PathBuf>) -> Result<Classifier> {
    let Some(path) = model else { return Ok(Classifier::embedded().clone()) };
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Classifier::from_bytes(&bytes).with_context(|| format!("cannot use {}", path.display()))
}
