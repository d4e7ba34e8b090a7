//! `leitmotif count`: real paragraphs as feature counts and codes, without text; and reading them back.
//!
//! The texts belong to their publishers and stay outside the project. What enters is, for each paragraph, its document's number,
//! position, codes and the counts of its features as fingerprints, in ascending order, of features that occur in at least
//! [`LEAST`] of the paragraphs: enough to train from, not to read. File: .safetensors, so that Python reads it too.
//!
//! | tensor | type, shape | meaning |
//! |---|---|---|
//! | `fingerprint` | U32 \[V\] | the features, ascending |
//! | `entry.feature` | U32 \[E\] | index into `fingerprint`, ascending within a paragraph |
//! | `entry.count` | U8 \[E\] | its count there, at most 255 |
//! | `paragraph.entries` | U32 \[P\] | how many entries the paragraph has |
//! | `paragraph.document`, `.pos`, `.words` | U32 \[P\] | document number, position, words |
//! | `paragraph.codes`, `.first_codes` | U16 \[P\] | bit set of themes: as corrected, and as first coded |
//! | `paragraph.kind`, `.sure`, `.alone` | U8 \[P\] | 0 body, 1 heading, 2 furniture; whether the coder was sure; whether its neighbours are unknown |

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use leitmotif::features::Extractor;
use leitmotif::{Article, Glossary, Kind, Paragraph, Theme, Themes};

use crate::artifact::{Tensor, container};
use crate::console::say;
use crate::records::{Bag, Vocabulary};
use crate::rows::{self, Row};
use crate::seeds::themes_of;

/// A feature is kept if it occurs in this many paragraphs.
const LEAST: u32 = 3;

/// One real paragraph without its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CountedParagraph {
    pub(crate) document: u32,
    pub(crate) pos: u32,
    pub(crate) kind: Kind,
    pub(crate) codes: Themes,
    /// As coded before any correction.
    pub(crate) first_codes: Themes,
    pub(crate) sure: bool,
    pub(crate) alone: bool,
    pub(crate) bag: Bag,
}

const KINDS: [Kind; 3] = [Kind::Body, Kind::Heading, Kind::Furniture];

/// Counts the rows of `real`, with the corrections in `corrections`, into `out`.
pub(crate) fn run(
    real: &Path,
    corrections: &Path,
    themes: &[Theme],
    glossary: &Glossary,
    out: &Path,
) -> Result<()> {
    let rows = read_rows(real)?;
    let corrections = read_corrections(corrections, themes)?;
    let mut unused: BTreeMap<&str, Themes> =
        corrections.iter().map(|(id, codes)| (&id[..], *codes)).collect();
    let kinds = kinds_of(&rows);
    let mut documents: HashMap<&str, u32> = HashMap::new();
    let mut extractor = Extractor::new();
    let mut counted = Vec::with_capacity(rows.len());
    for (row, kind) in rows.iter().zip(kinds) {
        let id = row.id.as_str().unwrap_or_default();
        let labels = row.labels.as_ref().with_context(|| format!("row {id} has no \"labels\""))?;
        let first_codes = themes_of(labels, themes).with_context(|| format!("row {id}"))?;
        let next = documents.len() as u32;
        counted.push(CountedParagraph {
            document: *documents.entry(row.doc.as_deref().unwrap_or(id)).or_insert(next),
            pos: row.pos.unwrap_or(0),
            kind,
            codes: unused.remove(id).unwrap_or(first_codes),
            first_codes,
            sure: row.sure.unwrap_or(true),
            alone: row.single,
            bag: Bag::of(&mut extractor, glossary, &row.text, 32),
        });
    }
    if let Some((id, _)) = unused.first_key_value() {
        bail!("a correction is for row {id:?}, which {} does not hold", real.display());
    }
    let bytes = to_bytes(&counted);
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    say(&format!(
        "wrote {}: {} paragraphs of {} documents, {} bytes",
        out.display(),
        rows.len(),
        documents.len(),
        bytes.len()
    ));
    Ok(())
}

/// All rows of a file.
pub(crate) fn read_rows(path: &Path) -> Result<Vec<Row>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            rows::parse(line).with_context(|| format!("{}, line {}", path.display(), number + 1))
        })
        .collect()
}

