//! The engine as JavaScript sees it: numbers in flat arrays and single strings, offsets in UTF-16 code units. The only file
//! that knows JavaScript; www/reading-rows.js and www/steps.js make objects of what comes out here.
//!
//! No JavaScript value crosses the boundary as such: that would need a table of references, which the translation of the
//! engine to JavaScript does not have.

mod steps;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::features::Extractor;
use crate::plain::{Units, explained};
use crate::{Classifier, ParagraphReading, Reading};

/// Without the standard library nobody else brings memory.
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A panic traps, and JavaScript throws a `RuntimeError`: a message would go nowhere.
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// A loaded model.
#[wasm_bindgen]
pub struct Engine {
    classifier: Classifier,
    embedded: bool,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a model, without one the model inside the wasm file; nothing where the bytes are not one:
    /// [`problem`](Self::problem) says why.
    pub fn load(model: Option<Vec<u8>>) -> Option<Engine> {
        let bytes = model.as_deref().unwrap_or(Classifier::embedded_bytes());
        let classifier = Classifier::from_bytes(bytes).ok()?;
        Some(Engine { classifier, embedded: model.is_none() })
    }

    /// What is wrong with the bytes of a model that was not loaded; nothing where they are a sound one.
    pub fn problem(model: &[u8]) -> Option<String> {
        Classifier::from_bytes(model).err().map(|problem| problem.message())
    }

    /// Reads a text; with `evidence`, says for each paragraph because of which words.
    ///
    /// One row of numbers, for a model of T themes: the profile's paragraphs, words and unsure ones; T + 1 times (the last: no
    /// theme) a share's paragraphs and words; the number of paragraphs, then for each: start, end, kind (0 body, 1 heading,
    /// 2 furniture), words, certainty (0 unsure, 1 likely, 2 clear), the runner-up's position or −1, the verdict as a bit
    /// set of positions, T probabilities and the number of themes explained, then for each of these: position, logit, bias,
    /// context and the number of words, then for each: start, end, logit, and 1 where it is in a term.
    pub fn read(&self, text: &str, evidence: bool) -> Vec<f64> {
        row(&self.classifier, &self.classifier.read(text), evidence)
    }

    /// The features of a text as one paragraph, in the order in which the engine sees them: for each its
    /// fingerprint, its family's id, start and end.
    pub fn features(&self, text: &str) -> Vec<u32> {
        let units = Units::of(text);
        let mut row = Vec::new();
        Extractor::new().emit(text, self.classifier.glossary(), |feature| {
            row.extend([feature.fingerprint, feature.family.id()]);
            row.extend([feature.start, feature.end].map(|byte| units.at(byte) as u32));
        });
        row
    }

    /// The model's metadata, key and value in turn: position 0 is the first key, 1 its value, 2 the second key. With
    /// `sha256` of the model file where it is the embedded one. Nothing beyond the last.
    pub fn metadata(&self, position: usize) -> Option<String> {
        let facts = self.classifier.model().metadata.iter().map(|(key, value)| (&key[..], &value[..]));
        let own = self.embedded.then(|| ("sha256", Classifier::embedded_sha256()));
        let (key, value) = facts.chain(own).nth(position / 2)?;
        Some(if position.is_multiple_of(2) { key } else { value }.to_owned())
    }
}

/// A reading as [`Engine::read`] hands it over.
fn row(classifier: &Classifier, reading: &Reading, evidence: bool) -> Vec<f64> {
    let units = Units::of(reading.article.text());
    let count = |number: usize| number as f64;
    let profile = &reading.profile;
    let mut row = Vec::new();
    put(&mut row, &[profile.paragraphs, profile.words, profile.unsure].map(count));
    for share in &profile.shares {
        put(&mut row, &[count(share.paragraphs), share.words]);
    }
    put(&mut row, &[count(reading.paragraphs.len())]);
    for (index, read) in reading.paragraphs.iter().enumerate() {
        let ParagraphReading { span, kind, words, probability, verdict, .. } = read;
        let [start, end] = [span.start, span.end].map(|byte| count(units.at(byte)));
        let (certainty, runner_up) =
            (count(verdict.certainty as usize), verdict.runner_up.map_or(-1.0, count));
        let themes = f64::from(verdict.themes.bits());
        put(&mut row, &[start, end, count(*kind as usize), count(*words), certainty, runner_up, themes]);
        put(&mut row, probability);
        let explained = if evidence { explained(read) } else { crate::Themes::NONE };
        put(&mut row, &[count(explained.len())]);
        for theme in explained.iter() {
            let Ok(found) = classifier.evidence(reading, index, theme) else {
                unreachable!("a theme of the model")
            };
            put(&mut row, &[count(theme), found.logit, found.bias, found.context, count(found.words.len())]);
            for word in found.words {
                let [start, end] = [word.span.start, word.span.end].map(|byte| count(units.at(byte)));
                put(&mut row, &[start, end, word.logit, f64::from(u8::from(word.term))]);
            }
        }
    }
    row
}

/// Stays a function of its own: woven into each of its callers it would be most of them.
#[inline(never)]
fn put(row: &mut Vec<f64>, numbers: &[f64]) {
    row.extend_from_slice(numbers);
}
