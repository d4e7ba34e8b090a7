//! The engine as JavaScript sees it: numbers and strings in flat arrays, offsets in UTF-16 code units. The only file that
//! knows JavaScript; www/leitmotif.js makes objects of what comes out here.

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
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// A panic traps, and JavaScript throws a `RuntimeError`: a message would go nowhere.
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// A loaded model. `new Engine()` takes the one inside the wasm file, `new Engine(bytes)` another one.
#[wasm_bindgen]
pub struct Engine {
    classifier: Classifier,
    embedded: bool,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a model. Throws a string, what is wrong, where the bytes are not one.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Option<Vec<u8>>) -> Result<Engine, JsValue> {
        let bytes = model.as_deref().unwrap_or(Classifier::embedded_bytes());
        match Classifier::from_bytes(bytes) {
            Ok(classifier) => Ok(Engine { classifier, embedded: model.is_none() }),
            Err(problem) => Err(JsValue::from_str(&problem.message())),
        }
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

    /// The model's metadata, key after value after key; with `sha256` of the model file where it is the embedded one.
    pub fn metadata(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for (key, value) in &self.classifier.model().metadata {
            facts.push(key.clone());
            facts.push(value.clone());
        }
        if self.embedded {
            facts.push("sha256".to_owned());
            facts.push(Classifier::embedded_sha256().to_owned());
        }
        facts
    }
}

/// A reading as [`Engine::read`] hands it over.
fn row(classifier: &Classifier, reading: &Reading, evidence: bool) -> Vec<f64> {
    let units = Units::of(reading.article.text());
    let count = |number: usize| number as f64;
    let profile = &reading.profile;
    let mut row = Vec::new();
    row.extend([profile.paragraphs, profile.words, profile.unsure].map(count));
    for share in &profile.shares {
        row.extend([count(share.paragraphs), share.words]);
    }
    row.push(count(reading.paragraphs.len()));
    for (index, read) in reading.paragraphs.iter().enumerate() {
        let ParagraphReading { span, kind, words, probability, verdict, .. } = read;
        row.extend([units.at(span.start), units.at(span.end), *kind as usize, *words].map(count));
        row.push(count(verdict.certainty as usize));
        row.push(verdict.runner_up.map_or(-1.0, count));
        row.push(f64::from(verdict.themes.bits()));
        row.extend(probability);
        let explained = if evidence { explained(read) } else { crate::Themes::NONE };
        row.push(count(explained.len()));
        for theme in explained.iter() {
            let Ok(found) = classifier.evidence(reading, index, theme) else {
                unreachable!("a theme of the model")
            };
            row.extend([count(theme), found.logit, found.bias, found.context, count(found.words.len())]);
            for word in found.words {
                let [start, end] = [word.span.start, word.span.end].map(|byte| count(units.at(byte)));
                row.extend([start, end, word.logit, f64::from(u8::from(word.term))]);
            }
        }
    }
    row
}
