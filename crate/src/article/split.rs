//! Lines to paragraphs.

mod line;

use super::Split;
use line::{Line, Opens, Stops};
use std::ops::Range;

pub(super) use line::{ends_sentence, is_han, is_invisible, visible};

/// The byte spans of the paragraphs of `text`, and the way that they were found: never [`Split::Auto`].
pub(super) fn spans(text: &str, split: Split) -> (Vec<Range<usize>>, Split) {
    let lines = line::lines(text);
    let mut spans = Vec::new();
    let blocks = lines.chunk_by(|_, b| !b.after_blank);
    match split {
        Split::Auto => return guessed(&lines),
        Split::Blank => {
            spans.extend(blocks.map(|block| block[0].span.start..block[block.len() - 1].span.end))
        }
        Split::Line => spans.extend(lines.iter().map(|line| line.span.clone())),
        Split::Unwrap => {
            let rule = Rule::unwrap(&lines);
            blocks.for_each(|block| gather(block, rule, &mut spans));
        }
    }
    (spans, split)
}

fn guessed(lines: &[Line]) -> (Vec<Range<usize>>, Split) {
    let whole = Rule::of(lines);
    let mut spans = Vec::new();
    let mut used = Split::Blank;
    for block in lines.chunk_by(|_, b| !b.after_blank) {
        // A short block says too little of itself: it follows the text it stands in.
        let rule = if block.len() > 3 { Rule::of(block) } else { whole };
        let before = spans.len();
        gather(block, rule, &mut spans);
        let found = spans.len() - before;
        used = match (rule, used) {
            (Rule::Unwrap { .. }, _) if found < block.len() => Split::Unwrap,
            (_, Split::Blank) if found > 1 => Split::Line,
            _ => used,
        };
    }
    (spans, used)
}

/// How the lines of a block become paragraphs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    /// Every line is a paragraph.
    EveryLine,
    /// Lines were broken at a width: a line goes on in the next one where that one's first word
    /// had no room.
    Unwrap {
        /// The width, in columns, that nearly all broken lines keep to.
        width: u32,
        /// Columns that a line and the first word of the next need together to say that it was
        /// broken for want of room.
        full: u32,
    },
}

/// Narrower lines than this are not broken prose but lists, verse, menus.
const NARROWEST: u32 = 16;

impl Rule {
    /// Learns the rule from the lines: prose that was broken at a width shows many lines that stop
    /// in mid-sentence, nearly full, and go on in the next with a small letter (or, in scripts
    /// without case, with any letter).
    fn of(lines: &[Line]) -> Rule {
        let pairs = || {
            lines.windows(2).map(|w| (&w[0], &w[1])).filter(|(a, b)| may_join(a, b) && a.width >= NARROWEST)
        };
        let mut widths = Tally::new();
        pairs().for_each(|(a, _)| widths.add(a.width));
        let width = widths.quantile(9, 10);

        let mut needs = Tally::new();
        let (mut small, mut caseless) = (0u32, 0u32);
        for (a, b) in pairs().filter(|(a, _)| a.stops == Stops::Open) {
            let need = a.need(b);
            match b.opens {
                Opens::Small if need * 10 >= width * 8 => small += 1,
                // Titles in such a script look like broken lines but for their uneven widths.
                Opens::Caseless if need + 4 > width => caseless += 1,
                _ => continue,
            }
            needs.add(need);
        }
        // Names and numbers open a third of the lines of English news; nothing does in Chinese.
        if small + caseless > 0 && small * 10 + caseless * 6 >= 3 * widths.count {
            Rule::Unwrap { width, full: needs.quantile(1, 20) }
        } else {
            Rule::EveryLine
        }
    }

    /// The rule for lines of which the reader says that they were broken at a width.
    fn unwrap(lines: &[Line]) -> Rule {
        match Rule::of(lines) {
            Rule::EveryLine => {
                let mut widths = Tally::new();
                lines.iter().for_each(|line| widths.add(line.width));
                let width = widths.quantile(9, 10);
                Rule::Unwrap { width, full: width * 9 / 10 }
            }
            learnt => learnt,
        }
    }

