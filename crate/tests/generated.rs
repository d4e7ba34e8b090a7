//! Native = wasm, bit for bit, beyond the golden vectors: readings of texts made by rule, fingerprinted. Node makes the same texts
//! and the same fingerprints with the wasm (www/test/node/generated.test.js), and both must be those of tests/generated.json.
//! `LEITMOTIF_GOLDEN=write cargo test -p leitmotif --test generated` writes the file anew.

use std::path::Path;

use leitmotif::plain::PlainReading;
use leitmotif::{Classifier, Kind};
use serde_json::{Value, json};

const TEXTS: u32 = 400;

/// What texts are put together from: words of all themes and none, scripts, marks, ends of lines.
const PIECES: &[&str] = &[
    "The ",
    "council ",
    "will ",
    "renew ",
    "drains ",
    "of ",
    "steel ",
    "mills ",
    "robots ",
    "wetlands ",
    "rivers ",
    "were ",
    "polluted, ",
    "tariffs ",
    "on ",
    "exports ",
    "fell. ",
    "She ",
    "said: ",
    "“we ",
    "waited” ",
    "new ",
    "flats ",
    "rise. ",
    "By Ann Lee",
    "Share",
    "\n\n",
    "\n",
    "\r\n",
    "- ",
    "1. ",
    "> ",
    "港口将在五月疏浚，",
    "工程师说。",
    "النهر نظيف ",
    "é",
    "e\u{301}",
    "👩\u{200d}🚀 ",
    "\u{200b}",
    "\u{ad}",
    "\u{a0}",
    "3.5% ",
    "1,400 ",
    "O’Brien’s ",
    "co-\noperation ",
    "𝒜𠀀 ",
    "İ",
    "May 3, 2022 ",
];

/// The same numbers in JavaScript: 32 bits, the high ones used.
fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 16
}

fn text(number: u32) -> String {
    let mut seed = number;
    let length = next(&mut seed) % 90;
    (0..length).map(|_| PIECES[next(&mut seed) as usize % PIECES.len()]).collect()
}

/// FNV-1a over every number of a reading, doubles as their eight bytes.
struct Fingerprint(u32);

impl Fingerprint {
    fn number(&mut self, number: f64) {
        for byte in number.to_bits().to_le_bytes() {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
}

fn fingerprint(text: &str) -> u32 {
    let classifier = Classifier::embedded();
    let reading = classifier.read(text);
    // Offsets in UTF-16 code units are those of the plain form.
    let plain = serde_json::to_value(PlainReading::of(classifier, &reading, true)).expect("plain data");
    let count = |value: &Value, key: &str| value[key].as_u64().expect("a count") as f64;
    let mut print = Fingerprint(0x811C_9DC5);
    for (read, part) in reading.paragraphs.iter().zip(plain["paragraphs"].as_array().expect("paragraphs")) {
        print.number(count(part, "start"));
        print.number(count(part, "end"));
        print.number(match read.kind {
            Kind::Body => 0.0,
            Kind::Heading => 1.0,
            Kind::Furniture => 2.0,
        });
        print.number(read.words as f64);
        print.number(read.verdict.certainty as u8 as f64);
        print.number(f64::from(read.verdict.themes.bits()));
        read.probability.iter().for_each(|probability| print.number(*probability));
        for evidence in part["evidence"].as_array().expect("evidence") {
            for key in ["logit", "bias", "context"] {
                print.number(evidence[key].as_f64().expect("a number"));
            }
            for word in evidence["words"].as_array().expect("words") {
                print.number(count(word, "start"));
                print.number(count(word, "end"));
                print.number(word["logit"].as_f64().expect("a number"));
            }
        }
    }
    print.0
}

#[test]
fn readings_of_generated_texts_have_the_fingerprints_that_the_wasm_must_have() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generated.json");
    let found: Vec<u32> = (0..TEXTS).map(|number| fingerprint(&text(number))).collect();
    if std::env::var_os("LEITMOTIF_GOLDEN").is_some_and(|mode| mode == "write") {
        let file = json!({ "pieces": PIECES, "fingerprints": found });
        std::fs::write(&path, format!("{file}\n")).expect("tests/generated.json can be written");
        return;
    }
    let file = std::fs::read_to_string(&path).expect("tests/generated.json is there");
    let file: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(file["pieces"], json!(PIECES), "the texts are others: write the file anew");
    for (number, (found, golden)) in
        (0..TEXTS).zip(found.iter().zip(file["fingerprints"].as_array().expect("fingerprints")))
    {
        assert_eq!(Some(u64::from(*found)), golden.as_u64(), "text {number}: {:?}", text(number));
    }
}
