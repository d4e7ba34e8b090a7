//! Inputs that are not articles: empty, tiny, huge, odd, and models that are not models. A clear outcome each.

use leitmotif::{Certainty, Classifier, EvidenceError, Kind, ModelError};

fn read(text: &str) -> leitmotif::Reading<'_> {
    Classifier::embedded().read(text)
}

#[test]
fn an_empty_text_has_no_paragraphs_and_an_empty_profile() {
    for text in ["", " \n\t\r\n\u{A0}", "\u{FEFF}"] {
        let reading = read(text);
        assert!(reading.paragraphs.is_empty(), "{text:?}");
        assert_eq!((reading.profile.paragraphs, reading.profile.words), (0, 0));
        assert!(reading.profile.shares.iter().all(|share| share.words == 0.0));
    }
}

#[test]
fn one_word_is_one_paragraph() {
    let reading = read("urbanization");
    assert_eq!(reading.paragraphs.len(), 1);
    assert_eq!(reading.paragraphs[0].words, 1);
}

#[test]
fn probabilities_are_probabilities_and_shares_add_up() {
    let article = include_str!("../../seeds/articles/001_e4ce4b60b7b2072c.txt");
    let reading = read(article);
    assert!(reading.paragraphs.iter().flat_map(|read| &read.probability).all(|p| (0.0..=1.0).contains(p)));
    let whole: f64 = reading.profile.shares.iter().map(|share| share.words).sum();
    assert!((whole - 1.0).abs() < 1e-9, "{whole}");
    let furniture = reading.paragraphs.iter().filter(|read| read.kind == Kind::Furniture).count();
    assert_eq!(reading.profile.paragraphs, reading.paragraphs.len() - furniture);
}

#[test]
fn five_megabytes_are_read_whole() {
    let paragraph = "The council of Port Sel will renew the drains of forty streets, its engineer said.\n\n";
    let text = paragraph.repeat(5_000_000 / paragraph.len() + 1);
    let reading = read(&text);
    assert_eq!(reading.paragraphs.len(), text.matches("\n\n").count());
    let one_line = "steel ".repeat(900_000);
    assert_eq!(read(&one_line).paragraphs.len(), 1);
}

#[test]
fn evidence_of_what_is_not_there_is_an_error() {
    let classifier = Classifier::embedded();
    let reading = classifier.read("Steel.");
    assert_eq!(
        classifier.evidence(&reading, 1, 0),
        Err(EvidenceError::NoParagraph { index: 1, paragraphs: 1 })
    );
    let themes = classifier.themes().len();
    assert_eq!(
        classifier.evidence(&reading, 0, themes),
        Err(EvidenceError::NoTheme { theme: themes, themes })
    );
}

#[test]
fn unsure_names_a_runner_up_and_sure_does_not() {
    let text = include_str!("../../seeds/articles/003_a84aa33bf6dbb46e.txt");
    let reading = read(text);
    for read in &reading.paragraphs {
        assert_eq!(read.verdict.runner_up.is_some(), read.verdict.certainty == Certainty::Unsure);
    }
}

#[test]
fn a_corrupt_model_is_an_error_wherever_it_is_cut_or_bent() {
    let bytes = Classifier::embedded_bytes();
    assert!(Classifier::from_bytes(bytes).is_ok());
    assert!(matches!(Classifier::from_bytes(b""), Err(ModelError::Unreadable(_))));
    assert!(matches!(Classifier::from_bytes(b"<!doctype html><p>not found"), Err(ModelError::Unreadable(_))));
    for length in (0..bytes.len()).step_by(bytes.len() / 97) {
        assert!(Classifier::from_bytes(&bytes[..length]).is_err(), "cut at {length}");
    }
    // Whatever one flipped byte makes of the file, loading it and reading with it does not panic.
    for at in (0..bytes.len()).step_by(bytes.len() / 211).chain(0..600) {
        let mut bent = bytes.to_vec();
        bent[at] ^= 0x55;
        if let Ok(classifier) = Classifier::from_bytes(&bent) {
            let reading = classifier.read("Wetlands and steel mills.");
            assert!(reading.paragraphs.iter().flat_map(|read| &read.probability).all(|p| !p.is_nan()));
        }
    }
}

#[test]
fn a_model_of_another_format_says_so() {
    let bytes = Classifier::embedded_bytes();
    let at = bytes.windows(11).position(|window| window == b"leitmotif 4").expect("the format's name");
    let mut other = bytes.to_vec();
    other[at + 10] = b'9';
    assert_eq!(
        Classifier::from_bytes(&other).err(),
        Some(ModelError::Format { found: "leitmotif 9".to_owned() })
    );
}

#[test]
fn public_types_can_cross_threads() {
    fn crosses<T: Send + Sync + Unpin>() {}
    crosses::<Classifier>();
    crosses::<leitmotif::Reading>();
    crosses::<leitmotif::Evidence>();
    crosses::<ModelError>();
}
