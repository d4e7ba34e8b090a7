//! Article to reading: first-stage scores per paragraph, context, probability, verdict, evidence.

use alloc::vec;
use alloc::vec::Vec;
#[cfg(feature = "std")]
use std::sync::OnceLock;

use crate::article::{Article, Paragraph};
use crate::context::{self, INPUTS};
use crate::evidence::{Evidence, EvidenceError};
use crate::glossary::Glossary;
use crate::hits::Hits;
use crate::model::{Model, ModelError};
use crate::numbers::{logit, sigmoid};
use crate::reading::{Certainty, ParagraphReading, Profile, Reading, Verdict};
use crate::table::Table;
use crate::theme::{Theme, Themes};
use crate::weighting::{damping, value};
use crate::weights::PackedWeights;
use crate::workspace::{Workspace, Workspaces};

static MODEL: &[u8] = include_bytes!("../model/leitmotif.safetensors");

/// A model, ready to read.
///
/// ```
/// use leitmotif::Classifier;
///
/// let classifier = Classifier::embedded();
/// let reading = classifier.read("Factories in the delta are buying robots.\n\nThe band played on.");
/// assert_eq!(reading.paragraphs.len(), 2);
/// let industry = classifier.themes().iter().position(|theme| theme.id == "industry").unwrap();
/// assert!(reading.paragraphs[0].probability[industry] > reading.paragraphs[1].probability[industry]);
/// ```
#[derive(Clone, Debug)]
pub struct Classifier {
    model: Model,
    table: Table,
    glossary: Glossary,
    packed: PackedWeights,
    prior: Vec<f64>,
    /// The logit of each theme's threshold.
    tipping: Vec<f64>,
    workspaces: Workspaces,
}

