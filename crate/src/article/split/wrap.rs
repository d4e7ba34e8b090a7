//! How the lines of a text become paragraphs: learnt from all of them, then asked for each.

use super::line::{Gap, Line, Opens, Stops};
use super::tally::Tally;

/// How the lines of a block become paragraphs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rule {
    /// Every line is a paragraph.
    EveryLine,
    /// All lines of a block are one paragraph: they were broken by feel, or after each sentence.
    Block,
    /// Lines were broken at a width: a line goes on in the next one where that one's first word
    /// had no room.
    Unwrap {
        /// The column that nearly all broken lines keep to.
        width: u32,
        /// Columns that a line and the first word of the next need together to say that it was
        /// broken for want of room.
        full: u32,
    },
}

/// Narrower lines than this are not broken prose but lists, verse, menus.
const NARROWEST: u32 = 16;
/// A single block of a text that was not broken shows itself to have been from this width on.
const NARROW: u32 = 40;

impl Rule {
    /// Learns the rule from the lines: prose that was broken at a width shows many lines that stop
    /// in mid-sentence, nearly full, and go on in the next with a small letter (or, in scripts
    /// without case, with any letter).
    pub(super) fn of(lines: &[Line], margin: Margin) -> Rule {
        let first = |line: &Line| margin.first == Some(line.indent);
        let pairs = || pairs(lines).filter(|(a, b)| a.right() >= NARROWEST && !(first(a) && first(b)));
        let width = most_keep_to(pairs().map(|(a, _)| a));

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
        // Where many lines are much longer, the few that are short were not broken.
        let unbroken = lines.iter().filter(|line| is_unbroken(line, width)).count();
        // Names and numbers open a third of the lines of English news; nothing does in Chinese.
        if small + caseless > 0
            && small * 10 + caseless * 6 >= 3 * pairs().count() as u32
            && unbroken * 4 < lines.len()
        {
            Rule::Unwrap { width, full: needs.quantile(1, 20).min(width + 1) }
        } else {
            Rule::EveryLine
        }
    }

    /// The rule for a whole text, whose blank lines tell more.
    pub(super) fn of_text(lines: &[Line], margin: Margin) -> Rule {
        if in_blocks(lines) { Rule::Block } else { Rule::of(lines, margin) }
    }

    /// The rule for lines of which the reader says that they were broken at a width.
    pub(super) fn unwrap(lines: &[Line], margin: Margin) -> Rule {
        match Rule::of(lines, margin) {
            Rule::Unwrap { width, full } => Rule::Unwrap { width, full },
            _ => {
                let width = most_keep_to(lines.iter());
                Rule::Unwrap { width, full: width * 9 / 10 }
            }
        }
    }

    /// The rule for one block of the text that this is the rule of. A short block says too little
    /// of itself.
    pub(super) fn of_block(self, block: &[Line], margin: Margin) -> Rule {
        let own = || if block.len() > 3 { Rule::of(block, margin) } else { Rule::EveryLine };
        let short = |width: u32| {
            let short = |line: &Line| {
                line.right() * 5 < width * 4 && line.is_plain() && line.gap == Gap::None && line.mark != '['
            };
            block.len() < 7 && block.iter().all(short)
        };
        match (self, own()) {
            (Rule::Unwrap { width, .. }, _) if short(width) => Rule::Block,
            // Titles and menus: among whole paragraphs only prose is broken, and prose is no narrower.
            (Rule::EveryLine, Rule::Unwrap { width, .. }) if width < NARROW => Rule::EveryLine,
            (Rule::EveryLine, own) => own,
            (Rule::Unwrap { width, .. }, Rule::Unwrap { width: own, full })
                if own * 5 < width * 4 || own * 4 > width * 5 =>
            {
                Rule::Unwrap { width: own, full }
            }
            (whole, _) => whole,
        }
    }

