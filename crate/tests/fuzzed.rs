//! What must hold for any bytes (crate/fuzz): on the committed corpora of the fuzz targets, among them everything that a target
//! has ever found, and on texts made by rule.

#[path = "../fuzz/src/model.rs"]
pub mod model;
#[path = "../fuzz/src/text.rs"]
pub mod text;

use std::path::{Path, PathBuf};

use leitmotif::packing::{pack_features, pack_glossary};
use proptest::prelude::*;

/// The inputs of a corpus: names and bytes.
fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let entries = std::fs::read_dir(&folder).expect("a folder of the corpora");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), std::fs::read(&file).expect("an input"))).collect()
}

/// Checks every input; the last name printed is that of the one which failed.
fn replay(name: &str, mut check: impl FnMut(&[u8])) {
    let inputs = corpus(name);
    assert!(!inputs.is_empty(), "the corpus {name} is empty");
    for (file, bytes) in inputs {
        println!("{}", file.display());
        check(&bytes);
    }
}

#[test]
fn the_corpus_of_texts_splits() {
    replay("text", |bytes| text::splits(&text::of(bytes)));
}

#[test]
fn the_corpus_of_texts_reads() {
    replay("text", |bytes| text::reads(&text::of(bytes)));
}

/// Two small models, which differ in themes, features and terms.
fn models() -> [Vec<u8>; 2] {
    let one =
        model::file(1, &pack_features(&[7, 9000], &[5, -128], 1, 20), &pack_glossary(&[(3, 1)], &[5], 1));
    let weights: Vec<i8> = (0..48).map(|at| (at * 11 % 23) as i8 - 11).collect();
    let sixteen =
        model::file(16, &pack_features(&[0, 1, 1 << 19], &weights, 16, 20), &pack_glossary(&[], &[], 16));
    [one, sixteen]
}

#[test]
fn the_corpus_of_models_loads_or_is_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/model");
    if std::env::var_os("LEITMOTIF_CORPUS").is_some_and(|mode| mode == "write") {
        for (name, bytes) in ["one.safetensors", "sixteen.safetensors"].iter().zip(models()) {
            std::fs::write(folder.join(name), bytes).expect("the corpus can be written");
        }
    }
    let (mut loaded, mut refused) = (0, 0);
    replay("model", |bytes| *(if model::loads(bytes) { &mut loaded } else { &mut refused }) += 1);
    assert!(models().iter().all(|bytes| model::loads(bytes)));
    assert!(
        loaded > 1 && refused > 1,
        "{loaded} models load: after a change of format write them anew, with LEITMOTIF_CORPUS=write"
    );
}

#[test]
fn the_corpus_of_packed_parts_unpacks_or_is_refused() {
    replay("packed", |bytes| {
        model::unpacks(bytes);
    });
}

/// Whatever a keyboard, a program or a page has ever put into a text: scripts side by side, marks on marks, pieces of emoji,
/// what cannot be seen, every end of a line, and lines without an end.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-z]{1,9} ",
        3 => "[A-Z][a-z]{1,9}[.,:;?!]? ",
        2 => "[一-龥ぁ-ヶ。，]{1,9}",
        1 => "[أ-ي\u{64b}-\u{652}]{2,6} ",
        1 => "[ा-्क-ह]{1,6} ",
        1 => "[ก-๛]{1,8}",
        1 => "[가-힣]{1,4} ",
        1 => "[a-zа-яα-ωßıİſ]{1,9}[\u{300}-\u{36f}]{0,5}",
        1 => "[👩👨🚀🏽🇨🇳\u{200d}\u{fe0f}]{1,7}",
        1 => "[\u{10000}-\u{10ffff}]{1,3}",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{a0}\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{fffd}]{1,3}",
        4 => "(\n|\r\n|\r|\n\n|\r\n\r\n|\u{b}|\u{c}|\u{85}|\u{2028}|\u{2029}|\u{2029}\u{2028})",
        2 => "(\n> |\n>> |\n- |\n• |\n1\\. |\n（二）|\n# |\n---\n|\n```\n|\n-- \n|\nFrom: |\nTo: |\n\n\n|\n\t|\n   )",
        2 => "[0-9]{1,5}([.,:/-][0-9]{1,4}){0,3}[%$€a-z]?",
        1 => "[a-z]{3,9}[-\u{2010}](\n|\r\n) *[a-z]{2,5} ",
        1 => "(By |Share|Cookies|Photo: |© |Read more|Updated |May 3, 2022|来源：|2024年5月3日|Home » |https://a\\.example/b )",
        1 => "[a-z\u{4e00}-\u{4e10}]{200,900}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..90).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_splits(text in nasty()) {
        text::splits(&text);
    }

    #[test]
    fn any_text_reads(text in nasty()) {
        text::reads(&text);
    }

    #[test]
    fn any_bytes_are_a_model_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..1000) {
        model::loads(&bytes);
        model::unpacks(&bytes);
        // A sound model with a piece of it replaced.
        for mut file in models() {
            let at = cut * file.len() / 1000;
            let length = bytes.len().min(file.len() - at).min(9);
            file[at..at + length].copy_from_slice(&bytes[..length]);
            model::loads(&file);
        }
    }
}
