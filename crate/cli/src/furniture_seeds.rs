//! What furniture is learned from: blocks of whole web pages as numbers, without text, and the written articles.
//!
//! `leitmotif count --furniture` keeps of each block its page's number, its position, what it is, its length in words, whether it
//! ends as a sentence does, and which features of a look it has (`crate/src/article/furniture/look.rs`). File: .safetensors.
//!
//! | tensor | type, shape | meaning |
//! |---|---|---|
//! | `page` | U16 \[B\] | the page's number, ascending |
//! | `words` | U16 \[B\] | words, at most 65535 |
//! | `label` | U8 \[B\] | 0 of the article, 1 furniture, 2 the headline, 3 not to learn from |
//! | `sentence` | U8 \[B\] | 1 where it ends as a sentence does |
//! | `looks` | U8 \[B\] | how many features it has |
//! | `look` | U8 \[E\] | the features, ascending within a block |

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use leitmotif::furniture::{Block, LOOKS};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::artifact::{Tensor, container};
use crate::console::say;
use crate::seeds::{self, hex};

/// The pages as counted, and what the written articles hold of furniture; below the folder of the seeds.
pub(crate) const COUNTED: &str = "counted/furniture.safetensors";
const WRITTEN: &str = "furniture.tsv";

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Body,
    Furniture,
    /// The headline above an article: a page calls it its own, a reader the article's.
    Headline,
    /// Not to learn from.
    Unclear,
}

const LABELS: [Label; 4] = [Label::Body, Label::Furniture, Label::Headline, Label::Unclear];

/// Where blocks come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Page,
    /// A page's own article, as one pastes it who selects with care.
    ArticleAlone,
    Written,
}

/// Blocks that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) source: Source,
    /// The page's or the article's number.
    pub(crate) number: u32,
    pub(crate) blocks: Vec<Block>,
    pub(crate) labels: Vec<Label>,
}

impl Passage {
    /// The number of the fold it belongs to, its article alone with it.
    pub(crate) fn fold(&self, folds: usize) -> usize {
        self.number as usize % folds
    }

    /// Of a page, the article and its headline.
    pub(crate) fn article_alone(&self) -> Option<Passage> {
        let kept: Vec<usize> = (0..self.blocks.len())
            .filter(|row| matches!(self.labels[*row], Label::Body | Label::Headline))
            .collect();
        (self.source == Source::Page).then(|| Passage {
            source: Source::ArticleAlone,
            number: self.number,
            blocks: kept.iter().map(|row| self.blocks[*row].clone()).collect(),
            labels: kept.iter().map(|row| self.labels[*row]).collect(),
        })
    }
}

#[derive(Deserialize)]
struct PageRow {
    doc: String,
    text: String,
    furniture: bool,
}

/// The pages of a file of blocks, in page order: {"doc", "pos", "text", "furniture"} a line.
pub(crate) fn pages(path: &Path) -> Result<Vec<Passage>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows: Vec<PageRow> = lines
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| {
                format!(
                    "{}, line {}: not a row such as {{\"doc\": …, \"pos\": 0, \"text\": …, \"furniture\": true}}",
                    path.display(),
                    number + 1
                )
            })
        })
        .collect::<Result<_>>()?;
    ensure!(!rows.is_empty(), "{} holds no row", path.display());
    let pages = rows.chunk_by(|a, b| a.doc == b.doc).zip(0..);
    Ok(pages
        .map(|(rows, number)| {
            let blocks = Block::all(rows.iter().map(|row| &row.text[..]));
            let labels = labels(rows, &blocks);
            Passage { source: Source::Page, number, blocks, labels }
        })
        .collect())
}

/// Lines so near above an article may be its headline.
const NEAR: usize = 6;

/// A page's labels, where its headline is told apart: a line right above the article that says what the page's address says. Other
/// lines right there may be headlines too, and teach nothing.
fn labels(rows: &[PageRow], blocks: &[Block]) -> Vec<Label> {
    let start = rows.iter().position(|row| !row.furniture).unwrap_or(rows.len());
    let words = |text: &str| -> Vec<String> {
        let text = text.to_lowercase().replace(['\'', '’'], "");
        let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
        words.map(str::to_owned).collect()
    };
    rows.iter()
        .zip(blocks)
        .enumerate()
        .map(|(index, (row, block))| {
            if !row.furniture {
                return Label::Body;
            }
            let line = !block.sentence && !block.has_sign() && index < start;
            let address = words(row.doc.splitn(4, '/').last().unwrap_or_default());
            let own = words(&row.text);
            let named = own.iter().filter(|word| address.contains(word)).count();
            if index < start
                && index + NEAR >= start
                && !block.has_sign()
                && named >= 3
                && 2 * named >= own.len()
            {
                Label::Headline
            } else if line && index + 4 >= start && block.words >= 4 {
                Label::Unclear
            } else {
                Label::Furniture
            }
        })
        .collect()
}