    /// Whether line `at` of a block goes on where the one before it ends; `opened`: the line that
    /// its paragraph began with.
    pub(super) fn joins(self, margin: Margin, block: &[Line], at: usize, opened: &Line) -> bool {
        let (a, b) = (&block[at - 1], &block[at]);
        let goes_on = a.stops == Stops::Open && b.opens == Opens::Small;
        if let Some(joins) = b.joins {
            return joins;
        }
        if b.opens == Opens::Quote || (b.opens == Opens::Closing && may_join(a, b)) {
            return true;
        }
        // A large initial is pasted on a line of its own.
        if (a.quotes > 0 || a.width == 1) && may_join(a, b) && goes_on {
            return true;
        }
        let (width, full) = match self {
            Rule::EveryLine => return is_verse(a, b),
            Rule::Block => {
                return a.quotes == b.quotes && b.is_plain() && (a.is_plain() || a.opens == Opens::Item);
            }
            Rule::Unwrap { width, full } => (width, full),
        };
        let need = a.need(b);
        let hangs =
            margin.hanging && is_plain(a, b) && opened.opens != Opens::Item && b.indent > opened.indent + 1;
        if hangs || need * 10 < width * 8 && is_verse(a, b) {
            return true;
        }
        let flows = goes_on || (a.stops == Stops::Open && b.opens == Opens::Caseless && need + 4 > width);
        if !(may_join(a, b) || margin.hanging && is_plain(a, b)) || margin.begins(a, b, opened, flows) {
            return false;
        }
        if is_unbroken(a, width) {
            return goes_on && !is_unbroken(b, width);
        }
        // A short line that no sentence runs through is a heading.
        let heading = || {
            block.get(at + 1).is_some_and(|c| {
                b.stops == Stops::Open
                    && a.stops != Stops::Colon
                    && matches!(c.opens, Opens::Other | Opens::Caseless | Opens::Item)
                    && b.need(c) * 10 < width * 8
            })
        };
        let first = core::ptr::eq(a, opened) && a.opens != Opens::Item;
        match (a.stops, b.opens) {
            (Stops::Open, Opens::Small) => need * 2 >= width,
            (Stops::Open, Opens::Caseless) => need + 4 > width,
            (Stops::Open, _) if first => need >= full && (b.titled || !a.titled),
            (Stops::Open, _) => need * 10 >= width * 8,
            _ => need >= full && !heading(),
        }
    }
}

/// The longest greeting, and the longest line of verse, an address or the closing of a letter, in half words.
const GREETING: u32 = 8;
const VERSE: u32 = 24;

/// Whether a line that ends with a comma or semicolon goes on in the next, both being short: after a greeting only a name does.
fn is_verse(a: &Line, b: &Line) -> bool {
    let greets = a.after_blank && a.halves <= GREETING;
    is_plain(a, b) && a.pauses && a.halves <= VERSE && b.halves <= if greets { GREETING } else { VERSE }
}

/// The column that nine lines in ten keep to.
fn most_keep_to<'l>(lines: impl Iterator<Item = &'l Line>) -> u32 {
    let mut right = Tally::new();
    lines.for_each(|line| right.add(line.right()));
    right.quantile(9, 10)
}

/// A line far wider than those that were broken is a paragraph by itself.
fn is_unbroken(line: &Line, width: u32) -> bool {
    line.right() > width + width / 4 + 4
}

/// Neighbours that may be pieces of one paragraph.
fn pairs(lines: &[Line]) -> impl Iterator<Item = (&Line, &Line)> {
    lines.windows(2).map(|pair| (&pair[0], &pair[1])).filter(|(a, b)| b.joins.is_none() && may_join(a, b))
}

/// Whether `b` could go on with the sentence of `a`, as far as their shapes tell.
fn may_join(a: &Line, b: &Line) -> bool {
    is_plain(a, b)
        && (b.indent <= a.indent + 1
            || a.opens == Opens::Item
            || (a.stops == Stops::Open && b.opens == Opens::Small))
}

