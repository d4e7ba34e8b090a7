//! What a classifier says of an article: a verdict per paragraph, and the article's profile.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::article::{Article, Kind};
use crate::theme::Themes;

/// How far a verdict can be trusted. A word beside the verdict: the verdict stands either way.
///
/// ```
/// use leitmotif::Certainty;
///
/// assert!(Certainty::Clear > Certainty::Likely && Certainty::Likely > Certainty::Unsure);
/// assert_eq!(Certainty::Clear.as_str(), "clear");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Less likely right than the other two: look at [`Verdict::runner_up`].
    Unsure,
    /// Probably right.
    Likely,
    /// Almost always right.
    Clear,
}

impl Certainty {
    /// The name in output: `"clear"`, `"likely"`, `"unsure"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Certainty::Clear => "clear",
            Certainty::Likely => "likely",
            Certainty::Unsure => "unsure",
        }
    }
}

/// The themes of a paragraph and how sure they are.
///
/// ```
/// use leitmotif::{Certainty, Classifier};
///
/// let classifier = Classifier::embedded();
/// let reading = classifier.read("The mill bought robots and doubled its output of steel.");
/// let verdict = reading.paragraphs[0].verdict;
/// let ids: Vec<&str> = verdict.themes.iter().map(|theme| &classifier.themes()[theme].id[..]).collect();
/// assert_eq!(ids, ["industry"]);
/// assert_eq!(verdict.runner_up.is_some(), verdict.certainty == Certainty::Unsure);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// All themes whose probability reaches their threshold; none is an answer too.
    pub themes: Themes,
    /// How far to trust this set as a whole.
    pub certainty: Certainty,
    /// When unsure: the theme whose decision is nearest to tipping, inside or outside the set.
    pub runner_up: Option<usize>,
}

/// One paragraph, read.
///
/// ```
/// let classifier = leitmotif::Classifier::embedded();
/// let text = "  Wetlands come back to the lower Orr.\n";
/// let reading = classifier.read(text);
/// let paragraph = &reading.paragraphs[0];
/// assert_eq!(&text[paragraph.span.clone()], "Wetlands come back to the lower Orr.");
/// assert_eq!(paragraph.words, 7);
/// // One probability for each theme of the model, and the logit of each.
/// assert_eq!(paragraph.probability.len(), classifier.themes().len());
/// assert_eq!(paragraph.probability[0], leitmotif::numbers::sigmoid(paragraph.logit[0]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ParagraphReading {
    /// Bytes of the article's text, white space around it left out.
    pub span: Range<usize>,
    /// Body, heading or furniture.
    pub kind: Kind,
    /// Its place in the article, from 0.
    pub pos: u32,
    /// Words, counted as in [`Extractor::emit`](crate::features::Extractor::emit).
    pub words: usize,
    /// The calibrated probability of each theme, on its own: they need not add up to 1.
    pub probability: Vec<f64>,
    /// The logit of each probability.
    pub logit: Vec<f64>,
    /// What follows from the probabilities.
    pub verdict: Verdict,
}

/// A theme's part of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Position of the theme in the model's list; `None` for the paragraphs without a theme.
    pub theme: Option<usize>,
    /// Paragraphs that carry it.
    pub paragraphs: usize,
    /// Fraction of the article's words, 0 to 1. A paragraph of two themes gives half its words to each, so that
    /// all shares add up to 1.
    pub words: f64,
}

/// An article as a whole: bodies and headings, furniture left out.
///
/// ```
/// let classifier = leitmotif::Classifier::embedded();
/// let profile = classifier.read("By Ann Lee\n\nThe steel mill doubled its output.\n\nThe band played on.").profile;
/// // The byline is furniture.
/// assert_eq!((profile.paragraphs, profile.words), (2, 10));
/// let none = profile.shares.last().unwrap();
/// assert_eq!((none.theme, none.paragraphs, none.words), (None, 1, 0.4));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Paragraphs counted.
    pub paragraphs: usize,
    /// Words counted.
    pub words: usize,
    /// Paragraphs whose verdict is unsure.
    pub unsure: usize,
    /// One entry per theme, then one for no theme.
    pub shares: Vec<Share>,
}

impl Profile {
    /// Sums up paragraphs over `themes` themes.
    pub fn of(paragraphs: &[ParagraphReading], themes: usize) -> Self {
        let mut counts = vec![(0usize, 0.0f64); themes + 1];
        let mut profile = Profile::default();
        for paragraph in paragraphs.iter().filter(|paragraph| paragraph.kind != Kind::Furniture) {
            profile.paragraphs += 1;
            profile.words += paragraph.words;
            profile.unsure += usize::from(paragraph.verdict.certainty == Certainty::Unsure);
            let carried = paragraph.verdict.themes;
            let mut give = |slot: usize, parts: usize| {
                counts[slot].0 += 1;
                counts[slot].1 += paragraph.words as f64 / parts as f64;
            };
            if carried.is_empty() {
                give(themes, 1);
            }
            carried.iter().for_each(|theme| give(theme, carried.len()));
        }
        let total = profile.words.max(1) as f64;
        let share = |(slot, (paragraphs, words)): (usize, (usize, f64))| Share {
            theme: (slot < themes).then_some(slot),
            paragraphs,
            words: words / total,
        };
        profile.shares = counts.into_iter().enumerate().map(share).collect();
        profile
    }
}

/// An article, read.
///
/// Borrows the text that was read; [`Article::from_rows`] owns its text.
///
/// ```
/// let classifier = leitmotif::Classifier::embedded();
/// let reading = classifier.read("A new bridge\n\nThe bridge was opened on Monday.");
/// for (index, paragraph) in reading.paragraphs.iter().enumerate() {
///     let text = reading.article.paragraph_text(index).unwrap();
///     println!("{text}: {} words, {}", paragraph.words, paragraph.kind.as_str());
/// }
/// # assert_eq!(reading.paragraphs.len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The article with its text.
    pub article: Article<'t>,
    /// One entry per paragraph of the article, in its order.
    pub paragraphs: Vec<ParagraphReading>,
    /// The article as a whole.
    pub profile: Profile,
    /// Second-stage inputs, P × T × [`INPUTS`](crate::context::INPUTS): kept so that evidence need not read the article again.
    pub(crate) inputs: Vec<f64>,
}
