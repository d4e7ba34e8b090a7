//! Lines to paragraphs.

mod line;
mod page;
mod tally;
mod unit;
mod wrap;

use super::{Paragraph, Split};
use alloc::vec::Vec;
use line::{Line, Opens, Stops};
use wrap::{Margin, Rule};

pub(super) use line::{ends_sentence, is_han, is_invisible, trimmed, visible};

/// The paragraphs of `text`, and the way that they were found: never [`Split::Auto`]. Furniture is what belongs to the layout of
/// a page or a mail, as page numbers and the heads of mails do; all else is body so far.
pub(crate) fn paragraphs(text: &str, split: Split) -> (Vec<Paragraph>, Split) {
    let mut lines = line::lines(text);
    let mut found = Vec::new();
    match split {
        Split::Auto => return guessed(text, &mut lines),
        Split::Blank => {
            let blocks = lines.chunk_by(|_, b| !b.after_blank);
            found.extend(blocks.map(|block| paragraph(&block[0], block[block.len() - 1].span.end)));
        }
        Split::Line => {
            let softened = lines.chunk_by(|_, b| b.joins == Some(true));
            found.extend(softened.map(|line| paragraph(&line[0], line[line.len() - 1].span.end)));
        }
        Split::Unwrap => {
            let margin = Margin::of(&lines);
            let rule = Rule::unwrap(&lines, margin);
            lines.chunk_by(|_, b| !b.after_blank).for_each(|block| gather(block, rule, margin, &mut found));
        }
    }
    (found, split)
}

/// What begins with a line and ends at `end`.
fn paragraph(line: &Line, end: usize) -> Paragraph {
    Paragraph { span: line.span.start..end, kind: line.kind, pos: 0 }
}

fn guessed(text: &str, lines: &mut [Line]) -> (Vec<Paragraph>, Split) {
    close_double_spacing(lines);
    unit::bind(text, lines);
    page::mark(text, lines);
    let margin = Margin::of(lines);
    let whole = Rule::of_text(lines, margin);
    if let Rule::Unwrap { width, .. } = whole {
        page::interruptions(text, lines, width);
    }
    let mut found = Vec::new();
    let mut used = Split::Blank;
    for block in lines.chunk_by(|_, b| !b.after_blank) {
        let rule = whole.of_block(block, margin);
        let before = found.len();
        gather(block, rule, margin, &mut found);
        let count = found.len() - before;
        used = match (rule, used) {
            (Rule::Unwrap { .. }, _) if count < block.len() => Split::Unwrap,
            (_, Split::Blank) if count > 1 => Split::Line,
            _ => used,
        };
    }
    (found, used)
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
fn gather(block: &[Line], rule: Rule, margin: Margin, found: &mut Vec<Paragraph>) {
    let first = found.len();
    let mut items: Vec<Item> = Vec::new();
    let mut opened = &block[0];
    for (at, line) in block.iter().enumerate() {
        let joined = at > 0 && rule.joins(margin, block, at, opened);
        match (found.last_mut(), items.last_mut()) {
            (Some(Paragraph { span, .. }), Some(item)) if joined => {
                span.end = line.span.end;
                *item = Item { halves: item.halves + line.halves, stops: line.stops, ..*item };
            }
            _ => {
                opened = line;
                found.push(paragraph(line, line.span.end));
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
    lead_in(&items, first, found);
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
/// From so many half words on, a line without a stop is no title.
const LONG: u32 = 20;

/// Joins lists of short items to their lead-in, the paragraph above that ends with a colon or in mid-sentence.
fn lead_in(items: &[Item], first: usize, found: &mut Vec<Paragraph>) {
    if !items.iter().any(|item| leads(*item)) {
        return;
    }
    let (mut read, mut write) = (0, first);
    while read < items.len() {
        let (lead, below) = (items[read], &items[read + 1..]);
        // Looked for below a lead alone: for every item it would be quadratic.
        let taken = if leads(lead) { led(lead, below) } else { 0 };
        let end = found[first + read + taken].span.end;
        found.swap(write, first + read);
        found[write].span.end = end;
        read += taken + 1;
        write += 1;
    }
    found.truncate(write);
}

/// Whether a list may follow: below a colon, or in mid-sentence where no title is so long.
fn leads(item: Item) -> bool {
    item.stops == Stops::Colon || (item.stops == Stops::Open && !item.is && item.halves >= LONG)
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
    if lead.stops != Stops::Colon && (list < 2 || mark == '0') {
        return 0;
    }
    if list > 0 {
        return if below[..list].iter().all(|item| item.halves < SHORT) { list } else { 0 };
    }
    let list = below.iter().take_while(bare).count();
    if list > 1 { list } else { 0 }
}
