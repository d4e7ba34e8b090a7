//! What holds for any bytes that claim to be a model.

use leitmotif::{Classifier, FORMAT, ModelError};

use crate::text;

/// Bytes are a model, which then reads soundly, or there is an error that says what is wrong. Whether they were one.
pub fn loads(bytes: &[u8]) -> bool {
    match Classifier::from_bytes(bytes) {
        Ok(classifier) => {
            let words = "Wetlands, steel mills and 3.5% more in 北京.\n\nThe council met.\n\nBy Ann Lee";
            text::sound(&classifier, &classifier.read(words));
            true
        }
        Err(problem) => {
            assert!(problem.to_string().len() > 20, "{problem:?} says too little");
            false
        }
    }
}

/// A file whose header is sound and whose packed parts are any bytes: the first byte says how many themes, the second how
/// the rest is shared between features and glossary.
pub fn of_packed(bytes: &[u8]) -> Vec<u8> {
    let [themes, share, rest @ ..] = bytes else { return Vec::new() };
    let themes = 1 + usize::from(*themes) % 16;
    let (features, glossary) = rest.split_at(rest.len() * usize::from(*share) / 255);
    file(themes, features, glossary)
}

/// A model file of themes called `t0`, `t1`, …, every number of it 0.5.
pub fn file(themes: usize, features: &[u8], glossary: &[u8]) -> Vec<u8> {
    let ids: Vec<String> = (0..themes).map(|theme| format!("t{theme}")).collect();
    let mut header = format!(
        r#"{{"__metadata__":{{"format":"{FORMAT}","themes":"{}","fingerprint_bits":"20"}}"#,
        ids.join(" ")
    );
    let mut data: Vec<u8> = Vec::new();
    let mut tensor = |name: &str, dtype: &str, shape: &[usize], bytes: &[u8]| {
        let (start, end) = (data.len(), data.len() + bytes.len());
        header +=
            &format!(r#","{name}":{{"dtype":"{dtype}","shape":{shape:?},"data_offsets":[{start},{end}]}}"#);
        data.extend(bytes);
    };
    for (name, shape) in [
        ("bias", &[themes][..]),
        ("certainty", &[2]),
        ("context.bias", &[themes]),
        ("context.weight", &[themes, leitmotif::context::INPUTS]),
        ("prior", &[themes]),
        ("scale", &[themes]),
        ("threshold", &[themes]),
    ] {
        tensor(name, "F32", shape, &0.5f32.to_le_bytes().repeat(shape.iter().product()));
    }
    tensor("feature.packed", "U8", &[features.len()], features);
    tensor("glossary.packed", "U8", &[glossary.len()], glossary);
    header.push('}');
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.into_bytes());
    file.extend(data);
    file
}

/// Whether packed parts, whatever they are, are refused for what they are, the header of [`of_packed`] being sound.
pub fn unpacks(bytes: &[u8]) -> bool {
    let file = of_packed(bytes);
    if let Err(problem) = Classifier::from_bytes(&file) {
        let packed = ["feature.packed", "glossary.packed"];
        let fair = matches!(&problem, ModelError::Part { part, .. } if packed.contains(part));
        assert!(fair || bytes.len() < 2, "{problem}");
    }
    loads(&file)
}
