//! Because of which words: each word's exact part of a logit.

use alloc::vec::Vec;
use core::ops::Range;

use thiserror::Error;

use crate::classifier::Classifier;
use crate::context::INPUTS;
use crate::features::Family;
use crate::reading::Reading;
use crate::workspace::Workspace;

/// One word's part.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// What it adds to the logit; below 0 it speaks against the theme.
    pub logit: f64,
    /// Whether it stands in a glossary term that counted.
    pub term: bool,
}

/// Why a paragraph has its probability for one theme: `bias` + `context` + the sum over `words` = `logit`.
///
/// Exact for this model (its score is a sum), not a claim about causes: a place's name can be evidence.
/// A feature of several words is shared equally among them.
///
/// ```
/// # let classifier = leitmotif::Classifier::embedded();
/// let reading = classifier.read("Wetlands and rivers were polluted by sewage.");
/// let evidence = classifier.evidence(&reading, 0, 3).unwrap();
/// let words: f64 = evidence.words.iter().map(|word| word.logit).sum();
/// assert!((evidence.bias + evidence.context + words - evidence.logit).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Position of the theme in the model's list.
    pub theme: usize,
    /// The logit of the probability that the reading shows.
    pub logit: f64,
    /// The part that is the same for every paragraph.
    pub bias: f64,
    /// The part of the neighbours, the headline and the rest of the article.
    pub context: f64,
    /// Every word that counted, in text order.
    pub words: Vec<Word>,
}

/// Why there is no evidence to give.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EvidenceError {
    /// The reading has fewer paragraphs, or belongs to a model of other themes.
    #[error("no paragraph {index} in a reading of {paragraphs} paragraphs: pass an index below that")]
    NoParagraph {
        /// The index asked for.
        index: usize,
        /// How many paragraphs there are.
        paragraphs: usize,
    },
    /// The model has fewer themes.
    #[error("no theme {theme} in a model of {themes} themes: pass a position below that")]
    NoTheme {
        /// The position asked for.
        theme: usize,
        /// How many themes there are.
        themes: usize,
    },
}

impl Evidence {
    pub(crate) fn of(
        classifier: &Classifier,
        reading: &Reading,
        index: usize,
        theme: usize,
    ) -> Result<Evidence, EvidenceError> {
        let themes = classifier.themes().len();
        if theme >= themes {
            return Err(EvidenceError::NoTheme { theme, themes });
        }
        let paragraphs = reading.paragraphs.len();
        let missing = EvidenceError::NoParagraph { index, paragraphs };
        let paragraph = reading.paragraphs.get(index).ok_or(missing)?;
        let [_, neighbours @ ..] = classifier.context_weights(theme) else { return Err(missing) };
        let inputs = reading.inputs.chunks_exact(INPUTS).nth(index * themes + theme).ok_or(missing)?;
        let bias = bias(classifier, theme);
        let context =
            neighbours.iter().zip(&inputs[1..]).map(|(weight, input)| f64::from(*weight) * input).sum();

        let text = reading.article.paragraph_text(index).unwrap_or_default();
        let mut words = words(classifier, text, theme);
        for word in &mut words {
            word.span.start += paragraph.span.start;
            word.span.end += paragraph.span.start;
        }
        Ok(Evidence { theme, logit: paragraph.logit[theme], bias, context, words })
    }
}

/// Every word of a paragraph's text that counted, in its order, with what it adds to the logit of `theme`.
pub(crate) fn words(classifier: &Classifier, text: &str, theme: usize) -> Vec<Word> {
    let own = f64::from(classifier.context_weights(theme)[0]);
    classifier.lend(|workspace| {
        classifier.collect(workspace, text);
        let Workspace { extractor, scanner } = workspace;
        let mut features = Vec::new();
        extractor.emit(text, classifier.glossary(), |feature| features.push(feature));
        let word = |span| Word { span, logit: 0.0, term: false };
        let mut words: Vec<Word> = extractor.spans().map(word).collect();
        for feature in features {
            let Some(row) = classifier.row(feature.fingerprint) else { continue };
            let logit = own * classifier.occurrence(&scanner.hits, row, theme);
            let first = words.partition_point(|word| word.span.start < feature.start);
            let last = words.partition_point(|word| word.span.end <= feature.end);
            for word in &mut words[first..last] {
                word.logit += logit / (last - first) as f64;
                word.term |= matches!(feature.family, Family::Term | Family::Lexicon);
            }
        }
        words.retain(|word| word.logit != 0.0);
        words
    })
}

/// The part of a theme's logit that is the same for every paragraph.
pub(crate) fn bias(classifier: &Classifier, theme: usize) -> f64 {
    let model = classifier.model();
    let own = f64::from(classifier.context_weights(theme)[0]);
    f64::from(model.context_bias[theme]) + own * f64::from(model.bias[theme])
}
