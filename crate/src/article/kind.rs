//! What each paragraph is, from its own text, its place and the shape of its neighbours.

use alloc::vec::Vec;

#[cfg(feature = "wasm")]
use super::furniture::LOOKS;
use super::furniture::{Block, Weights};
use super::split::is_invisible;
use super::{Kind, Paragraph};
use crate::token::hash_of;

/// Sets the kind of every paragraph.
pub(super) fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    for run in paragraphs.chunk_by_mut(|a, b| a.pos.checked_add(1) == Some(b.pos)) {
        let first = run[0].pos == 0;
        let seen = run.iter().map(|paragraph| Outlook::of(&text[paragraph.span.clone()])).collect();
        run.iter_mut().zip(kinds(seen, first)).for_each(|(paragraph, kind)| paragraph.kind = kind);
    }
}

/// What a paragraph on its own tells of its kind.
pub(crate) struct Outlook {
    block: Block,
    shape: Shape,
    titled: bool,
    hash: u32,
}

impl Outlook {
    #[inline(never)]
    pub(crate) fn of(text: &str) -> Outlook {
        let block = Block::of(text);
        Outlook {
            shape: Shape::of(text, &block),
            titled: titled(text),
            hash: hash_of(text.as_bytes()),
            block,
        }
    }

    /// As a row of numbers, to be kept until all paragraphs are seen.
    #[cfg(feature = "wasm")]
    pub(crate) fn row(&self) -> [u32; OUTLOOK] {
        let Block { looks, words, sentence } = &self.block;
        let mut row = [0; OUTLOOK];
        looks.iter().for_each(|look| row[usize::from(look / 32)] |= 1 << (look % 32));
        row[OUTLOOK - 2] = self.hash;
        row[OUTLOOK - 1] =
            words << 4 | (self.shape as u32) << 2 | u32::from(self.titled) << 1 | u32::from(*sentence);
        row
    }

    /// The outlook of a [`row`](Self::row), which must have [`OUTLOOK`] numbers.
    #[cfg(feature = "wasm")]
    pub(crate) fn of_row(row: &[u32]) -> Outlook {
        let last = row[OUTLOOK - 1];
        let has = |look: &u8| row[usize::from(look / 32)] >> (look % 32) & 1 == 1;
        let looks = (0..LOOKS as u8).filter(has).collect();
        Outlook {
            block: Block { looks, words: last >> 4, sentence: last & 1 == 1 },
            shape: [Shape::Hash, Shape::Line, Shape::Text, Shape::Text][last as usize >> 2 & 3],
            titled: last & 2 == 2,
            hash: row[OUTLOOK - 2],
        }
    }
}

/// Numbers to a row: the looks as bits, the hash, all else.
#[cfg(feature = "wasm")]
pub(crate) const OUTLOOK: usize = LOOKS.div_ceil(32) + 2;

/// The kinds of paragraphs that follow each other; `first`: they are the first of their document.
#[inline(never)]
pub(crate) fn kinds(seen: Vec<Outlook>, first: bool) -> Vec<Kind> {
    // A row on its own, the first of its document.
    let headline = first && matches!(&seen[..], [only] if only.titled);
    let shapes: Vec<Shape> = seen.iter().map(|one| one.shape).collect();
    let hashes: Vec<u32> = seen.iter().map(|one| one.hash).collect();
    let mut blocks: Vec<Block> = seen.into_iter().map(|one| one.block).collect();
    Block::compare(&mut blocks, &hashes);
    let mut kinds: Vec<Kind> = Vec::new();
    let furniture = Weights::embedded().furniture(&blocks);
    // From the end: whether a line is a heading depends on what follows it.
    let mut followed = false;
    for (index, shape) in shapes.into_iter().enumerate().rev() {
        let kind = match shape {
            _ if furniture[index] => Kind::Furniture,
            Shape::Line if followed || headline => Kind::Heading,
            Shape::Hash => Kind::Heading,
            _ => Kind::Body,
        };
        followed = match kind {
            // A link has no text below it.
            Kind::Furniture => followed && (shape != Shape::Line || blocks[index].has_sign()),
            Kind::Heading => true,
            Kind::Body => shape == Shape::Text,
        };
        kinds.push(kind);
    }
    kinds.reverse();
    kinds
}

/// What a paragraph looks like on its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// A Markdown heading.
    Hash,
    /// A short line without a full stop: a headline, a heading, a link, an item.
    Line,
    /// Running text, a short sentence, a list item.
    Text,
}

/// The longest heading, in words; of those that end with a colon or ask.
const HEADING: u32 = 20;
const COLON: u32 = 5;
const QUESTION: u32 = 10;

impl Shape {
    fn of(text: &str, block: &Block) -> Shape {
        let Block { words, sentence, .. } = *block;
        if text.starts_with('#') && text.trim_start_matches('#').starts_with(' ') {
            return Shape::Hash;
        }
        let question = sentence && text.ends_with(['?', '!', '？', '！']);
        let most = match () {
            () if text.ends_with([':', '：']) => COLON,
            () if sentence => QUESTION,
            () => HEADING,
        };
        let line = words <= most
            && (!sentence || question)
            && !text.ends_with([',', ';', '，', '；', '、'])
            && begins_line(text)
            && !text.contains('\n');
        if line { Shape::Line } else { Shape::Text }
    }
}

/// A heading begins with a capital, a digit, a quotation mark or a letter without case.
fn begins_line(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_lowercase() && !"•‣◦▪●■◆-*–—·,.;:)>".contains(c))
}

/// Whether most long words of a line begin with a capital.
fn titled(text: &str) -> bool {
    let long = || text.split(is_invisible).filter(|word| word.len() > 4);
    let capitals = long().filter(|word| word.starts_with(char::is_uppercase)).count();
    capitals * 2 > long().count() && capitals > 1
}
