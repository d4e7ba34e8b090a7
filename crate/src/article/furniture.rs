//! Furniture: what a page puts around its article.
//!
//! Two stages of logistic regression, learned from whole pages and from clean articles. The first sees a paragraph alone:
//! its length, its ends, its marks, its share of capitals and of grammatical words, and the rules of [`RULES`], each a
//! feature that is there or not. The second sees the paragraph's place: what the first stage says of it and of its
//! neighbours, where the article's main part lies, how much of a page's frame there is at all. Both have a say only
//! where the frame of a page is seen; in an article pasted by itself, and in rows whose neighbours are unknown, the rules
//! alone decide. What a rule knows by its own words is furniture whatever the sums say.
//!
//! The weights are `model/furniture.safetensors`, learned by `leitmotif train`; only their bytes are part of the program.

mod date;
mod glance;
mod look;
mod phrases;
mod place;
mod sign;
mod words;

use alloc::vec::Vec;

pub(super) use date::chinese_date;
pub(crate) use glance::Glance;
pub use look::LOOKS;
pub use place::{PLACES, places};
pub use sign::RULES;
pub(crate) use sign::{Signs, holds, is_one_of, signs};
pub(super) use words::{CONTACTS, FIELDS};

use look::Look;
use sign::PAGE;

use super::split::{is_invisible, visible};
use crate::features::join;
use crate::token::hash_of;

/// A paragraph as furniture is judged by.
///
/// ```
/// use leitmotif::furniture::Block;
///
/// let blocks = Block::all(["Share this article", "The bridge was opened on Monday."].into_iter());
/// assert!(blocks[0].has_sign() && !blocks[1].has_sign());
/// assert_eq!((blocks[1].words, blocks[1].sentence), (6, true));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Numbers, below [`LOOKS`], of the features of its look that are there, ascending.
    pub looks: Vec<u8>,
    /// Words; two Chinese or Japanese characters count as one.
    pub words: u32,
    /// Whether it ends as a sentence does.
    pub sentence: bool,
}

impl Block {
    /// The paragraphs of a run that follow each other.
    pub fn all<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Block> {
        let (mut blocks, mut hashes) = (Vec::new(), Vec::new());
        for text in texts {
            blocks.push(Block::of(text));
            hashes.push(hash(text));
        }
        Block::compare(&mut blocks, &hashes);
        blocks
    }

    /// Notes which paragraphs of a run stand near by once more; `hashes`: of their texts.
    pub(crate) fn compare(blocks: &mut [Block], hashes: &[u32]) {
        for (index, hash) in hashes.iter().enumerate() {
            let before = index.saturating_sub(look::REPEATED_WITHIN);
            if let Some(at) = hashes[before..index].iter().rposition(|other| other == hash) {
                blocks[before + at].repeat();
                blocks[index].repeat();
            }
        }
    }

    /// A paragraph on its own.
    pub(crate) fn of(text: &str) -> Block {
        let text = visible(text);
        let look = Look::of(text);
        let mut looks = Vec::new();
        look.emit(text, |feature| looks.push(feature as u8));
        Block { looks, words: look.words, sentence: look.sentence }
    }

    /// As a row of numbers, to be kept until all paragraphs are seen: the looks as bits, a hash of the text, all else.
    #[cfg(feature = "wasm")]
    pub(crate) fn row(text: &str) -> [u32; ROW] {
        let Block { looks, words, sentence } = Block::of(text);
        let mut row = [0; ROW];
        looks.iter().for_each(|look| row[usize::from(look / 32)] |= 1 << (look % 32));
        row[ROW - 2] = hash(text);
        row[ROW - 1] = words << 1 | u32::from(sentence);
        row
    }

    /// The paragraphs of a run, from the [`row`](Self::row) of each.
    #[cfg(feature = "wasm")]
    pub(crate) fn of_rows(rows: &[u32]) -> Vec<Block> {
        let block = |row: &[u32]| {
            let has = |look: &u8| row[usize::from(look / 32)] >> (look % 32) & 1 == 1;
            Block {
                looks: (0..LOOKS as u8).filter(has).collect(),
                words: row[ROW - 1] >> 1,
                sentence: row[ROW - 1] & 1 == 1,
            }
        };
        let mut blocks: Vec<Block> = rows.chunks_exact(ROW).map(block).collect();
        let hashes: Vec<u32> = rows.chunks_exact(ROW).map(|row| row[ROW - 2]).collect();
        Block::compare(&mut blocks, &hashes);
        blocks
    }

    fn repeat(&mut self) {
        if !self.looks.ends_with(&[look::REPEATED]) {
            self.looks.push(look::REPEATED);
        }
    }

    /// Whether a rule holds.
    pub fn has_sign(&self) -> bool {
        self.rules() != 0
    }

    /// Whether a rule holds that tells of a page's frame.
    fn is_page(&self) -> bool {
        self.rules() & PAGE != 0
    }

