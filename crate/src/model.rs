//! The trained weights as a `.safetensors` file: what is in it, and reading it back with every figure checked.
//!
//! | tensor | type, shape | meaning |
//! |---|---|---|
//! | `feature.packed` | U8 \[bytes\] | N ascending fingerprints, and N × T weights in steps of the theme's scale: [`crate::packing`] |
//! | `scale` | F32 \[T\] | one step of a weight |
//! | `bias` | F32 \[T\] | first-stage bias |
//! | `prior` | F32 \[T\] | log odds of each theme among all paragraphs |
//! | `context.weight` | F32 \[T, 5\] | second stage: weights of the inputs of [`crate::context`] |
//! | `context.bias` | F32 \[T\] | second-stage bias |
//! | `threshold` | F32 \[T\] | the probability from which a theme is in the verdict |
//! | `certainty` | F32 \[2\] | least chance of a right verdict to be called clear, and likely |
//! | `glossary.packed` | U8 \[bytes\] | G ascending term keys ([`crate::Glossary::terms`]), each term's bit set of themes, and their ends ([`crate::Glossary::ends`]): [`crate::packing`] |
//!
//! T themes (1 to 16), N features, G terms. The metadata are strings: `format`, `id`,
//! `themes` (ids, a space between), `theme.ID.name.LANGUAGE`, `theme.ID.definition`, `fingerprint_bits`, and whatever
//! else the trainer notes.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use thiserror::Error;

use crate::context;
use crate::packing::{unpack_features, unpack_glossary};
use crate::safetensors::Container;
use crate::theme::{MOST_THEMES, Theme};

/// The version of the layout above; a loader refuses any other.
pub const FORMAT: &str = "leitmotif 4";

/// Why bytes are not a model that this version can use.
///
/// ```
/// use leitmotif::{Classifier, ModelError};
///
/// let problem = Classifier::from_bytes(b"<!doctype html>").unwrap_err();
/// assert!(matches!(problem, ModelError::Unreadable(_)));
/// assert!(problem.to_string().starts_with("not a readable .safetensors file"));
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes are not a safetensors file, or a damaged one.
    #[error("{}", self.message())]
    Unreadable(&'static str),
    /// A safetensors file, but not of this layout.
    #[error("{}", self.message())]
    Format {
        /// What the file's metadata say.
        found: String,
    },
    /// A part is missing, or is not of the type, shape or range that the layout asks for.
    #[error("{}", self.message())]
    Part {
        /// Tensor or metadata key.
        part: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl ModelError {
    /// What [`Display`](core::fmt::Display) says, put together without the formatter: that one would weigh more in the
    /// file that readers load than the reader of models does.
    pub(crate) fn message(&self) -> String {
        match self {
            ModelError::Unreadable(problem) => {
                ["not a readable .safetensors file (", problem, "): load the file again, or another one"]
                    .concat()
            }
            ModelError::Format { found } => [
                "the model says format \"",
                found,
                "\", this version reads \"",
                FORMAT,
                "\": use the release that the model was made for",
            ]
            .concat(),
            ModelError::Part { part, problem } => [
                "the model's ",
                part,
                " ",
                problem,
                ": the file is damaged or was not written by `leitmotif train`",
            ]
            .concat(),
        }
    }
}

/// A model's parts, checked against each other; indices run over themes T, features N and terms G.
///
/// ```
/// use leitmotif::{Classifier, Model, context::INPUTS};
///
/// let model = Model::from_bytes(Classifier::embedded_bytes())?;
/// let (themes, features) = (model.themes.len(), model.fingerprints.len());
/// assert_eq!(model.weights.len(), features * themes);
/// assert_eq!(model.context_weights.len(), themes * INPUTS);
/// assert!(model.metadata.iter().any(|(key, _)| key == "id"));
/// # Ok::<(), leitmotif::ModelError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// All metadata of the file, as keys and values in its order.
    pub metadata: Vec<(String, String)>,
    /// The T themes, in the order of every row below.
    pub themes: Vec<Theme>,
    /// How many low bits of a fingerprint are stored and compared (8 to 32).
    pub fingerprint_bits: u32,
    /// N ascending fingerprints.
    pub fingerprints: Vec<u32>,
    /// N rows of T steps: `weights[n * T + t]`.
    pub weights: Vec<i8>,
    /// T: one step of a weight.
    pub scale: Vec<f32>,
    /// T: first-stage bias.
    pub bias: Vec<f32>,
    /// T log odds of each theme among all paragraphs.
    pub prior: Vec<f32>,
    /// T rows of [`INPUTS`](crate::context::INPUTS) second-stage weights.
    pub context_weights: Vec<f32>,
    /// T: second-stage bias.
    pub context_bias: Vec<f32>,
    /// T probabilities from which a theme is in the verdict.
    pub threshold: Vec<f32>,
    /// Least chance of a right verdict to be called clear, and likely.
    pub certainty: [f32; 2],
    /// G pairs (term key, bit set of themes), ascending by key.
    pub glossary: Vec<(u32, u16)>,
    /// What terms end with ([`crate::Glossary::ends`]), ascending.
    pub glossary_ends: Vec<u32>,
}

impl Model {
    /// Reads and checks a model.
    ///
    /// # Errors
    /// A [`ModelError`] that names the part at fault; no bytes make it panic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = Container::read(bytes).map_err(ModelError::Unreadable)?;
        let text = |key| value(&file.metadata, key).ok_or(part(key, "is missing from the metadata"));
        let format = value(&file.metadata, "format").unwrap_or_default();
        if format != FORMAT {
            return Err(ModelError::Format { found: format.to_owned() });
        }
        let themes = read_themes(&file.metadata, text("themes")?)?;
        let t = themes.len();
        let fingerprint_bits: u32 =
            text("fingerprint_bits")?.parse().map_err(|_| part("fingerprint_bits", "is not a number"))?;
        if !(8..=32).contains(&fingerprint_bits) {
            return Err(part("fingerprint_bits", "is not between 8 and 32"));
        }
        let packed = |name| bytes_of(&file, name, "U8", &[None]);
        let (fingerprints, weights) = unpack_features(packed("feature.packed")?, t, fingerprint_bits)
            .map_err(|problem| part("feature.packed", problem))?;
        let (glossary, glossary_ends) = unpack_glossary(packed("glossary.packed")?, t)
            .map_err(|problem| part("glossary.packed", problem))?;
        let floats = |name, shape: &[usize]| floats_of(&file, name, shape);
        let certainty = floats("certainty", &[2])?;
        Ok(Model {
            fingerprint_bits,
            fingerprints,
            weights,
            scale: floats("scale", &[t])?,
            bias: floats("bias", &[t])?,
            prior: floats("prior", &[t])?,
            context_weights: floats("context.weight", &[t, context::INPUTS])?,
            context_bias: floats("context.bias", &[t])?,
            threshold: floats("threshold", &[t])?,
            certainty: [certainty[0], certainty[1]],
            glossary,
            glossary_ends,
            themes,
            metadata: file.metadata,
        })
    }
}