fn is_plain(a: &Line, b: &Line) -> bool {
    !b.after_blank
        && a.quotes == b.quotes
        && (a.is_plain() || a.opens == Opens::Item)
        && b.is_plain()
        && a.gap != Gap::Tab
        && b.gap != Gap::Tab
        && (a.gap, b.gap) != (Gap::Wide, Gap::Wide)
}

/// What indentation means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margin {
    /// The indentation of first lines, where these are set off by it.
    first: Option<u32>,
    /// All lines of a paragraph but the first are indented.
    hanging: bool,
}

impl Margin {
    pub(super) fn of(lines: &[Line]) -> Margin {
        let (mut first, mut hung, mut risen) = (Tally::new(), 0u32, 0u32);
        let width = most_keep_to(lines.iter());
        for (at, (a, b)) in lines.windows(2).map(|pair| (&pair[0], &pair[1])).enumerate() {
            if !is_plain(a, b) || a.opens == Opens::Item {
                continue;
            }
            let goes_on = a.stops == Stops::Open && b.opens == Opens::Small;
            if a.indent > b.indent && (at == 0 || a.after_blank || lines[at - 1].stops != Stops::Open) {
                first.add(a.indent);
            }
            // A line as full as that and without a stop ends no paragraph.
            let goes_on = goes_on || a.stops == Stops::Open && a.right() * 10 >= width * 9;
            hung += u32::from(b.indent > a.indent + 1 && goes_on);
            risen += u32::from(b.indent > a.indent + 1 && !goes_on);
        }
        let hanging = hung > 0 && hung >= risen;
        Margin { first: (!hanging && first.count > 1).then(|| first.mode()), hanging }
    }

    /// Whether `b` begins a paragraph by its indentation; `flows`: a full line goes on in it, as far as their shapes tell.
    fn begins(self, a: &Line, b: &Line, opened: &Line, flows: bool) -> bool {
        let outdented = b.indent + 1 < a.indent && (self.hanging || opened.opens == Opens::Item);
        let goes_on = flows && b.opens == Opens::Small;
        !goes_on && self.first == Some(b.indent) || !flows && outdented
    }
}

/// Whether blocks of short lines are paragraphs, though the lines keep to no width: they stop in
/// mid-sentence well before it, or after each sentence.
fn in_blocks(lines: &[Line]) -> bool {
    let width = most_keep_to(lines.iter());
    if width > 110 {
        return false;
    }
    // Whole paragraphs in a script without case are wider.
    let narrow = width <= 64;
    let (mut blocks, mut ended, mut headed) = (0, 0, 0);
    let (mut all, mut broken, mut uneven, mut whole, mut long) = (0, 0, 0, 0, 0);
    for block in lines.chunk_by(|_, b| !b.after_blank) {
        let last = &block[block.len() - 1];
        if block.len() < 2 || block.iter().any(|line| !line.is_plain() || line.quotes > 0) {
            continue;
        }
        blocks += 1;
        ended += u32::from(last.stops != Stops::Open);
        headed += u32::from(block[0].stops == Stops::Open && block[1].opens == Opens::Other);
        long += block.iter().filter(|line| line.sentences).count();
        for pair in block.windows(2) {
            let opens = pair[1].opens;
            let goes_on =
                pair[0].stops == Stops::Open && (opens == Opens::Small || narrow && opens == Opens::Caseless);
            all += 1;
            broken += u32::from(goes_on);
            uneven += u32::from(goes_on && pair[0].need(&pair[1]) * 10 < width * 8);
            whole += u32::from(pair[0].stops == Stops::Sentence);
        }
    }
    let ragged = broken * 10 >= all * 3 && uneven * 10 >= broken * 4;
    let sentences = whole * 10 >= all * 9 && long as u32 * 10 <= all + blocks;
    blocks > 2 && ended * 10 >= blocks * 8 && headed * 4 <= blocks && (ragged || sentences)
}