    /// A line of no sentence, as headlines are.
    fn is_line(&self) -> bool {
        self.words <= 20 && !self.sentence && !self.has_sign()
    }

    /// The rules that hold, a bit each.
    fn rules(&self) -> Signs {
        let rule =
            |look: &u8| usize::from(*look).checked_sub(look::FIRST_RULE).filter(|rule| *rule < RULES.len());
        self.looks.iter().filter_map(rule).fold(0, |rules, rule| rules | 1 << rule)
    }
}

/// A hash of what can be seen of a text: marks that cannot make no difference between two lines of a page.
fn hash(text: &str) -> u32 {
    let parts = text.split(is_invisible).filter(|part| !part.is_empty());
    parts.fold(0, |hash, part| join(hash, hash_of(part.as_bytes())))
}

/// Numbers to a row.
#[cfg(feature = "wasm")]
const ROW: usize = LOOKS.div_ceil(32) + 2;

/// The weights of both stages, in steps.
///
/// ```
/// use leitmotif::furniture::{Block, Weights};
///
/// let weights = Weights::embedded();
/// let blocks = Block::all(["The bridge was opened on Monday.", "Photo: Bo Chen"].into_iter());
/// assert_eq!(weights.furniture(&blocks), [false, true]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// One step of a weight, and the bias: of the first stage, of the second.
    pub scale: [(f32, f32); 2],
    /// The least log odds of furniture, by the second stage.
    pub cut: f32,
    /// First stage: a step count for each feature of a look.
    pub looks: [i8; LOOKS],
    /// Second stage: a step count for each number of a place.
    pub places: [i8; PLACES],
}

/// So many lines that are no sentences, beside one paragraph that only pages have, are a frame too.
const FRAME_LINES: usize = 6;

const FLOATS: usize = 5;

/// The weights' bytes: five F32, then the step counts.
const SIZE: usize = 4 * FLOATS + LOOKS + PLACES;

/// The tensors of the weights' file end it, in the order of [`SIZE`]; its header stays out of the program.
static DATA: [u8; SIZE] = {
    let file = include_bytes!("../../model/furniture.safetensors");
    let mut data = [0; SIZE];
    let mut at = 0;
    while at < SIZE {
        data[at] = file[file.len() - SIZE + at];
        at += 1;
    }
    data
};

impl Weights {
    /// The weights that this release was built with.
    pub fn embedded() -> Weights {
        let float = |at: usize| f32::from_le_bytes([0, 1, 2, 3].map(|byte| DATA[4 * at + byte]));
        Weights {
            scale: [(float(0), float(1)), (float(2), float(3))],
            cut: float(4),
            looks: core::array::from_fn(|at| DATA[4 * FLOATS + at] as i8),
            places: core::array::from_fn(|at| DATA[4 * FLOATS + LOOKS + at] as i8),
        }
    }

    /// The first stage's log odds of furniture.
    pub fn look_logit(&self, block: &Block) -> f64 {
        let steps: i32 = block.looks.iter().map(|look| i32::from(self.looks[usize::from(*look)])).sum();
        f64::from(steps) * f64::from(self.scale[0].0) + f64::from(self.scale[0].1)
    }

    /// The second stage's log odds of furniture for the paragraphs of a run.
    fn logits(&self, blocks: &[Block], looks: &[f64]) -> Vec<f64> {
        let logit = |place: &[f64; PLACES]| {
            let sum: f64 =
                place.iter().zip(&self.places).map(|(value, steps)| value * f64::from(*steps)).sum();
            sum * f64::from(self.scale[1].0) + f64::from(self.scale[1].1)
        };
        places(blocks, looks).iter().map(logit).collect()
    }

    /// Whether each paragraph of a run is furniture.
    pub fn furniture(&self, blocks: &[Block]) -> Vec<bool> {
        let mut found: Vec<bool> = blocks.iter().map(|block| block.words == 0 || block.has_sign()).collect();
        // In an article pasted by itself short lines are its own, as they may be in rows whose neighbours are unknown.
        if is_framed(blocks.iter().map(|block| (block.rules(), block.sentence))) {
            let looks: Vec<f64> = blocks.iter().map(|block| self.look_logit(block)).collect();
            let headline = place::headline(blocks, &looks);
            for (index, logit) in self.logits(blocks, &looks).into_iter().enumerate() {
                let title = headline.contains(&index) && blocks[index].is_line();
                found[index] |= logit >= f64::from(self.cut) && !title;
            }
        }
        found
    }
}

/// Whether the frame of a page is seen among paragraphs, from the rules that hold of each and whether it ends as a sentence.
pub(crate) fn is_framed(paragraphs: impl Iterator<Item = (Signs, bool)>) -> bool {
    let (mut pages, mut lines) = (0, 0);
    for (rules, sentence) in paragraphs {
        pages += usize::from(rules & PAGE != 0);
        lines += usize::from(rules == 0 && !sentence);
    }
    pages > 1 || (pages == 1 && lines >= FRAME_LINES)
}
