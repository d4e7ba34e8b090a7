//! Reads an article and tells, paragraph by paragraph, which themes it is about, how sure it is and because of which
//! words.
//!
//! Data flows one way: text → [`Article`] → [`features`] → scores → [`Reading`]. The model is a file of
//! 8-bit weights ([`Model`]); the themes are part of it, so that the same engine serves any codebook of 1 to 16 themes.
//!
//! ```
//! use leitmotif::Classifier;
//!
//! let classifier = Classifier::embedded();
//! let reading = classifier.read("The council will renew drains and pavements in forty old neighbourhoods.");
//! let paragraph = &reading.paragraphs[0];
//! for theme in paragraph.verdict.themes.iter() {
//!     println!("{}: {:.0} %", classifier.themes()[theme].id, 100.0 * paragraph.probability[theme]);
//!     for word in classifier.evidence(&reading, 0, theme).unwrap().words {
//!         println!("  {} {:+.2}", &reading.article.text()[word.span], word.logit);
//!     }
//! }
//! ```
//!
//! The same bytes come out on every machine: `exp` and `ln` are those of the `libm` crate, and no sum depends on
//! the processor.

mod article;
mod classifier;
pub mod context;
mod evidence;
pub mod features;
mod glossary;
mod model;
pub mod numbers;
pub mod plain;
mod reading;
mod safetensors;
mod table;
mod theme;
mod token;
#[cfg(feature = "wasm")]
mod wasm;
pub mod weighting;

pub use article::{Article, Kind, Paragraph, Split};
pub use classifier::Classifier;
pub use evidence::{Evidence, EvidenceError, Word};
pub use glossary::{Glossary, Term};
pub use model::{FORMAT, Model, ModelError, gap_planes};
pub use reading::{Certainty, ParagraphReading, Profile, Reading, Share, Verdict};
pub use theme::{MOST_THEMES, Theme, Themes};
