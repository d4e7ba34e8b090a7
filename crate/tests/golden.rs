//! Golden vectors: text → features → reading, the same numbers in native Rust (here), in the wasm under Node and in Chromium
//! (www/test). `LEITMOTIF_GOLDEN=write cargo test -p leitmotif --test golden` writes the file anew from its own texts.

use std::fmt::Write as _;
use std::path::Path;

use leitmotif::Classifier;
use leitmotif::plain::{PlainFeature, PlainReading};
use serde_json::{Value, json};

fn vector(text: &str) -> Value {
    let classifier = Classifier::embedded();
    let reading = classifier.read(text);
    let features = serde_json::to_value(PlainFeature::all(classifier, text)).expect("plain data");
    let plain = serde_json::to_value(PlainReading::of(classifier, &reading, true)).expect("plain data");
    json!({ "text": text, "features": features, "reading": plain })
}

#[test]
fn native_readings_equal_the_golden_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.jsonl");
    let file = std::fs::read_to_string(&path).expect("tests/golden.jsonl is there");
    let golden: Vec<Value> =
        file.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    assert!(golden.len() >= 30, "{} vectors", golden.len());
    let found: Vec<Value> =
        golden.iter().map(|vector| self::vector(vector["text"].as_str().expect("a text"))).collect();
    if std::env::var_os("LEITMOTIF_GOLDEN").is_some_and(|mode| mode == "write") {
        let lines = found.iter().fold(String::new(), |mut lines, vector| {
            writeln!(lines, "{vector}").expect("a String takes everything");
            lines
        });
        std::fs::write(&path, lines).expect("tests/golden.jsonl can be written");
        return;
    }
    for (found, expected) in found.iter().zip(&golden) {
        assert_eq!(
            found, expected,
            "{:?}: after a change that is meant, write the vectors anew",
            expected["text"]
        );
    }
}
