//! The engine as JavaScript sees it: plain objects, offsets in UTF-16 code units. The only file that knows JavaScript.

mod steps;

use std::collections::BTreeMap;

use js_sys::{Error, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::Classifier;
use crate::plain::{PlainFeature, PlainReading, PlainTheme};

/// A loaded model. `new Engine()` takes the one inside the wasm file, `new Engine(bytes)` another one.
#[wasm_bindgen]
pub struct Engine {
    classifier: Classifier,
    embedded: bool,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a model. Throws an `Error` whose `code` is `"corrupt-model"` where the bytes are not one.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Option<Uint8Array>) -> Result<Engine, Error> {
        let embedded = model.is_none();
        let loaded = match model {
            None => Classifier::from_bytes(Classifier::embedded_bytes()),
            Some(bytes) => Classifier::from_bytes(&bytes.to_vec()),
        };
        loaded.map(|classifier| Engine { classifier, embedded }).map_err(|problem| {
            let error = Error::new(&problem.to_string());
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&error, &"code".into(), &"corrupt-model".into());
            error
        })
    }

    /// Reads a text; with `evidence`, says for each paragraph because of which words.
    pub fn read(&self, text: &str, evidence: bool) -> Result<JsValue, JsValue> {
        plain(&PlainReading::of(&self.classifier, &self.classifier.read(text), evidence))
    }

    /// The features of a text as one paragraph, in the order in which the engine sees them.
    pub fn features(&self, text: &str) -> Result<JsValue, JsValue> {
        plain(&PlainFeature::all(&self.classifier, text))
    }

    /// The model's themes, in order: `[{ id, names: { en, … }, definition }]`.
    pub fn themes(&self) -> Result<JsValue, JsValue> {
        plain(&self.classifier.themes().iter().map(PlainTheme::of).collect::<Vec<_>>())
    }

    /// The model's metadata as an object of strings; `sha256` of the model file where it is the embedded one.
    pub fn model(&self) -> Result<JsValue, JsValue> {
        let metadata = &self.classifier.model().metadata;
        let mut facts: BTreeMap<&str, &str> =
            metadata.iter().map(|(key, value)| (&key[..], &value[..])).collect();
        facts.retain(|key, _| !key.starts_with("theme"));
        if self.embedded {
            facts.insert("sha256", Classifier::embedded_sha256());
        }
        plain(&facts)
    }
}

/// Rust values to plain objects and arrays: maps become objects, absent options `null`.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(JsValue::from)
}