impl Classifier {
    /// The model that this release was built with, loaded on first use.
    ///
    /// # Panics
    /// Never in a built release: a test loads the same bytes.
    #[cfg(feature = "std")]
    pub fn embedded() -> &'static Classifier {
        static EMBEDDED: OnceLock<Classifier> = OnceLock::new();
        EMBEDDED
            .get_or_init(|| Classifier::from_bytes(MODEL).expect("the embedded model is checked by a test"))
    }

    /// Loads a model of any codebook, written by `leitmotif train`.
    ///
    /// # Errors
    /// A [`ModelError`] that names the part at fault.
    ///
    /// ```
    /// use leitmotif::Classifier;
    ///
    /// let bytes = Classifier::embedded_bytes();
    /// let classifier = Classifier::from_bytes(bytes)?;
    /// assert_eq!(classifier.themes(), Classifier::embedded().themes());
    /// assert!(Classifier::from_bytes(&bytes[..1000]).is_err());
    /// # Ok::<(), leitmotif::ModelError>(())
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Model::from_bytes(bytes).map(Self::from_model)
    }

    /// The classifier of a model that is already in memory.
    pub fn from_model(model: Model) -> Self {
        let table = Table::new(model.fingerprints.clone(), model.fingerprint_bits);
        let glossary = Glossary::from_keys(model.glossary.clone(), &model.glossary_ends);
        let prior = model.prior.iter().map(|odds| f64::from(*odds)).collect();
        let packed = PackedWeights::new(&model.weights, model.themes.len().max(1));
        let tipping = model.threshold.iter().map(|least| logit(f64::from(*least))).collect();
        Classifier { model, table, glossary, packed, prior, tipping, workspaces: Workspaces::default() }
    }

    /// The bytes of the embedded model file.
    pub fn embedded_bytes() -> &'static [u8] {
        MODEL
    }

    /// The SHA-256 of [`embedded_bytes`](Self::embedded_bytes), 64 hexadecimal digits, as `leitmotif train` noted it.
    pub fn embedded_sha256() -> &'static str {
        let line = include_str!("../model/leitmotif.safetensors.sha256");
        line.split_ascii_whitespace().next().unwrap_or_default()
    }

    /// The model's themes, in the order of every probability and set.
    pub fn themes(&self) -> &[Theme] {
        &self.model.themes
    }

    /// The model behind it.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The glossary that its features use.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// Reads a text as pasted: splits it into paragraphs and reads them.
    pub fn read<'t>(&self, text: &'t str) -> Reading<'t> {
        self.read_article(Article::split(text))
    }

    /// Reads an article whose paragraphs are known.
    ///
    /// ```
    /// use leitmotif::{Article, Classifier};
    ///
    /// let rows = [(0, "The Orr is clean again"), (1, "Fish came back after the mills had closed.")];
    /// let reading = Classifier::embedded().read_article(Article::from_rows(rows));
    /// assert_eq!(reading.paragraphs[1].pos, 1);
    /// ```
    pub fn read_article<'t>(&self, article: Article<'t>) -> Reading<'t> {
        let themes = self.themes().len();
        let (mut words, mut scores) = (Vec::new(), Vec::new());
        let texts =
            (0..article.paragraphs().len()).map(|index| article.paragraph_text(index).unwrap_or_default());
        self.first_stage(texts, |count, found| {
            words.push(count);
            scores.extend(found);
        });
        let (paragraphs, inputs) = self.weigh(article.paragraphs(), &scores, &words);
        let profile = Profile::of(&paragraphs, themes);
        Reading { article, paragraphs, profile, inputs }
    }

    /// The second stage: readings from first-stage `scores` (P × T) and word counts (P); with them, its inputs (P × T × 5).
    fn weigh(
        &self,
        paragraphs: &[Paragraph],
        scores: &[f64],
        words: &[usize],
    ) -> (Vec<ParagraphReading>, Vec<f64>) {
        let mut read = Vec::with_capacity(paragraphs.len());
        let mut rest = paragraphs.iter().zip(words);
        let inputs = self.second_stage(paragraphs, scores, |logit, probability, verdict| {
            let Some((Paragraph { span, kind, pos }, words)) = rest.next() else { return };
            let (logit, probability) = (logit.to_vec(), probability.to_vec());
            let (span, kind, pos, words) = (span.clone(), *kind, *pos, *words);
            read.push(ParagraphReading { span, kind, pos, words, probability, logit, verdict });
        });
        (read, inputs)
    }

    /// The second stage of a whole article's paragraphs, from first-stage `scores` (P × T): `found` gets of each its logits, its
    /// probabilities and the verdict. Returns the inputs (P × T × 5).
    pub(crate) fn second_stage(
        &self,
        paragraphs: &[Paragraph],
        scores: &[f64],
        mut found: impl FnMut(&[f64], &[f64], Verdict),
    ) -> Vec<f64> {
        let inputs = context::inputs(paragraphs, scores, &self.prior);
        let themes = self.themes().len();
        let (mut logits, mut probabilities) = (vec![0.0; themes], vec![0.0; themes]);
        for inputs in inputs.chunks_exact(themes * INPUTS) {
            let own = logits.iter_mut().zip(&mut probabilities).zip(inputs.chunks_exact(INPUTS));
            for (theme, ((logit, probability), inputs)) in own.enumerate() {
                *logit = self.logit(theme, inputs);
                *probability = sigmoid(*logit);
            }
            found(&logits, &probabilities, self.verdict(&probabilities));
        }
        inputs
    }

    /// The first stage of some paragraphs, each on its own: `found` gets its number of words and its score for each theme.
    pub(crate) fn first_stage<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        mut found: impl FnMut(usize, &[f64]),
    ) {
        let mut scores = vec![0.0; self.themes().len()];
        self.lend(|workspace| {
            for text in texts {
                self.collect(workspace, text);
                self.score(&mut workspace.scanner.hits, &mut scores);
                found(workspace.scanner.hits.words, &scores);
            }
        });
    }

    /// The first-stage scores of one paragraph's text, one per theme: what the second stage is trained on.
    ///
    /// ```
    /// let classifier = leitmotif::Classifier::embedded();
    /// assert_eq!(classifier.scores("Steel mills").len(), classifier.themes().len());
    /// ```
    pub fn scores(&self, text: &str) -> Vec<f64> {
        let mut scores = Vec::new();
        self.first_stage([text], |_, found| scores.extend(found));
        scores
    }

    /// Why the paragraph at `index` got its probability for the theme at position `theme`.
    ///
    /// # Errors
    /// [`EvidenceError`] where there is no such paragraph or theme.
    pub fn evidence(&self, reading: &Reading, index: usize, theme: usize) -> Result<Evidence, EvidenceError> {
        Evidence::of(self, reading, index, theme)
    }

    /// Buffers to read with.
    pub(crate) fn lend<R>(&self, work: impl FnOnce(&mut Workspace) -> R) -> R {
        self.workspaces.lend(work)
    }

    /// Looks up the features of a paragraph.
    pub(crate) fn collect(&self, workspace: &mut Workspace, text: &str) {
        workspace.scanner.read(text, &self.glossary, &self.table);
    }

    fn score(&self, hits: &mut Hits, scores: &mut [f64]) {
        hits.sums(&self.model.weights, &self.packed, scores);
        let damping = f64::from(damping(hits.words));
        for ((score, scale), bias) in scores.iter_mut().zip(&self.model.scale).zip(&self.model.bias) {
            *score = *score * damping * f64::from(*scale) + f64::from(*bias);
        }
    }

    /// What one occurrence of the feature in `row` adds to the first-stage score of `theme`.
    pub(crate) fn occurrence(&self, hits: &Hits, row: usize, theme: usize) -> f64 {
        let count = hits.count(row);
        let weight = f64::from(self.model.weights[row * self.themes().len() + theme]);
        let step = f64::from(damping(hits.words)) * f64::from(self.model.scale[theme]);
        f64::from(value(count)) * weight * step / f64::from(count.max(1))
    }

    pub(crate) fn row(&self, fingerprint: u32) -> Option<usize> {
        self.table.row(fingerprint)
    }

    pub(crate) fn context_weights(&self, theme: usize) -> &[f32] {
        &self.model.context_weights[theme * INPUTS..(theme + 1) * INPUTS]
    }

    fn logit(&self, theme: usize, inputs: &[f64]) -> f64 {
        let weighted =
            self.context_weights(theme).iter().zip(inputs).map(|(weight, input)| f64::from(*weight) * input);
        weighted.fold(f64::from(self.model.context_bias[theme]), |sum, part| sum + part)
    }

    fn verdict(&self, probability: &[f64]) -> Verdict {
        let threshold = |theme: usize| f64::from(self.model.threshold[theme]);
        let themes: Themes =
            (0..probability.len()).filter(|theme| probability[*theme] >= threshold(*theme)).collect();
        // As if the themes were independent: the chance that each of them is on its right side.
        let right = (0..probability.len())
            .map(|theme| if themes.contains(theme) { probability[theme] } else { 1.0 - probability[theme] })
            .fold(1.0, |product, chance| product * chance);
        let certainty = match self.model.certainty.map(|least| right >= f64::from(least)) {
            [true, _] => Certainty::Clear,
            [_, true] => Certainty::Likely,
            _ => Certainty::Unsure,
        };
        let distance = |theme: usize| (logit(probability[theme]) - self.tipping[theme]).abs();
        let nearest = || {
            let distances = (0..probability.len()).map(|theme| (theme, distance(theme)));
            distances.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(theme, _)| theme)
        };
        let runner_up = if certainty == Certainty::Unsure { nearest() } else { None };
        Verdict { themes, certainty, runner_up }
    }
}
