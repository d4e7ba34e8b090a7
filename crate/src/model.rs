//! The trained weights as a `.safetensors` file: what is in it, and reading it back with every figure checked.
//!
//! | tensor | type, shape | meaning |
//! |---|---|---|
//! | `feature.gap` | U8 \[4, N\] | byte planes, low first, of the gaps between ascending fingerprints |
//! | `feature.weight` | I8 \[T, N\] | weight of each feature for each theme, in steps of the theme's scale |
//! | `scale` | F32 \[T\] | one step of a weight |
//! | `bias` | F32 \[T\] | first-stage bias |
//! | `prior` | F32 \[T\] | log odds of each theme among all paragraphs |
//! | `context.weight` | F32 \[T, 4\] | second stage: weights of the inputs of [`crate::context`] |
//! | `context.bias` | F32 \[T\] | second-stage bias |
//! | `threshold` | F32 \[T\] | the probability from which a theme is in the verdict |
//! | `certainty` | F32 \[2\] | least chance of a right verdict to be called clear, and likely |
//! | `glossary.gap` | U8 \[4, G\] | byte planes of the gaps between ascending term hashes |
//! | `glossary.themes` | U8 \[2, G\] | byte planes of each term's bit set of themes |
//!
//! T themes (1 to 16), N features, G terms. The metadata are strings: `format`, `id`,
//! `themes` (ids, a space between), `theme.ID.name.LANGUAGE`, `theme.ID.definition`, `fingerprint_bits`, and whatever
//! else the trainer notes.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use thiserror::Error;

use crate::context;
use crate::safetensors::Container;
use crate::table::low_bits;
use crate::theme::{MOST_THEMES, Theme};

/// The version of the layout above; a loader refuses any other.
pub const FORMAT: &str = "leitmotif 1";

/// Why bytes are not a model that this version can use.
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
                ["not a readable .safetensors file (", problem, "): load the file again, or another one"].concat()
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
    /// G pairs (term hash, bit set of themes), ascending by hash.
    pub glossary: Vec<(u32, u16)>,
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
        let gaps = bytes_of(&file, "feature.gap", "U8", &[Some(4), None])?;
        let fingerprints = ascending("feature.gap", gaps, low_bits(fingerprint_bits))?;
        let n = fingerprints.len();
        let planes = bytes_of(&file, "feature.weight", "I8", &[Some(t), Some(n)])?;
        let weights = (0..n).flat_map(|row| (0..t).map(move |theme| planes[theme * n + row] as i8)).collect();
        let hashes =
            ascending("glossary.gap", bytes_of(&file, "glossary.gap", "U8", &[Some(4), None])?, u32::MAX)?;
        let g = hashes.len();
        let sets = bytes_of(&file, "glossary.themes", "U8", &[Some(2), Some(g)])?;
        let glossary: Vec<_> =
            (0..g).map(|term| (hashes[term], u16::from_le_bytes([sets[term], sets[g + term]]))).collect();
        if glossary.iter().any(|(_, set)| u32::from(*set) >> t != 0) {
            return Err(part("glossary.themes", "names a theme that is not in the list"));
        }
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
            themes,
            metadata: file.metadata,
        })
    }
}

/// Ascending numbers to the byte planes of their gaps, low bytes first: the first gap is the first number. The
/// inverse of what the loader does; small gaps leave the high planes empty, which compresses well.
pub fn gap_planes(ascending: &[u32]) -> Vec<u8> {
    let mut before = 0;
    let gaps: Vec<[u8; 4]> = ascending
        .iter()
        .map(|number| {
            let gap = number.wrapping_sub(before);
            before = *number;
            gap.to_le_bytes()
        })
        .collect();
    (0..4).flat_map(|plane| gaps.iter().map(move |gap| gap[plane])).collect()
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

fn ascending(name: &'static str, planes: &[u8], largest: u32) -> Result<Vec<u32>, ModelError> {
    let n = planes.len() / 4;
    let mut numbers = Vec::with_capacity(n);
    let mut last = 0u64;
    for i in 0..n {
        let gap = u32::from_le_bytes([planes[i], planes[n + i], planes[2 * n + i], planes[3 * n + i]]);
        if i > 0 && gap == 0 {
            return Err(part(name, "holds a number twice"));
        }
        last += u64::from(gap);
        if last > u64::from(largest) {
            return Err(part(name, "runs past the largest fingerprint"));
        }
        numbers.push(last as u32);
    }
    Ok(numbers)
}
