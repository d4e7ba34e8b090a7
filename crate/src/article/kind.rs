//! What each paragraph is, from its own text, its place and the shape of its neighbours.
//!
//! Most articles are pasted without the frame of a page; in these, a short look at each paragraph tells all. Only where such
//! a frame is seen are all paragraphs looked at closely.

use alloc::vec::Vec;

use super::furniture::{Block, Glance, RULES, Signs, Weights, holds, is_framed, is_one_of, signs};
use super::split::{ends_sentence, is_invisible, visible};
use super::{Kind, Paragraph};

/// Sets the kind of every paragraph; furniture stays what it is.
pub(super) fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    for run in paragraphs.chunk_by_mut(|a, b| a.pos.checked_add(1) == Some(b.pos)) {
        let first = run[0].pos == 0;
        let own = |paragraph: &Paragraph| &text[paragraph.span.clone()];
        let look = |paragraph: &Paragraph| {
            let mut seen = Outlook::of(own(paragraph));
            seen.signs |= apart(paragraph.kind == Kind::Furniture);
            seen
        };
        let seen: Vec<Outlook> = run.iter().map(look).collect();
        let found = kinds(&seen, first)
            .unwrap_or_else(|| kinds_in_frame(&seen, &Block::all(run.iter().map(own)), first));
        run.iter_mut().zip(found).for_each(|(paragraph, kind)| paragraph.kind = kind);
    }
}

/// Beside the rules' bits: known to be furniture from the layout of the text.
fn apart(is: bool) -> Signs {
    Signs::from(is) << RULES.len()
}

/// The same in the second number of a [`row`](Outlook::row).
#[cfg(feature = "wasm")]
pub(crate) fn apart_in_row(kind: Kind) -> u32 {
    u32::from(apart(kind == Kind::Furniture)) << 4
}

/// What a paragraph on its own tells of its kind at a glance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Outlook {
    words: u32,
    sentence: bool,
    signs: Signs,
    shape: Shape,
    titled: bool,
}

impl Outlook {
    #[inline(never)]
    pub(crate) fn of(text: &str) -> Outlook {
        let text = visible(text);
        let glance = Glance::of(text);
        let sentence = ends_sentence(text);
        let shape = Shape::of(text, glance.words, sentence);
        Outlook {
            words: glance.words,
            sentence,
            signs: signs(text, glance, sentence) | apart(is_apart(text, glance.words)),
            shape,
            titled: shape == Shape::Line && titled(text),
        }
    }

    /// As two numbers, to be kept until all paragraphs are seen.
    #[cfg(feature = "wasm")]
    pub(crate) fn row(&self) -> [u32; OUTLOOK] {
        let Outlook { words, sentence, signs, shape, titled } = *self;
        [words, u32::from(signs) << 4 | (shape as u32) << 2 | u32::from(titled) << 1 | u32::from(sentence)]
    }

    /// The outlook of a [`row`](Self::row); of another number of numbers, one of no words.
    #[cfg(feature = "wasm")]
    pub(crate) fn of_row(row: &[u32]) -> Outlook {
        let [words, rest] = *row else { return Outlook::of("") };
        Outlook {
            words,
            sentence: rest & 1 == 1,
            signs: (rest >> 4) as Signs,
            shape: [Shape::Hash, Shape::Line, Shape::Text, Shape::Asked][rest as usize >> 2 & 3],
            titled: rest & 2 == 2,
        }
    }
}

/// Numbers to a row.
#[cfg(feature = "wasm")]
pub(crate) const OUTLOOK: usize = 2;

/// The kinds of paragraphs that follow each other; `first`: they are the first of their document. Nothing where the frame of
/// a page is seen: then [`kinds_in_frame`] knows.
pub(crate) fn kinds(seen: &[Outlook], first: bool) -> Option<Vec<Kind>> {
    if is_framed(seen.iter().map(|one| (one.signs, one.sentence))) {
        return None;
    }
    Some(kinds_of(seen, &[], first))
}

/// As [`kinds`] where the frame of a page is seen, from a close look at the same paragraphs.
pub(crate) fn kinds_in_frame(seen: &[Outlook], blocks: &[Block], first: bool) -> Vec<Kind> {
    kinds_of(seen, &Weights::embedded().furniture(blocks), first)
}