/// Counts the pages of `real` into `out`.
pub(crate) fn count(real: &Path, out: &Path) -> Result<()> {
    let pages = pages(real)?;
    let rows =
        || pages.iter().flat_map(|page| page.blocks.iter().zip(&page.labels).map(|row| (page.number, row)));
    let b = rows().count();
    let looks: Vec<u8> = rows().flat_map(|(_, (block, _))| block.looks.iter().copied()).collect();
    let short = |number: &dyn Fn(u32, &Block) -> u32| -> Vec<u8> {
        rows().flat_map(|(page, (block, _))| (number(page, block).min(65535) as u16).to_le_bytes()).collect()
    };
    let bytes = container(
        &BTreeMap::from([("format".to_owned(), "leitmotif counted furniture 1".to_owned())]),
        vec![
            Tensor::new("page", "U16", &[b], short(&|page, _| page)),
            Tensor::new("words", "U16", &[b], short(&|_, block| block.words)),
            Tensor::new("label", "U8", &[b], rows().map(|(_, (_, label))| *label as u8).collect()),
            Tensor::new(
                "sentence",
                "U8",
                &[b],
                rows().map(|(_, (block, _))| u8::from(block.sentence)).collect(),
            ),
            Tensor::new("looks", "U8", &[b], rows().map(|(_, (block, _))| block.looks.len() as u8).collect()),
            Tensor::new("look", "U8", &[looks.len()], looks),
        ],
    );
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    say(&format!("wrote {}: {b} blocks of {} pages, {} bytes", out.display(), pages.len(), bytes.len()));
    Ok(())
}

/// Reads a file of [`count`]'s.
fn counted(bytes: &[u8]) -> Result<Vec<Passage>> {
    let file = safetensors::SafeTensors::deserialize(bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    let narrow = |name: &str| -> Result<Vec<u8>> {
        Ok(file.tensor(name).map_err(|error| anyhow::anyhow!("{name}: {error}"))?.data().to_vec())
    };
    let short = |name: &str| -> Result<Vec<u16>> {
        Ok(narrow(name)?.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect())
    };
    let (page, words) = (short("page")?, short("words")?);
    let (label, sentence, looks, look) =
        (narrow("label")?, narrow("sentence")?, narrow("looks")?, narrow("look")?);
    let b = page.len();
    ensure!(
        [words.len(), label.len(), sentence.len(), looks.len()] == [b; 4],
        "tensors of different lengths"
    );
    ensure!(
        look.iter().all(|look| usize::from(*look) < LOOKS),
        "a feature that this version does not have: count anew"
    );
    let mut left = &look[..];
    let mut passages: Vec<Passage> = Vec::new();
    for row in 0..b {
        let number = u32::from(page[row]);
        let (own, rest) =
            left.split_at_checked(usize::from(looks[row])).context("more features than are there")?;
        left = rest;
        let block = Block { looks: own.to_vec(), words: u32::from(words[row]), sentence: sentence[row] == 1 };
        let label = *LABELS.get(usize::from(label[row])).context("an unknown label")?;
        if passages.last().is_none_or(|last| last.number != number) {
            passages.push(Passage { source: Source::Page, number, blocks: Vec::new(), labels: Vec::new() });
        }
        if let Some(last) = passages.last_mut() {
            last.blocks.push(block);
            last.labels.push(label);
        }
    }
    ensure!(left.is_empty(), "fewer blocks than features");
    Ok(passages)
}

/// (file below seeds/, SHA-256 in hexadecimal), in reading order.
pub(crate) type Hashes = Vec<(String, String)>;

/// The pages and the written articles below `folder`, with the hashes of the files read.
pub(crate) fn read(folder: &Path) -> Result<(Vec<Passage>, Hashes)> {
    let path = folder.join(COUNTED);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut passages = counted(&bytes).with_context(|| format!("in {}", path.display()))?;
    let mut hashes = vec![(COUNTED.to_owned(), hex(&Sha256::digest(&bytes)))];
    let (articles, more) = written(folder)?;
    passages.extend(articles);
    hashes.extend(more);
    Ok((passages, hashes))
}

#[derive(Deserialize)]
struct Article {
    id: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    text: String,
    labels: Vec<String>,
}

/// The written articles: furniture where `furniture.tsv` says so, else their own text; unclear where it says so, and where a rule
/// knows a paragraph that it does not name.
pub(crate) fn written(folder: &Path) -> Result<(Vec<Passage>, Hashes)> {
    let path = folder.join(WRITTEN);
    let table = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut hashes = vec![(WRITTEN.to_owned(), hex(&Sha256::digest(&table)))];
    let mut known: HashMap<(String, usize), Label> = HashMap::new();
    for (number, line) in table.lines().enumerate().skip(1) {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let [article, paragraph, what] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}: not three columns: article, paragraph, what", place());
        };
        let label = match what {
            "furniture" => Label::Furniture,
            "unclear" => Label::Unclear,
            _ => bail!("{}: {what:?} is neither furniture nor unclear", place()),
        };
        known.insert((article.to_owned(), paragraph.parse().with_context(place)?), label);
    }
    let mut passages = Vec::new();
    for name in seeds::jsonl_files(&folder.join("written"))? {
        let path = folder.join("written").join(&name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hashes.push((format!("written/{name}"), hex(&Sha256::digest(&text))));
        for (number, line) in text.lines().enumerate() {
            let article: Article = serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", path.display(), number + 1))?;
            let blocks = Block::all(article.paragraphs.iter().map(|paragraph| &paragraph.text[..]));
            let label = |(index, (paragraph, block)): (usize, (&Paragraph, &Block))| match known
                .remove(&(article.id.clone(), index))
            {
                Some(label) => label,
                None if block.has_sign() && paragraph.labels.is_empty() => Label::Unclear,
                None => Label::Body,
            };
            let labels = article.paragraphs.iter().zip(&blocks).enumerate().map(label).collect();
            passages.push(Passage { source: Source::Written, number: passages.len() as u32, blocks, labels });
        }
    }
    if let Some((article, paragraph)) = known.keys().min() {
        bail!("{}: there is no paragraph {paragraph} of {article} in written/", path.display());
    }
    Ok((passages, hashes))
}
