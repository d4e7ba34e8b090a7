//! Readings as plain data, as they leave the crate: theme ids for positions, UTF-16 code units for bytes.
//!
//! The golden vectors hold them as JSON; www/leitmotif.js makes the same objects.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::Serialize;

use crate::features::Extractor;
use crate::{Classifier, ParagraphReading, Reading, Themes};

/// A feature of a text: `{ fingerprint, family, start, end }`.
///
/// ```
/// use leitmotif::{Classifier, plain::PlainFeature};
///
/// let features = PlainFeature::all(Classifier::embedded(), "😀 steel");
/// let first = serde_json::to_value(&features[0]).unwrap();
/// // The emoji takes four bytes, but two code units.
/// assert_eq!((&first["family"], &first["start"], &first["end"]), (&"stem".into(), &3.into(), &8.into()));
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct PlainFeature {
    fingerprint: u32,
    family: &'static str,
    start: usize,
    end: usize,
}

/// A reading: `{ paragraphs: [{ start, end, kind, words, themes, certainty, probability, runnerUp, evidence }], profile }`.
///
/// ```
/// use leitmotif::{Classifier, plain::PlainReading};
///
/// let classifier = Classifier::embedded();
/// let reading = classifier.read("The mill bought robots and doubled its output of steel.");
/// let plain = serde_json::to_value(PlainReading::of(classifier, &reading, true)).unwrap();
/// assert_eq!(plain["paragraphs"][0]["themes"], serde_json::json!(["industry"]));
/// assert_eq!(plain["paragraphs"][0]["evidence"][0]["theme"], "industry");
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct PlainReading<'a> {
    paragraphs: Vec<PlainParagraph<'a>>,
    profile: PlainProfile<'a>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PlainParagraph<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    words: usize,
    themes: Vec<&'a str>,
    certainty: &'static str,
    probability: BTreeMap<&'a str, f64>,
    runner_up: Option<&'a str>,
    evidence: Vec<PlainEvidence<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct PlainEvidence<'a> {
    theme: &'a str,
    logit: f64,
    bias: f64,
    context: f64,
    words: Vec<PlainWord>,
}

#[derive(Clone, Debug, Serialize)]
struct PlainWord {
    start: usize,
    end: usize,
    logit: f64,
    term: bool,
}

#[derive(Clone, Debug, Serialize)]
struct PlainProfile<'a> {
    paragraphs: usize,
    words: usize,
    unsure: usize,
    shares: Vec<PlainShare<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct PlainShare<'a> {
    theme: Option<&'a str>,
    paragraphs: usize,
    words: f64,
}

impl PlainFeature {
    /// The features of a text as one paragraph, in the order in which the engine sees them.
    pub fn all(classifier: &Classifier, text: &str) -> Vec<PlainFeature> {
        let units = Units::of(text);
        let mut features = Vec::new();
        Extractor::new().emit(text, classifier.glossary(), |feature| {
            features.push(PlainFeature {
                fingerprint: feature.fingerprint,
                family: feature.family.as_str(),
                start: units.at(feature.start),
                end: units.at(feature.end),
            });
        });
        features
    }
}

impl<'a> PlainReading<'a> {
    /// A reading of `classifier` in plain form. With `evidence`, each paragraph says because of which words: for every theme of
    /// its verdict or, where there is none, for its most probable theme.
    pub fn of(classifier: &'a Classifier, reading: &Reading, evidence: bool) -> Self {
        let id = |theme: usize| &classifier.themes()[theme].id[..];
        let units = Units::of(reading.article.text());
        let paragraph = |index: usize| {
            let read = &reading.paragraphs[index];
            let explained = if evidence { explained(read) } else { Themes::NONE };
            let evidence = |theme| PlainEvidence::of(classifier, reading, index, theme, &units);
            PlainParagraph {
                start: units.at(read.span.start),
                end: units.at(read.span.end),
                kind: read.kind.as_str(),
                words: read.words,
                themes: read.verdict.themes.iter().map(id).collect(),
                certainty: read.verdict.certainty.as_str(),
                probability: read.probability.iter().enumerate().map(|(theme, p)| (id(theme), *p)).collect(),
                runner_up: read.verdict.runner_up.map(id),
                evidence: explained.iter().filter_map(evidence).collect(),
            }
        };
        let profile = &reading.profile;
        let share = |share: &crate::Share| PlainShare {
            theme: share.theme.map(id),
            paragraphs: share.paragraphs,
            words: share.words,
        };
        PlainReading {
            paragraphs: (0..reading.paragraphs.len()).map(paragraph).collect(),
            profile: PlainProfile {
                paragraphs: profile.paragraphs,
                words: profile.words,
                unsure: profile.unsure,
                shares: profile.shares.iter().map(share).collect(),
            },
        }
    }
}

impl<'a> PlainEvidence<'a> {
    fn of(
        classifier: &'a Classifier,
        reading: &Reading,
        index: usize,
        theme: usize,
        units: &Units,
    ) -> Option<Self> {
        let found = classifier.evidence(reading, index, theme).ok()?;
        let word = |word: &crate::Word| PlainWord {
            start: units.at(word.span.start),
            end: units.at(word.span.end),
            logit: word.logit,
            term: word.term,
        };
        Some(PlainEvidence {
            theme: &classifier.themes()[theme].id,
            logit: found.logit,
            bias: found.bias,
            context: found.context,
            words: found.words.iter().map(word).collect(),
        })
    }
}

/// The themes that a reader gets reasons for: those of the verdict or, without any, the most probable one.
pub(crate) fn explained(read: &ParagraphReading) -> Themes {
    let strongest = (0..read.logit.len()).max_by(|a, b| read.logit[*a].total_cmp(&read.logit[*b]));
    if read.verdict.themes.is_empty() { strongest.into_iter().collect() } else { read.verdict.themes }
}

/// Bytes to UTF-16 code units.
pub(crate) struct Units {
    /// Where each character outside ASCII starts: (byte, code units before it, its bytes, its code units).
    wide: Vec<(usize, usize, usize, usize)>,
}

impl Units {
    pub(crate) fn of(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut surplus = 0;
        if text.is_ascii() {
            return Units { wide };
        }
        // The first bytes of characters tell how long these are; bytes that go on are below them.
        for (byte, lead) in text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xC0) {
            let length = if lead < 0xE0 { 2 } else { 3 + usize::from(lead >= 0xF0) };
            let own = 1 + usize::from(length == 4);
            wide.push((byte, byte - surplus, length, own));
            surplus += length - own;
        }
        Units { wide }
    }

    /// The code unit at which the character at `byte` (a character boundary) starts.
    pub(crate) fn at(&self, byte: usize) -> usize {
        match self.wide.partition_point(|(start, ..)| *start < byte).checked_sub(1) {
            None => byte,
            Some(last) => {
                let (start, units, bytes, own) = self.wide[last];
                units + own + (byte - start - bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_units_like_encode_utf16() {
        for text in ["", "plain", "é", "a\u{1F600}b é—北京", "\u{FFFD}\u{10FFFF}x"] {
            let units = Units::of(text);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(units.at(byte), text[..byte].encode_utf16().count(), "{text:?} at {byte}");
            }
        }
    }
}
