//! The choices of a training run. Each was made by cross-validation on the training data: crate/model/experiments.tsv.

use crate::examples::Source;

/// All settings of [`crate::train`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recipe {
    /// A feature must occur in this many paragraphs.
    pub(crate) least_paragraphs: u32,
    /// Features kept of those that occur.
    pub(crate) features: usize,
    /// Features kept of those that only glossary and lexicon know.
    pub(crate) unseen: usize,
    /// Low bits of a fingerprint that are kept.
    pub(crate) fingerprint_bits: u32,
    /// Bits of a weight, sign included (2 to 8).
    pub(crate) weight_bits: u32,
    /// C of the first stage.
    pub(crate) cost: f64,
    /// Cost factor of paragraphs that have the theme.
    pub(crate) positive: f64,
    /// Passes of the first stage over the paragraphs.
    pub(crate) passes: usize,
    /// Cost factor of written paragraphs.
    pub(crate) written: f32,
    /// Cost factor of real paragraphs whose coder was not sure.
    pub(crate) unsure: f32,
    /// Ridge of the second stage.
    pub(crate) ridge: f64,
}

impl Default for Recipe {
    fn default() -> Self {
        Recipe {
            least_paragraphs: 2,
            features: 8_000,
            unseen: 3_800,
            fingerprint_bits: 26,
            weight_bits: 6,
            cost: 0.2,
            positive: 1.0,
            passes: 30,
            written: 0.1,
            unsure: 0.7,
            ridge: 1.0,
        }
    }
}

impl Recipe {
    /// Cost factor of a paragraph.
    pub(crate) fn weight(&self, source: Source) -> f32 {
        match source {
            Source::Written => self.written,
            Source::Sure => 1.0,
            Source::Unsure => self.unsure,
        }
    }

    /// Sets the field `name` to `value`, both as text: for experiments from the command line.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> anyhow::Result<()> {
        match name {
            "least_paragraphs" => self.least_paragraphs = value.parse()?,
            "features" => self.features = value.parse()?,
            "unseen" => self.unseen = value.parse()?,
            "fingerprint_bits" => self.fingerprint_bits = value.parse()?,
            "weight_bits" => self.weight_bits = value.parse()?,
            "cost" => self.cost = value.parse()?,
            "positive" => self.positive = value.parse()?,
            "passes" => self.passes = value.parse()?,
            "written" => self.written = value.parse()?,
            "unsure" => self.unsure = value.parse()?,
            "ridge" => self.ridge = value.parse()?,
            _ => anyhow::bail!("no setting {name:?}"),
        }
        Ok(())
    }
}