#[inline(never)]
fn kinds_of(seen: &[Outlook], furniture: &[bool], first: bool) -> Vec<Kind> {
    // A row on its own, the first of its document.
    let headline = first && matches!(seen, [only] if only.titled);
    let mut kinds: Vec<Kind> = Vec::with_capacity(seen.len());
    // From the end: whether a line is a heading depends on what follows it.
    let mut followed = false;
    for (at, one) in seen.iter().enumerate().rev() {
        let shape = one.shape;
        let kind = match shape {
            // Marked as one.
            Shape::Hash => Kind::Heading,
            _ if one.signs != 0 || furniture.get(at) == Some(&true) => Kind::Furniture,
            Shape::Line if followed || headline => Kind::Heading,
            Shape::Asked if followed && first && at == 0 => Kind::Heading,
            _ => Kind::Body,
        };
        followed = match kind {
            // A link has no text below it.
            Kind::Furniture => followed && (shape != Shape::Line || one.signs != 0),
            Kind::Heading => true,
            Kind::Body => matches!(shape, Shape::Text | Shape::Asked),
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
    /// A question behind a label: a headline where it comes first, else somebody's question in an interview.
    Asked,
}

/// The longest heading, in words; of those that end with a colon or ask.
const HEADING: u32 = 20;
const COLON: u32 = 2;
const QUESTION: u32 = 10;

impl Shape {
    fn of(text: &str, words: u32, sentence: bool) -> Shape {
        let hash = text.starts_with('#') && text.trim_start_matches('#').starts_with(' ');
        let bold = text.starts_with("**") && text.ends_with("**");
        let begins = bold || begins_line(text);
        // Of Markdown, a line of signs under it; of a wiki's page.
        let title = text.trim_end_matches(['=', '-']);
        let underlined = || holds(&title[visible(title).len()..], "\n");
        if hash || (begins && (underlined() || text.ends_with("edit]"))) {
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
            && begins
            // Something that happened meanwhile: (Applause).
            && !(text.starts_with(['(', '（']) && text.ends_with([')', '）']))
            && !holds(text, "\n")
            // The time of an entry.
            && !(text.starts_with(|c: char| c.is_ascii_digit()) && text.as_bytes().get(2) == Some(&b':'))
            // The cells of a table; a number may be set off so.
            && !text.bytes().skip(4).any(|byte| byte == b'\t');
        match line {
            true if question && is_labelled(text) => Shape::Asked,
            true => Shape::Line,
            false => Shape::Text,
        }
    }
}

/// Whether a paragraph is furniture by its marks: no letter in it, as in the time of an entry (a year may be a heading); a
/// picture or a note of Markdown.
fn is_apart(text: &str, words: u32) -> bool {
    let number = || {
        matches!(text.len(), 3 | 5..24)
            && !text.contains(|c: char| matches!(c, '\t' | '\n') || c.is_alphabetic())
    };
    words == 0 || number() || matches!(text.as_bytes(), [b'!', b'[', ..] | [b'[', b'^' | b'!', ..])
}

/// Whether somebody's name or sign stands before what is said: `Q: `, `记者：`, `THE CHAIR. `.
fn is_labelled(text: &str) -> bool {
    let name = |end: u8| text.bytes().take_while(move |byte| *byte != end);
    let named = || {
        !name(b'.').any(|byte| byte.is_ascii_lowercase())
            && text.as_bytes().get(name(b'.').count() + 1) == Some(&b' ')
    };
    // More than two words are a headline's.
    let short = || name(b':').filter(|byte| *byte == b' ').count() < 2;
    (holds(text, ": ") && short()) || holds(text, "：") || (text.starts_with(char::is_uppercase) && named())
}

/// A heading begins with a capital, a digit, a quotation mark or a letter without case.
fn begins_line(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_ascii_uppercase() || !(c.is_lowercase() || is_one_of(c, "•‣◦▪●■◆-*–—·,.;:)|>")))
}

/// Whether most long words of a line begin with a capital.
fn titled(text: &str) -> bool {
    let long = || text.split(is_invisible).filter(|word| word.len() > 4);
    let capitals = long().filter(|word| word.starts_with(char::is_uppercase)).count();
    capitals * 2 > long().count() && capitals > 1
}