    /// Whether `b` goes on where `a` ends; `first`: whether `a` is the first line of its paragraph,
    /// and so may be a heading.
    fn joins(self, a: &Line, b: &Line, first: bool) -> bool {
        if b.opens == Opens::Quote || (b.opens == Opens::Closing && may_join(a, b)) {
            return true;
        }
        let Rule::Unwrap { width, full } = self else { return false };
        if !may_join(a, b) {
            return false;
        }
        let need = a.need(b);
        match (a.stops, b.opens) {
            (Stops::Open, Opens::Small) => need * 2 >= width,
            (Stops::Open, Opens::Caseless) => need + 4 > width,
            (Stops::Open, _) if first => need >= full && (b.titled || !a.titled),
            (Stops::Open, _) => need * 10 >= width * 8,
            _ => need >= full,
        }
    }
}

/// Whether `b` could go on with the sentence of `a`, as far as their shapes tell.
fn may_join(a: &Line, b: &Line) -> bool {
    !b.after_blank
        && a.quotes == b.quotes
        && matches!(a.opens, Opens::Small | Opens::Caseless | Opens::Other | Opens::Closing | Opens::Item)
        && matches!(b.opens, Opens::Small | Opens::Caseless | Opens::Other | Opens::Closing)
        && (b.indent <= a.indent + 1 || a.opens == Opens::Item)
}

/// The paragraphs of one block of lines.
fn gather(block: &[Line], rule: Rule, spans: &mut Vec<Range<usize>>) {
    let first = spans.len();
    let mut items: Vec<Item> = Vec::new();
    let mut previous: Option<(&Line, bool)> = None;
    for line in block {
        let joined = previous.is_some_and(|(a, alone)| rule.joins(a, line, alone));
        previous = Some((line, !joined));
        match (spans.last_mut(), items.last_mut()) {
            (Some(span), Some(item)) if joined => {
                span.end = line.span.end;
                *item = Item { halves: item.halves + line.halves, stops: line.stops, ..*item };
            }
            _ => {
                spans.push(line.span.clone());
                items.push(Item { is: line.opens == Opens::Item, halves: line.halves, stops: line.stops });
            }
        }
    }
    lead_in(&items, first, spans);
}

/// What a paragraph of a block is to the list it may belong to.
#[derive(Clone, Copy)]
struct Item {
    is: bool,
    halves: u32,
    stops: Stops,
}

/// A list item as short as this, in half words, says little without the line that leads in to it.
const SHORT: u32 = 16;

/// Joins lists of short items to their lead-in, the paragraph above that ends with a colon.
fn lead_in(items: &[Item], first: usize, spans: &mut Vec<Range<usize>>) {
    if !items.iter().any(|item| item.is) {
        return;
    }
    let (mut read, mut write) = (0, first);
    while read < items.len() {
        let list = items[read + 1..].iter().take_while(|item| item.is).count();
        let short = items[read + 1..read + 1 + list].iter().all(|item| item.halves < SHORT);
        let taken = if !items[read].is && items[read].stops == Stops::Colon && short { list } else { 0 };
        spans[write] = spans[first + read].start..spans[first + read + taken].end;
        read += taken + 1;
        write += 1;
    }
    spans.truncate(write);
}

/// Counts of small numbers, for quantiles without sorting.
struct Tally {
    counts: [u32; 256],
    count: u32,
}

impl Tally {
    fn new() -> Self {
        Tally { counts: [0; 256], count: 0 }
    }

    fn add(&mut self, value: u32) {
        self.counts[value.min(255) as usize] += 1;
        self.count += 1;
    }

    /// The smallest value that at least `part / of` of the values do not exceed.
    fn quantile(&self, part: u64, of: u64) -> u32 {
        let mut left = (u64::from(self.count) * part).div_ceil(of);
        for (value, &count) in (0..).zip(&self.counts) {
            left = left.saturating_sub(u64::from(count));
            if left == 0 {
                return value;
            }
        }
        255
    }
}