/// `id`, codes and a reason in each line, tabs between, after a heading.
fn read_corrections(path: &Path, themes: &[Theme]) -> Result<BTreeMap<String, Themes>> {
    let table = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut corrections = BTreeMap::new();
    for (number, line) in table.lines().enumerate().skip(1) {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let [id, codes, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}: not three columns: id, codes, reason", place());
        };
        ensure!(!reason.trim().is_empty(), "{}: a correction needs a reason", place());
        let codes = match codes {
            "none" => Themes::NONE,
            codes => themes_of(codes.split_ascii_whitespace(), themes).with_context(place)?,
        };
        ensure!(
            corrections.insert(id.to_owned(), codes).is_none(),
            "{}: row {id} is corrected twice",
            place()
        );
    }
    Ok(corrections)
}

/// What each row is, judged in its document as the engine judges it.
fn kinds_of(rows: &[Row]) -> Vec<Kind> {
    let mut kinds = vec![Kind::Body; rows.len()];
    for group in rows::documents(rows) {
        let article: Article = rows::article(rows, &group);
        for (index, paragraph) in group.rows.iter().zip(article.paragraphs()) {
            kinds[*index] = paragraph.kind;
        }
    }
    kinds
}

fn to_bytes(counted: &[CountedParagraph]) -> Vec<u8> {
    let vocabulary = Vocabulary::of(counted.iter().map(|paragraph| &paragraph.bag), LEAST);
    let p = counted.len();
    let (mut features, mut counts, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for paragraph in counted {
        let before = features.len();
        for (fingerprint, count) in &paragraph.bag.counts {
            if let Ok(index) = vocabulary.fingerprints.binary_search(fingerprint) {
                features.push(index as u32);
                counts.push((*count).min(255) as u8);
            }
        }
        entries.push((features.len() - before) as u32);
    }
    let e = features.len();
    let wide =
        |numbers: &mut dyn Iterator<Item = u32>| numbers.flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    let codes = |codes: &dyn Fn(&CountedParagraph) -> Themes| {
        counted.iter().flat_map(|paragraph| codes(paragraph).bits().to_le_bytes()).collect::<Vec<u8>>()
    };
    let flags = |flag: &dyn Fn(&CountedParagraph) -> bool| {
        counted.iter().map(|own| u8::from(flag(own))).collect::<Vec<u8>>()
    };
    let kind = |own: &CountedParagraph| KINDS.iter().position(|kind| *kind == own.kind).unwrap_or(0) as u8;
    container(
        &BTreeMap::from([("format".to_owned(), "leitmotif counted 1".to_owned())]),
        vec![
            Tensor::new(
                "fingerprint",
                "U32",
                &[vocabulary.len()],
                wide(&mut vocabulary.fingerprints.iter().copied()),
            ),
            Tensor::new("entry.feature", "U32", &[e], wide(&mut features.into_iter())),
            Tensor::new("paragraph.entries", "U32", &[p], wide(&mut entries.into_iter())),
            Tensor::new("paragraph.document", "U32", &[p], wide(&mut counted.iter().map(|own| own.document))),
            Tensor::new("paragraph.pos", "U32", &[p], wide(&mut counted.iter().map(|own| own.pos))),
            Tensor::new(
                "paragraph.words",
                "U32",
                &[p],
                wide(&mut counted.iter().map(|own| own.bag.words as u32)),
            ),
            Tensor::new("paragraph.codes", "U16", &[p], codes(&|own| own.codes)),
            Tensor::new("paragraph.first_codes", "U16", &[p], codes(&|own| own.first_codes)),
            Tensor::new("entry.count", "U8", &[e], counts),
            Tensor::new("paragraph.kind", "U8", &[p], counted.iter().map(kind).collect()),
            Tensor::new("paragraph.sure", "U8", &[p], flags(&|own| own.sure)),
            Tensor::new("paragraph.alone", "U8", &[p], flags(&|own| own.alone)),
        ],
    )
}

/// Reads a file of [`run`]'s.
pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Vec<CountedParagraph>> {
    let file = safetensors::SafeTensors::deserialize(bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    let bytes_of = |name: &str| -> Result<Vec<u8>> {
        Ok(file.tensor(name).map_err(|error| anyhow::anyhow!("{name}: {error}"))?.data().to_vec())
    };
    let wide = |name: &str| -> Result<Vec<u32>> {
        let bytes = bytes_of(name)?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    };
    let codes = |name: &str| -> Result<Vec<Themes>> {
        let bytes = bytes_of(name)?;
        Ok(bytes.chunks_exact(2).map(|b| Themes::from_bits(u16::from_le_bytes([b[0], b[1]]))).collect())
    };
    let fingerprints = wide("fingerprint")?;
    let (features, counts) = (wide("entry.feature")?, bytes_of("entry.count")?);
    let entries = wide("paragraph.entries")?;
    let (documents, positions, words) =
        (wide("paragraph.document")?, wide("paragraph.pos")?, wide("paragraph.words")?);
    let (corrected, first) = (codes("paragraph.codes")?, codes("paragraph.first_codes")?);
    let (kinds, sure, alone) =
        (bytes_of("paragraph.kind")?, bytes_of("paragraph.sure")?, bytes_of("paragraph.alone")?);
    let p = entries.len();
    let lengths = [
        documents.len(),
        positions.len(),
        words.len(),
        corrected.len(),
        first.len(),
        kinds.len(),
        sure.len(),
        alone.len(),
    ];
    ensure!(lengths.iter().all(|length| *length == p), "the paragraph tensors differ in length");
    let mut at = 0;
    let mut paragraphs = Vec::with_capacity(p);
    for n in 0..p {
        let end = at + entries[n] as usize;
        ensure!(end <= features.len() && features.len() == counts.len(), "the entry tensors are too short");
        let counts = features[at..end].iter().zip(&counts[at..end]).map(|(feature, count)| {
            let fingerprint = fingerprints.get(*feature as usize).context("an entry has no fingerprint")?;
            Ok((*fingerprint, u32::from(*count)))
        });
        paragraphs.push(CountedParagraph {
            document: documents[n],
            pos: positions[n],
            kind: *KINDS.get(kinds[n] as usize).context("a kind is out of range")?,
            codes: corrected[n],
            first_codes: first[n],
            sure: sure[n] != 0,
            alone: alone[n] != 0,
            bag: Bag { counts: counts.collect::<Result<_>>()?, words: words[n] as usize },
        });
        at = end;
    }
    Ok(paragraphs)
}

impl CountedParagraph {
    /// Its place, for the second stage; the span is empty.
    pub(crate) fn place(&self) -> Paragraph {
        Paragraph { span: 0..0, kind: self.kind, pos: self.pos }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_less_the_rare_features() {
        let paragraph = |document: u32, kind, alone: bool, counts: &[(u32, u32)]| CountedParagraph {
            document,
            pos: 7 * document,
            kind,
            codes: [1, 4].into_iter().collect(),
            first_codes: Themes::NONE,
            sure: !alone,
            alone,
            bag: Bag { counts: counts.to_vec(), words: 30 },
        };
        // Feature 5 is in three paragraphs, u32::MAX in three, 9 in two only.
        let mut counted = vec![
            paragraph(0, Kind::Body, false, &[(5, 1), (9, 2), (u32::MAX, 3)]),
            paragraph(0, Kind::Heading, false, &[(5, 400), (9, 1), (u32::MAX, 1)]),
            paragraph(1, Kind::Furniture, true, &[(5, 2), (u32::MAX, 1)]),
        ];
        let read = from_bytes(&to_bytes(&counted)).unwrap();
        counted.iter_mut().for_each(|own| own.bag.counts.retain(|(fingerprint, _)| *fingerprint != 9));
        counted[1].bag.counts[0].1 = 255;
        assert_eq!(read, counted);
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let one = CountedParagraph {
            document: 0,
            pos: 0,
            kind: Kind::Body,
            codes: Themes::NONE,
            first_codes: Themes::NONE,
            sure: true,
            alone: false,
            bag: Bag { counts: vec![(5, 1)], words: 1 },
        };
        let bytes = to_bytes(&[one.clone(), one.clone(), one]);
        assert!(from_bytes(&bytes).is_ok());
        assert!(from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(from_bytes(b"").is_err());
    }
}
