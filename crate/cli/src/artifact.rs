//! A model to the bytes of a .safetensors file, and back.
//!
//! Written here and not by the safetensors crate, whose header comes out of a hash map in another order each time.
//! The layout is documented in the library's `model.rs`; the loader there, which uses that crate, reads it back in a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use leitmotif::packing::{pack_features, pack_glossary};
use leitmotif::{Classifier, Model, context};
use safetensors::{SafeTensorError, SafeTensors};
use serde_json::{Map, Value, json};

/// A tensor to be written.
pub(crate) struct Tensor {
    name: &'static str,
    dtype: &'static str,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Tensor {
    /// `bytes` little-endian, of `dtype` as the format names it, wide types before narrow ones so that each is aligned.
    pub(crate) fn new(name: &'static str, dtype: &'static str, shape: &[usize], bytes: Vec<u8>) -> Tensor {
        Tensor { name, dtype, shape: shape.to_vec(), bytes }
    }
}

/// A classifier from a model file, and the file's bytes.
///
/// # Errors
/// When the file cannot be read, or is no model.
pub(crate) fn read(path: &Path) -> Result<(Classifier, Vec<u8>)> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    match Classifier::from_bytes(&bytes) {
        Ok(classifier) => Ok((classifier, bytes)),
        // The engine's own reader, small as it is, does not tell a header that is wrong from data that is not all there.
        Err(_)
            if matches!(SafeTensors::deserialize(&bytes), Err(SafeTensorError::MetadataIncompleteBuffer)) =>
        {
            let (path, length) = (path.display(), bytes.len());
            bail!(
                "cannot use {path}: cut or lengthened: its header tells of more or less than the {length} bytes there are"
            )
        }
        Err(problem) => Err(problem).with_context(|| format!("cannot use {}", path.display())),
    }
}

/// The model file.
pub(crate) fn to_bytes(model: &Model) -> Vec<u8> {
    let t = model.themes.len();
    let floats =
        |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let features = pack_features(&model.fingerprints, &model.weights, t, model.fingerprint_bits);
    let glossary = pack_glossary(&model.glossary, &model.glossary_ends, t);
    let metadata = model.metadata.iter().cloned().collect();
    container(
        &metadata,
        vec![
            Tensor::new("bias", "F32", &[t], floats(&model.bias)),
            Tensor::new("certainty", "F32", &[2], floats(&model.certainty)),
            Tensor::new("context.bias", "F32", &[t], floats(&model.context_bias)),
            Tensor::new("context.weight", "F32", &[t, context::INPUTS], floats(&model.context_weights)),
            Tensor::new("prior", "F32", &[t], floats(&model.prior)),
            Tensor::new("scale", "F32", &[t], floats(&model.scale)),
            Tensor::new("threshold", "F32", &[t], floats(&model.threshold)),
            Tensor::new("feature.packed", "U8", &[features.len()], features),
            Tensor::new("glossary.packed", "U8", &[glossary.len()], glossary),
        ],
    )
}

/// Serialises: 8 bytes of header length, a JSON header, the tensors in the order given.
pub(crate) fn container(metadata: &BTreeMap<String, String>, tensors: Vec<Tensor>) -> Vec<u8> {
    let mut header = Map::new();
    let metadata: Map<String, Value> =
        metadata.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect();
    header.insert("__metadata__".to_owned(), Value::Object(metadata));
    let mut offset = 0;
    for tensor in &tensors {
        let end = offset + tensor.bytes.len();
        let entry = json!({ "dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": [offset, end] });
        header.insert(tensor.name.to_owned(), entry);
        offset = end;
    }
    let mut header = Value::Object(header).to_string();
    // The format asks for data that start on a multiple of 8; spaces may follow the header.
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.into_bytes());
    tensors.into_iter().for_each(|tensor| bytes.extend(tensor.bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_reads_back_what_was_written() {
        let metadata = [
            ("fingerprint_bits", "20"),
            ("format", leitmotif::FORMAT),
            ("theme.sea.definition", "Salt water."),
            ("theme.sea.name.en", "Sea"),
            ("themes", "sea sky"),
        ];
        let theme = |id: &str, names: &[(&str, &str)], definition: &str| leitmotif::Theme {
            id: id.to_owned(),
            names: names.iter().map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned())).collect(),
            definition: definition.to_owned(),
        };
        let model = Model {
            metadata: metadata.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
            themes: vec![theme("sea", &[("en", "Sea")], "Salt water."), theme("sky", &[], "")],
            fingerprint_bits: 20,
            fingerprints: vec![0, 5, 70_000],
            weights: vec![1, -1, 127, -127, 0, 3],
            scale: vec![0.5, 0.25],
            bias: vec![-1.0, 1.5],
            prior: vec![-2.0, -3.0],
            context_weights: (0..2 * context::INPUTS).map(|k| k as f32).collect(),
            context_bias: vec![0.0, -2.0],
            threshold: vec![0.5, 0.4],
            certainty: [0.8, 0.6],
            glossary: vec![(3, 1), ((1 << 26) - 1, 3)],
            glossary_ends: vec![0, 9000],
        };
        let bytes = to_bytes(&model);
        let reference =
            safetensors::SafeTensors::deserialize(&bytes).expect("a file that the format's own crate reads");
        let scale = reference.tensor("scale").expect("the scales");
        assert_eq!((scale.dtype(), scale.shape()), (safetensors::Dtype::F32, &[2][..]));
        assert_eq!(scale.data(), [0.5f32.to_le_bytes(), 0.25f32.to_le_bytes()].concat());
        let features = reference.tensor("feature.packed").expect("the features");
        assert_eq!(
            (features.dtype(), features.shape()),
            (safetensors::Dtype::U8, &[features.data().len()][..])
        );
        assert_eq!(Model::from_bytes(&bytes), Ok(model));
    }
}
