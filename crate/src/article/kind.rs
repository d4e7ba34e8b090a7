//! What each paragraph is, from its own text, its place and the shape of its neighbours.

use alloc::vec::Vec;

use super::furniture::{Block, Weights};
use super::split::is_invisible;
use super::{Kind, Paragraph};

/// Sets the kind of every paragraph.
pub(super) fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    let weights = Weights::embedded();
    for run in paragraphs.chunk_by_mut(|a, b| a.pos.checked_add(1) == Some(b.pos)) {
        let own = |paragraph: &Paragraph| &text[paragraph.span.clone()];
        let blocks = Block::all(run.iter().map(own));
        let shapes: Vec<Shape> = run.iter().zip(&blocks).map(|(p, block)| Shape::of(own(p), block)).collect();
        let furniture = weights.furniture(&blocks);
        // A row on its own, the first of its document.
        let headline = matches!(&*run, [only] if only.pos == 0 && titled(own(only)));
        // From the end: whether a line is a heading depends on what follows it.
        let mut followed = false;
        for (index, paragraph) in run.iter_mut().enumerate().rev() {
            let shape = shapes[index];
            paragraph.kind = match shape {
                _ if furniture[index] => Kind::Furniture,
                Shape::Line if followed || headline => Kind::Heading,
                Shape::Hash => Kind::Heading,
                _ => Kind::Body,
            };
            followed = match paragraph.kind {
                // A link has no text below it.
                Kind::Furniture => followed && (shape != Shape::Line || blocks[index].has_sign()),
                Kind::Heading => true,
                Kind::Body => shape == Shape::Text,
            };
        }
    }
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
