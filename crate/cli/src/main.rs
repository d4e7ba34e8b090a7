//! The `leitmotif` command: label articles, train the model, evaluate it.

mod agreement;
mod artifact;
mod card;
mod confusion;
mod console;
mod contextual;
mod counted;
mod crossval;
mod curve;
mod decide;
mod errors;
mod evaluate;
mod examples;
mod figures;
mod furniture;
mod furniture_report;
mod furniture_seeds;
mod gold;
mod groups;
mod html;
mod label;
mod linear;
mod logistic;
mod metrics;
mod prior;
mod recipe;
mod record;
mod records;
mod report;
mod rows;
mod scorer;
mod seeds;
mod train;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
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
    /// Labels articles: text, Markdown and .html files, .jsonl files with {"id", "text"} a line, folders of all these.
    ///
    /// Answers come in the order of the input, on standard output or in a file (--output). What cannot be read, or is no article,
    /// is reported on standard error with its file and line; the rest goes on.
    #[command(
        after_help = "Exit status: 0 all went well; 1 nothing could be done; 2 some inputs or lines failed, the others \
                            were labelled.",
        after_long_help = label::SHAPES
    )]
    Label(label::Request),
    /// Compares the model's verdicts with codes: {"id", "doc", "pos", "text", "labels"} a line, or articles as in seeds/written.
    Evaluate {
        /// The coded rows; with --cross-validate those that were counted.
        #[arg(required = true)]
        gold: Vec<PathBuf>,
        /// Another model than the one inside.
        #[arg(long)]
        model: Option<PathBuf>,
        /// Reads each document with a model trained without it.
        #[arg(long, conflicts_with = "model")]
        cross_validate: bool,
        /// The rows are blocks of whole pages, {"doc", "pos", "text", "furniture"} a line: evaluates what is called
        /// furniture.
        #[arg(long, conflicts_with_all = ["model", "set", "by_source"])]
        furniture: bool,
        /// Holds out each group of sources in turn, instead of a fifth of the documents.
        #[arg(long, requires = "cross_validate")]
        by_source: bool,
        /// A setting of the training run, for experiments: name=value.
        #[arg(long, requires = "cross_validate", conflicts_with = "record")]
        set: Vec<String>,
        /// The folder of the seeds.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
        #[command(flatten)]
        outcome: evaluate::Outcome,
    },
    /// Compares two readings of the same rows: {"id", "doc", "coder_a", "coder_b"} a line.
    Agreement {
        rows: PathBuf,
        /// Puts the figures into the model card's, under the file's name.
        #[arg(long)]
        record: bool,
        /// The file of the model card's figures.
        #[arg(long, default_value = record::FIGURES)]
        figures: PathBuf,
    },
    /// Quality against size: cross-validates settings around the recipe and weighs their models.
    Curve {
        /// The coded rows that were counted.
        #[arg(required = true)]
        real: Vec<PathBuf>,
        /// An axis instead of the usual ones: name=value,value,…
        #[arg(long)]
        over: Vec<String>,
        /// The folder of the seeds.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
        /// Puts the curve into the model card's figures.
        #[arg(long)]
        record: bool,
        /// The file of the model card's figures.
        #[arg(long, default_value = record::FIGURES)]
        figures: PathBuf,
    },
    /// Writes the model card from the recorded figures, the seeds and the model inside.
    Card {
        /// The card to write.
        #[arg(long, default_value = "crate/model/README.md")]
        card: PathBuf,
        /// The folder of the seeds.
        #[arg(long, default_value = "seeds")]
        seeds: PathBuf,
        /// The file of the model card's figures.
        #[arg(long, default_value = record::FIGURES)]
        figures: PathBuf,
        /// Writes nothing; fails when the file is not what seeds and figures give.
        #[arg(long)]
        check: bool,
    },
    /// Turns coded real paragraphs into counts of features, without their text.
    Count {
        real: PathBuf,
        /// The rows are blocks of whole pages, {"doc", "pos", "text", "furniture"} a line; counted/furniture.safetensors
        /// is written.
        #[arg(long)]
        furniture: bool,
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

/// The exit status where a part of the work was done. A command line that makes no sense is 1: nothing was.
const SOME_FAILED: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(answer) => {
            // Help and version are errors to clap, and go to standard output.
            return match answer.print() {
                Err(problem) if problem.kind() != ErrorKind::BrokenPipe => ExitCode::FAILURE,
                _ if answer.use_stderr() => ExitCode::FAILURE,
                _ => ExitCode::SUCCESS,
            };
        }
    };
    match run(arguments.command) {
        Ok(code) => code,
        // Whoever read the output has seen enough: `leitmotif label … | head`.
        Err(problem) if is_broken_pipe(&problem) => ExitCode::SUCCESS,
        Err(problem) => {
            console::say(&format!("leitmotif: {problem:#}"));
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(problem: &anyhow::Error) -> bool {
    problem.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == ErrorKind::BrokenPipe,
        None => false,
    })
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Label(request) => {
            let outcome = label::run(&request, &load(request.model.as_deref())?)?;
            return Ok(match outcome {
                label::Outcome { failures: 0, .. } => ExitCode::SUCCESS,
                label::Outcome { answered: 0, .. } => ExitCode::FAILURE,
                _ => ExitCode::from(SOME_FAILED),
            });
        }
        Command::Evaluate { gold, furniture: true, cross_validate, seeds, outcome, .. } => {
            let figures = outcome.furniture_figures(cross_validate)?;
            let [page_blocks] = &gold[..] else { anyhow::bail!("--furniture takes one file of blocks") };
            furniture_report::run(page_blocks, &seeds, cross_validate, figures)?;
        }
        Command::Evaluate { gold, cross_validate: true, by_source, set, seeds, outcome, .. } => {
            let mut recipe = recipe::Recipe::default();
            for setting in &set {
                let (name, value) =
                    setting.split_once('=').with_context(|| format!("{setting:?} is not name=value"))?;
                recipe.set(name, value).with_context(|| format!("--set {setting}"))?;
            }
            let hold = if by_source { crossval::Hold::Sources } else { crossval::Hold::Documents };
            crossval::run(&seeds, &gold, &recipe, hold, &outcome)?;
        }
        Command::Evaluate { gold, model, outcome, .. } => evaluate::run(&gold, model.as_deref(), &outcome)?,
        Command::Agreement { rows, record, figures } => agreement::run(&rows, record, &figures)?,
        Command::Curve { real, over, seeds, record, figures } => {
            curve::run(&seeds, &real, &over, record.then_some(&figures))?;
        }
        Command::Card { card, seeds, figures, check } => card::run(&card, &seeds, &figures, check)?,
        Command::Count { real, furniture: true, seeds } => {
            furniture_seeds::count(&real, &seeds.join(furniture_seeds::COUNTED))?;
        }
        Command::Count { real, seeds, .. } => {
            let (themes, glossary) = seeds::themes_and_glossary(&seeds)?;
            let corrections = seeds.join("counted/corrections.tsv");
            counted::run(&real, &corrections, &themes, &glossary, &seeds.join(seeds::COUNTED))?;
        }
        Command::Train { seeds, model, check } => train::run(&seeds, &model, check)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn load(model: Option<&Path>) -> Result<Classifier> {
    Ok(match model {
        None => Classifier::embedded().clone(),
        Some(path) => artifact::read(path)?.0,
    })
}