fn part(part: &'static str, problem: &'static str) -> ModelError {
    ModelError::Part { part, problem }
}

fn value<'m>(metadata: &'m [(String, String)], key: &str) -> Option<&'m str> {
    metadata.iter().find(|(own, _)| own == key).map(|(_, value)| &value[..])
}

fn read_themes(metadata: &[(String, String)], ids: &str) -> Result<Vec<Theme>, ModelError> {
    let mut themes = Vec::new();
    for id in ids.split_ascii_whitespace() {
        let mut theme = Theme { id: id.to_owned(), names: Vec::new(), definition: String::new() };
        for (key, value) in metadata {
            let own = key.strip_prefix("theme.").and_then(|key| key.strip_prefix(id));
            match own.and_then(|key| key.strip_prefix('.')) {
                Some("definition") => theme.definition = value.clone(),
                Some(key) => {
                    if let Some(language) = key.strip_prefix("name.") {
                        theme.names.push((language.to_owned(), value.clone()));
                    }
                }
                None => {}
            }
        }
        themes.push(theme);
    }
    if !(1..=MOST_THEMES).contains(&themes.len()) {
        return Err(part("themes", "do not list 1 to 16 ids"));
    }
    if (1..themes.len()).any(|later| themes[..later].iter().any(|theme| theme.id == themes[later].id)) {
        return Err(part("themes", "list an id twice"));
    }
    Ok(themes)
}

/// A tensor's bytes, once its type and shape are as asked (`None`: any length).
fn bytes_of<'b>(
    file: &Container<'b>,
    name: &'static str,
    dtype: &str,
    shape: &[Option<usize>],
) -> Result<&'b [u8], ModelError> {
    let tensor = file.tensor(name).ok_or_else(|| part(name, "is missing"))?;
    let fits = tensor.shape.len() == shape.len()
        && tensor.shape.iter().zip(shape).all(|(found, asked)| asked.is_none_or(|asked| asked == *found));
    let size = if dtype == "F32" { 4usize } else { 1 };
    let bytes = tensor.shape.iter().try_fold(size, |bytes, length| bytes.checked_mul(*length));
    if tensor.dtype != dtype || !fits || bytes != Some(tensor.data.len()) {
        return Err(part(name, "is not of the type and shape that the layout asks for"));
    }
    Ok(tensor.data)
}

fn floats_of(file: &Container, name: &'static str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
    let shape: Vec<_> = shape.iter().map(|length| Some(*length)).collect();
    let bytes = bytes_of(file, name, "F32", &shape)?;
    let numbers: Vec<f32> =
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    // The bound keeps every sum of the reading finite, whatever the text.
    if numbers.iter().any(|number| !number.is_finite() || number.abs() > 1e6) {
        return Err(part(name, "holds a number that is not finite or beyond a million"));
    }
    Ok(numbers)
}
