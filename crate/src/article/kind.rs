//! What each paragraph is, from its own text, its place and the shape of its neighbours.

use super::furniture::{self, Sign};
use super::split::{ends_sentence, is_han, is_invisible};
use super::{Kind, Paragraph};
use alloc::vec::Vec;
use core::ops::Range;

/// Sets the kind of every paragraph.
pub(super) fn assign(text: &str, paragraphs: &mut [Paragraph]) {
    for run in paragraphs.chunk_by_mut(|a, b| a.pos.checked_add(1) == Some(b.pos)) {
        let shapes: Vec<Shape> = run.iter().map(|p| Shape::of(&text[p.span.clone()])).collect();
        let own = links(&shapes, main_part(&shapes));
        // A row on its own, the first of its document.
        let headline = matches!(&*run, [only] if only.pos == 0 && titled(&text[only.span.clone()]));
        // From the end: whether a line is a heading depends on what follows it.
        let mut followed = false;
        for (index, paragraph) in run.iter_mut().enumerate().rev() {
            let shape = shapes[index];
            let link = !own.contains(&index);
            paragraph.kind = match shape {
                Shape::Furniture | Shape::Frame | Shape::Ruler => Kind::Furniture,
                Shape::Line if link => Kind::Furniture,
                Shape::Line if followed || headline => Kind::Heading,
                Shape::Hash => Kind::Heading,
                _ => Kind::Body,
            };
            followed = match paragraph.kind {
                Kind::Furniture => followed && !link,
                Kind::Heading => true,
                Kind::Body => shape.is_text(),
            };
        }
    }
}

/// What a paragraph looks like on its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// Furniture by its own words, of an article.
    Furniture,
    /// Furniture by its own words, of a page.
    Frame,
    /// No letter or digit.
    Ruler,
    /// A Markdown heading.
    Hash,
    /// A short line without a full stop: a headline, a heading, a link, an item.
    Line,
    /// A short sentence, a list item, anything between a line and a text.
    Short,
    /// Running text, and its length in words, up to 60.
    Text(u8),
}

/// The longest heading, in words; of those that end with a colon or ask.
const HEADING: u32 = 20;
const COLON: u32 = 5;
const QUESTION: u32 = 10;

impl Shape {
    fn of(text: &str) -> Shape {
        let words = words(text);
        if words == 0 {
            return Shape::Ruler;
        }
        match furniture::sign(text, words) {
            Sign::None => {}
            Sign::Article => return Shape::Furniture,
            Sign::Page => return Shape::Frame,
        }
        if text.starts_with('#') && text.trim_start_matches('#').starts_with(' ') {
            return Shape::Hash;
        }
        let sentence = ends_sentence(text);
        let question = sentence && text.ends_with(['?', '!', '？', '！']);
        let most = match () {
            () if text.ends_with([':', '：']) => COLON,
            () if sentence => QUESTION,
            () => HEADING,
        };
        if words <= most
            && (!sentence || question)
            && !text.ends_with([',', ';', '，', '；', '、'])
            && begins_line(text)
            && !text.contains('\n')
        {
            Shape::Line
        } else if words >= 25 || (sentence && words >= 8) {
            Shape::Text(words.min(60) as u8)
        } else {
            Shape::Short
        }
    }

    fn is_text(self) -> bool {
        matches!(self, Shape::Text(_) | Shape::Short)
    }
}

/// Words of a text; two Chinese or Japanese characters count as one.
fn words(text: &str) -> u32 {
    let (mut words, mut han, mut inside) = (0, 0, false);
    for c in text.chars() {
        let wide = is_han(c);
        let letter = !wide && c.is_alphanumeric();
        words += u32::from(letter && !inside);
        han += u32::from(wide);
        inside = letter || (inside && matches!(c, '\'' | '’' | '-' | '.' | ','));
    }
    words + han.div_ceil(2)
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

/// The run of paragraphs that holds the article: the one with the greatest sum, where text counts
/// for itself and lines and furniture against it.
fn main_part(shapes: &[Shape]) -> Range<usize> {
    let (mut best, mut sum, mut start) = ((0, 0..shapes.len()), 0i64, 0);
    for (index, shape) in shapes.iter().enumerate() {
        sum += match shape {
            Shape::Text(words) => i64::from(*words),
            Shape::Short => 4,
            Shape::Line | Shape::Hash => -6,
            Shape::Ruler => 0,
            Shape::Furniture | Shape::Frame => -10,
        };
        if sum <= 0 {
            (sum, start) = (0, index + 1);
        } else if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}

/// The lines nearest to the article, above it, that may be its headline and standfirst.
const HEADLINES: usize = 2;

/// Fewer lines than these are no list of links: there may be key points above an article, and a few
/// plain lines below it.
const LINKS_ABOVE: usize = 6;
const LINKS_BELOW: usize = 4;

/// Where the list of links above the article ends and the one below it begins. Lines are links
/// only where the frame of a page is seen among them; a line below a piece of it always is.
fn links(shapes: &[Shape], article: Range<usize>) -> Range<usize> {
    let is_line = |shape: &&Shape| **shape == Shape::Line;
    let (above, below) = (&shapes[..article.start], &shapes[article.end..]);

    let lines = above.iter().enumerate().rev().filter(|(_, shape)| is_line(shape));
    let headline = lines.take(HEADLINES).last().map_or(0, |(index, _)| index);
    let many = above[..headline].iter().filter(is_line).count() >= LINKS_ABOVE;
    let end = if many && above.contains(&Shape::Frame) { headline } else { 0 };

    let frame = below.iter().position(|shape| *shape == Shape::Frame).unwrap_or(below.len());
    let many = below.iter().filter(is_line).count() >= LINKS_BELOW;
    let start = if many && frame < below.len() { 0 } else { frame };
    end..article.end + start
}
