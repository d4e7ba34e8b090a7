//! Seeds to training examples: written and counted paragraphs alike.

use leitmotif::features::Extractor;
use leitmotif::{Article, Paragraph, Themes};

use crate::records::Bag;
use crate::seeds::{Document, Seeds};

/// A paragraph as training sees it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) bag: Bag,
    pub(crate) themes: Themes,
    /// Its place; the span is not used.
    pub(crate) paragraph: Paragraph,
    /// Paragraphs with the same number see each other as context.
    pub(crate) article: usize,
    /// Which of the folds its document is in, out of 2³² equal parts.
    pub(crate) lot: u32,
    /// Where it comes from.
    pub(crate) source: Source,
}

/// Where an example comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Written for the project.
    Written,
    /// Real text, and its coder was sure.
    Sure,
    /// Real text, and its coder was not.
    Unsure,
}

impl Example {
    /// Its fold out of `folds`.
    pub(crate) fn fold(&self, folds: usize) -> usize {
        ((u64::from(self.lot) * folds as u64) >> 32) as usize
    }

    pub(crate) fn is_real(&self) -> bool {
        self.source != Source::Written
    }
}

/// All examples, those of an article together: the written ones first, then the counted ones in their order.
pub(crate) fn examples(seeds: &Seeds, bits: u32) -> Vec<Example> {
    let mut extractor = Extractor::new();
    let mut examples = Vec::new();
    let mut article = 0;
    for document in &seeds.documents {
        for (coded, paragraph) in document.paragraphs.iter().zip(article_of(document).paragraphs()) {
            examples.push(Example {
                bag: Bag::of(&mut extractor, &seeds.glossary, &coded.text, bits),
                themes: coded.themes,
                paragraph: paragraph.clone(),
                article,
                lot: lot(&document.id),
                source: Source::Written,
            });
        }
        article += 1;
    }
    let mut before = None;
    for counted in &seeds.counted {
        if counted.alone || before != Some(counted.document) {
            article += 1;
        }
        before = (!counted.alone).then_some(counted.document);
        examples.push(Example {
            bag: counted.bag.cut(bits),
            themes: counted.codes,
            paragraph: counted.place(),
            article,
            lot: lot(&format!("real {}", counted.document)),
            source: if counted.sure { Source::Sure } else { Source::Unsure },
        });
    }
    examples
}

/// The article that a document's paragraphs make, one paragraph each.
fn article_of(document: &Document) -> Article<'static> {
    Article::from_rows(document.paragraphs.iter().map(|coded| (coded.pos, &coded.text[..])))
}

/// A number from a document's name alone, so that adding documents moves no other to another fold (FNV-1a, mixed).
fn lot(document: &str) -> u32 {
    let hash = document
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    ((hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as u32
}
