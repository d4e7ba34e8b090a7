//! Reads an article and tells, paragraph by paragraph, which themes it is about, how sure it is and because of which
//! words.
//!
//! Data flows one way: text → [`Article`] → [`features`] → scores → [`Reading`]. The model is a file of
//! small weights ([`Model`]); the themes are part of it, so that the same engine serves any codebook of 1 to 16 themes. The
//! model inside knows five: urbanization, opening-up, industry, ecology and governance, in English news above all.
//!
//! # From text to verdicts
//!
//! A [`Classifier`] splits a text as pasted into paragraphs and reads each. Its [`Verdict`] holds the themes whose calibrated
//! probability reaches their threshold, perhaps none, and beside them how far to trust it.
//!
//! ```
//! use leitmotif::{Certainty, Classifier, Kind};
//!
//! let classifier = Classifier::embedded();
//! let text = "Old drains, new park\n\nBy Ann Lee\n\nThe council will renew drains and pavements in forty old \
//!             neighbourhoods, and the wetland behind them becomes a park.";
//! let reading = classifier.read(text);
//! assert_eq!(reading.paragraphs.len(), 3);
//! for paragraph in &reading.paragraphs {
//!     let themes: Vec<&str> =
//!         paragraph.verdict.themes.iter().map(|theme| classifier.themes()[theme].name("en")).collect();
//!     println!("{}: {themes:?}, {}", &text[paragraph.span.clone()], paragraph.verdict.certainty.as_str());
//! }
//! // Nothing is dropped: the byline is a paragraph too, and is called what it is.
//! assert_eq!(reading.paragraphs[1].kind, Kind::Furniture);
//! # assert!(reading.paragraphs[2].verdict.certainty >= Certainty::Unsure);
//! ```
//!
//! # Because of which words
//!
//! The score is a sum, so each word's part of it is exact. [`Classifier::evidence`] gives the parts of one theme in one paragraph:
//! with the bias and the context they add up to the logit of the probability that the reading shows.
//!
//! ```
//! # use leitmotif::Classifier;
//! # let classifier = Classifier::embedded();
//! let reading = classifier.read("Sewage from the mills has poisoned the wetland and its birds.");
//! let ecology = classifier.themes().iter().position(|theme| theme.id == "ecology").unwrap();
//! let mut evidence = classifier.evidence(&reading, 0, ecology)?;
//! evidence.words.sort_by(|a, b| b.logit.total_cmp(&a.logit));
//! let strongest = &evidence.words[0];
//! println!("{} {:+.2}", &reading.article.text()[strongest.span.clone()], strongest.logit);
//! # assert!(strongest.logit > 0.0);
//! # Ok::<(), leitmotif::EvidenceError>(())
//! ```
//!
//! # The article as a whole
//!
//! [`Profile`] says which share of an article's words each theme has; furniture is left out of it.
//!
//! ```
//! # use leitmotif::Classifier;
//! # let classifier = Classifier::embedded();
//! let profile = classifier.read("The steel mill doubled its output.\n\nThe band played on.").profile;
//! for share in &profile.shares {
//!     let name = share.theme.map_or("no theme", |theme| &classifier.themes()[theme].id);
//!     println!("{name}: {:.0} % of {} words", 100.0 * share.words, profile.words);
//! }
//! # assert!((profile.shares.iter().map(|share| share.words).sum::<f64>() - 1.0).abs() < 1e-9);
//! ```
//!
//! # A model of your own
//!
//! The command `leitmotif train` of the project grows a model from coded texts: a `.safetensors` file, whose layout the table at
//! [`Model`] gives. [`Classifier::from_bytes`] loads it, checks every part of it, and says what is wrong where something is.
//!
//! ```no_run
//! # use leitmotif::Classifier;
//! let classifier = Classifier::from_bytes(&std::fs::read("press-freedom.safetensors")?)?;
//! println!("{} themes", classifier.themes().len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Paragraphs that were split elsewhere go in through [`Article::from_rows`] and [`Classifier::read_article`]. A classifier is
//! shared between threads as it is: `examples/folder.rs` labels a folder of articles on all processors.
//!
//! # Features
//!
//! - `std`, on by default: [`Classifier::embedded`], the one item that needs the standard library. Without it the crate needs `alloc`
//!   alone.
//! - `wasm`: the JavaScript bindings of the project's page, for `wasm32-unknown-unknown`; nobody else needs it, and no native build
//!   depends on `wasm-bindgen`.
//!
//! # The same bytes everywhere
//!
//! The same text gives the same bits on every machine: `exp` and `ln` are those of the `libm` crate, and no sum depends on
//! the processor. Time and memory are linear in the text. No text and no model file makes it panic; `unsafe` is forbidden in it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod article;
mod classifier;
pub mod context;
#[cfg(test)]
mod dice;
mod evidence;
pub mod features;
mod filter;
mod glossary;
mod hits;
mod model;
pub mod numbers;
pub mod packing;
pub mod plain;
mod reading;
mod safetensors;
mod scan;
mod table;
mod theme;
mod token;
#[cfg(feature = "wasm")]
mod wasm;
pub mod weighting;
mod weights;
mod window;
mod word_cache;
mod workspace;

pub use article::{Article, Kind, Paragraph, Split, furniture};
pub use classifier::Classifier;
pub use evidence::{Evidence, EvidenceError, Word};
pub use glossary::Glossary;
pub use model::{FORMAT, Model, ModelError};
pub use reading::{Certainty, ParagraphReading, Profile, Reading, Share, Verdict};
pub use theme::{MOST_THEMES, Theme, Themes};

/// The examples of the README run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
