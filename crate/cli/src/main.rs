//! The `leitmotif` command: label articles, train the model, evaluate it.

mod artifact;
mod contextual;
mod counted;
mod crossval;
mod decide;
mod evaluate;
mod examples;
mod html;
mod label;
mod linear;
mod logistic;
mod metrics;
mod prior;
mod recipe;
mod records;
mod rows;
mod scorer;
mod seeds;
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
    /// Labels articles (text, Markdown or .html files, or .jsonl files with {"id", "text"} a line; "-" is standard input
    /// as text).
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
        /// The coded rows; with --cross-validate those that were counted.
        gold: PathBuf,
        /// Another model than the one inside.
        #[arg(long)]
        model: Option<PathBuf>,
        /// Reads each document with a model trained without it.
        #[arg(long, conflicts_with = "model")]
        cross_validate: bool,
        /// A setting of the training run, for experiments: name=value.
        #[arg(long, requires = "cross_validate")]
        set: Vec<String>,
        /// The folder of the seeds.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
    },
    /// Turns coded real paragraphs into counts of features, without their text.
    Count {
        real: PathBuf,
        /// The folder of the seeds; counted/corrections.tsv there is read, counted/real.safetensors written.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
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
        // Whoever read the output has seen enough: `leitmotif label … | head`.
        Err(problem) if is_broken_pipe(&problem) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("leitmotif: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(problem: &anyhow::Error) -> bool {
    problem.chain().any(|cause| match cause.downcast_ref::<std::io::Error>() {
        Some(error) => error.kind() == std::io::ErrorKind::BrokenPipe,
        None => false,
    })
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
        Command::Evaluate { gold, cross_validate: true, set, seeds, .. } => {
            let mut recipe = recipe::Recipe::default();
            for setting in &set {
                let (name, value) =
                    setting.split_once('=').with_context(|| format!("{setting:?} is not name=value"))?;
                recipe.set(name, value).with_context(|| format!("--set {setting}"))?;
            }
            crossval::run(&seeds, &gold, &recipe)?;
        }
        Command::Evaluate { gold, model, .. } => evaluate::run(&gold, &load(model)?)?,
        Command::Count { real, seeds } => {
            let (themes, glossary) = seeds::themes_and_glossary(&seeds)?;
            let corrections = seeds.join("counted/corrections.tsv");
            counted::run(&real, &corrections, &themes, &glossary, &seeds.join(seeds::COUNTED))?;
        }
        Command::Train { seeds, model, check } => train::run(&seeds, &model, check)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn load(model: Option<PathBuf>) -> Result<Classifier> {
    let Some(path) = model else { return Ok(Classifier::embedded().clone()) };
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Classifier::from_bytes(&bytes).with_context(|| format!("cannot use {}", path.display()))
}
