//! Lines to paragraphs.

mod line;
mod page;
mod tally;
mod unit;
mod wrap;

use super::Split;
use alloc::vec::Vec;
use core::ops::Range;
use line::{Line, Opens, Stops};
use wrap::{Margin, Rule};

pub(super) use line::{ends_sentence, is_han, is_invisible, trimmed, visible};

/// A paragraph found: its bytes, and whether it belongs to the layout of a page or a mail and not to the text, as page numbers
/// and the heads of mails do.
pub(crate) type Span = (Range<usize>, bool);

/// The paragraphs of `text`, and the way that they were found: never [`Split::Auto`].
pub(crate) fn spans(text: &str, split: Split) -> (Vec<Span>, Split) {
    let mut lines = line::lines(text);
    let mut spans = Vec::new();
    match split {
        Split::Auto => return guessed(text, &mut lines),
        Split::Blank => {
            let blocks = lines.chunk_by(|_, b| !b.after_blank);
            spans.extend(blocks.map(whole));
        }
        Split::Line => {
            let softened = lines.chunk_by(|_, b| b.joins == Some(true));
            spans.extend(softened.map(whole));
        }
        Split::Unwrap => {
            let margin = Margin::of(&lines);
            let rule = Rule::unwrap(&lines, margin);
            lines.chunk_by(|_, b| !b.after_blank).for_each(|block| gather(block, rule, margin, &mut spans));
        }
    }
    (spans, split)
}

/// Lines that are one paragraph.
fn whole(lines: &[Line]) -> Span {
    (lines[0].span.start..lines[lines.len() - 1].span.end, false)
}

fn guessed(text: &str, lines: &mut [Line]) -> (Vec<Span>, Split) {
    close_double_spacing(lines);
    unit::bind(text, lines);
    page::mark(text, lines);
    let margin = Margin::of(lines);
    let whole = Rule::of_text(lines, margin);
    let mut spans = Vec::new();
    let mut used = Split::Blank;
    for block in lines.chunk_by(|_, b| !b.after_blank) {
        let rule = whole.of_block(block, margin);
        let before = spans.len();
        gather(block, rule, margin, &mut spans);
        let found = spans.len() - before;
        used = match (rule, used) {
            (Rule::Unwrap { .. }, _) if found < block.len() => Split::Unwrap,
            (_, Split::Blank) if found > 1 => Split::Line,
            _ => used,
        };
    }
    (spans, used)
}

/// Where a blank line follows every line and more of them every paragraph, as typewriters set it,
/// one blank line says nothing.
fn close_double_spacing(lines: &mut [Line]) {
    let gaps = || lines.iter().skip(1).map(|line| line.blanks);
    let Some(least) = gaps().min().filter(|&least| least > 0) else { return };
    let wider = gaps().filter(|&gap| gap > least).count();
    if wider == 0 || wider * 2 > lines.len() {
        return;
    }
    let set = |lines: &mut [Line], gap: u32| {
        lines.iter_mut().skip(1).for_each(|line| line.after_blank = line.blanks > gap);
    };
    set(lines, least);
    if !matches!(Rule::of(lines, Margin::of(lines)), Rule::Unwrap { .. }) {
        set(lines, 0);
    }
}

/// The paragraphs of one block of lines.
#[inline(never)]
fn gather(block: &[Line], rule: Rule, margin: Margin, spans: &mut Vec<Span>) {
    let first = spans.len();
    let mut items: Vec<Item> = Vec::new();
    let mut opened = &block[0];
    for (at, line) in block.iter().enumerate() {
        let joined = at > 0 && rule.joins(margin, block, at, opened);
        match (spans.last_mut(), items.last_mut()) {
            (Some((span, _)), Some(item)) if joined => {
                span.end = line.span.end;
                *item = Item { halves: item.halves + line.halves, stops: line.stops, ..*item };
            }
            _ => {
                opened = line;
                spans.push((line.span.clone(), line.apart));
                items.push(Item {
                    is: line.opens == Opens::Item,
                    plain: line.is_plain(),
                    mark: line.mark,
                    indent: line.indent,
                    halves: line.halves,
                    stops: line.stops,
                });
            }
        }
    }
    lead_in(&items, first, spans);
}

/// What a paragraph of a block is to the list it may belong to.
#[derive(Clone, Copy)]
struct Item {
    /// A bullet or a number begins it.
    is: bool,
    plain: bool,
    /// As a [`Line`] has them.
    mark: char,
    indent: u32,
    halves: u32,
    stops: Stops,
}

/// A list item as short as this, in half words, says little without the line that leads in to it;
/// one without a bullet must be shorter still.
const SHORT: u32 = 12;
const SHORTEST: u32 = 10;

/// Joins lists of short items to their lead-in, the paragraph above that ends with a colon.
fn lead_in(items: &[Item], first: usize, spans: &mut Vec<Span>) {
    if !items.iter().any(|item| item.stops == Stops::Colon) {
        return;
    }
    let (mut read, mut write) = (0, first);
    while read < items.len() {
        let (lead, below) = (items[read], &items[read + 1..]);
        // Looked for below a lead alone: for every item it would be quadratic.
        let taken = if lead.stops == Stops::Colon { led(lead, below) } else { 0 };
        let end = spans[first + read + taken].0.end;
        spans[write] = spans[first + read].clone();
        spans[write].0.end = end;
        read += taken + 1;
        write += 1;
    }
    spans.truncate(write);
}

/// How many of the paragraphs below a lead-in are its list: items of one kind, below an item set off from it; or, without
/// bullets, two and more that say next to nothing.
fn led(lead: Item, below: &[Item]) -> usize {
    let Some(&Item { mark, .. }) = below.first() else { return 0 };
    let under = |item: &&Item| {
        item.is && item.mark == mark && (!lead.is || item.indent > lead.indent + 1 || mark != lead.mark)
    };
    let bare = |item: &&Item| item.plain && item.halves < SHORTEST && item.stops == Stops::Open;
    let list = below.iter().take_while(under).count();
    if list > 0 {
        return if below[..list].iter().all(|item| item.halves < SHORT) { list } else { 0 };
    }
    let list = below.iter().take_while(bare).count();
    if list > 1 { list } else { 0 }
}
