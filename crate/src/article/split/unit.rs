//! Blocks of lines that make one unit, whatever their width: fences, front matter, mail headers,
//! signatures, the closings and addresses of letters.

use super::line::{Gap, Line, Opens, Stops, is_invisible, shown};
use super::page::is_numbered;
use crate::article::Kind;
use crate::article::furniture::{CONTACTS, FIELDS, chinese_date, holds};

/// Binds the lines of units together.
pub(super) fn bind(text: &str, lines: &mut [Line]) {
    let mut letter = is_letter(text, lines);
    front_matter(text, lines);
    hard_breaks(text, lines);
    for block in lines.chunk_by_mut(|_, b| !b.after_blank) {
        underlines(text, block);
        quotes(block);
        letter |= headers(text, block);
        signature(text, block);
        for at in 1..block.len() {
            attribution(text, block, at);
            marks(text, block, at);
            numbers(text, block, at);
            links(text, block, at);
            rows(text, block, at);
        }
    }
    signed(text, lines);
    // The closing of a letter begins a block of its own below a paragraph.
    let begins = |a: &Line, b: &Line| {
        let closes = a.stops == Stops::Sentence && a.halves > SHORT;
        let is_page = b.width < 4 && shown(text, b).bytes().all(|byte| byte.is_ascii_digit());
        b.after_blank
            || a.opens == Opens::Ruler
            || is_page
            || closes && b.halves <= SHORT && b.stops != Stops::Sentence
    };
    let addresses = lines.chunk_by_mut(|a, b| !begins(a, b)).filter(|block| {
        // Most end here.
        if !is_address(block, 2 * SHORT) {
            return false;
        }
        let mail = block.iter().any(|line| {
            let line = shown(text, line);
            line.split_once(['@']).is_some_and(|(name, _)| name.ends_with(char::is_alphanumeric))
        });
        let mail = mail || letter && block.len() > 2 && block[0].halves <= NAME;
        (mail || is_address(block, SHORT))
            && (mail || letter || block[0].pauses || names(text, block) || is_contact(text, block))
    });
    addresses.for_each(|block| {
        // A closing and a name are what somebody wrote.
        let tells = |line: &Line| shown(text, line).bytes().any(|byte| matches!(byte, b'@' | b'0'..=b'9'));
        if block.iter().any(tells) {
            block[0].kind = Kind::Furniture;
        }
        join(&mut block[1..]);
    });
    // The last word: nothing between fences is what it looks like.
    fences(text, lines);
}

fn join(lines: &mut [Line]) {
    lines.iter_mut().for_each(|line| line.joins = Some(true));
}

/// Ends a paragraph before this line.
fn part(line: Option<&mut Line>) {
    if let Some(line) = line {
        line.joins = Some(false);
    }
}

/// `---`, fields, `---` (or `+++`): at the beginning of a Markdown file. Blank lines may stand between fields.
fn front_matter(text: &str, lines: &mut [Line]) {
    let Some(first) = lines.first() else { return };
    let mark = shown(text, first);
    if mark != "---" && mark != "+++" {
        return;
    }
    let Some(end) = lines.iter().skip(1).position(|line| shown(text, line) == mark) else { return };
    // Prose between two such lines is none.
    let is_field = |line: &Line| {
        let has_sign = || shown(text, line).bytes().any(|byte| matches!(byte, b':' | b'=' | b'[' | b'-'));
        !line.after_blank || line.stops != Stops::Sentence && has_sign()
    };
    if lines[1..=end].iter().all(is_field) {
        lines[0].kind = Kind::Furniture;
        lines[1..=end + 1].iter_mut().for_each(|line| line.after_blank = false);
        join(&mut lines[1..=end + 1]);
        part(lines.get_mut(end + 2));
    }
}

/// Two spaces at the end of a line of Markdown break it inside its paragraph; where most lines have them they mean nothing.
fn hard_breaks(text: &str, lines: &mut [Line]) {
    let breaks = |pair: &[Line]| {
        !pair[1].after_blank
            && pair[0].is_plain()
            && pair[1].is_plain()
            && text[pair[0].span.end..].starts_with("  ")
    };
    let count = lines.windows(2).filter(|pair| breaks(pair)).count();
    if count * 2 > lines.len() || !lines.iter().any(|line| line.opens == Opens::Hash) {
        return;
    }
    for at in 1..lines.len() {
        if breaks(&lines[at - 1..=at]) {
            lines[at].joins = Some(true);
        }
    }
}

/// Lines between two fences of Markdown, blank ones among them: only what opens one names a language, and a line that holds
/// two is whole.
fn fences(text: &str, lines: &mut [Line]) {
    let mut open = None;
    for at in 0..lines.len() {
        // Most lines are none, which their first byte shows.
        if !matches!(text.as_bytes()[lines[at].span.start], b'`' | b'~') {
            continue;
        }
        let line = shown(text, &lines[at]);
        if !(line.starts_with("```") || line.starts_with("~~~")) {
            continue;
        }
        match open {
            Some(start) if line.len() == 3 => {
                part(lines.get_mut(start));
                lines[start + 1..=at].iter_mut().for_each(|line| line.after_blank = false);
                join(&mut lines[start + 1..=at]);
                part(lines.get_mut(at + 1));
                open = None;
            }
            _ if holds(&line[3..], "```") || holds(&line[3..], "~~~") => {
                // It ends what was open; so it must where the result is split again.
                if open.take().is_some() {
                    part(lines.get_mut(at));
                }
            }
            _ => open = Some(at),
        }
    }
}

/// A line of `=` or `-` under a title belongs to it.
fn underlines(text: &str, block: &mut [Line]) {
    for at in 1..block.len() {
        let line = shown(text, &block[at]);
        let of = |mark: u8| line.len() > 2 && line.bytes().all(|byte| byte == mark);
        let (title, rule) = (&block[at - 1], &block[at]);
        let alone = at == 1 || !block[at - 2].is_plain() || block[at - 1].joins == Some(false);
        let fits = rule.width.abs_diff(title.width) * 4 <= title.width || at + 1 == block.len();
        let is_title = title.is_plain() || (title.opens == Opens::Item && rule.width == title.width);
        let asks = || matches!(shown(text, title).as_bytes(), [.., b'?' | b'!']);
        let is_title = is_title && title.gap == Gap::None && (title.stops == Stops::Open || asks());
        if is_title && alone && (of(b'=') || (of(b'-') && fits)) {
            block[at].joins = Some(true);
            part(block.get_mut(at + 1));
        }
    }
}

/// Lines that grew too long by their quotation marks were broken by a mail program, which left the
/// rest without a mark.
fn quotes(block: &mut [Line]) {
    for at in 1..block.len().saturating_sub(1) {
        let (a, b, c) = (&block[at - 1], &block[at], &block[at + 1]);
        let rest = b.quotes == 0 && b.opens == Opens::Small && a.stops == Stops::Open && b.width < a.width;
        if a.quotes > 0 && a.quotes == c.quotes && rest {
            block[at].quotes = a.quotes;
        }
    }
}

/// Heads of mails: two known fields or more among neighbouring fields. Whether there is one.
fn headers(text: &str, block: &mut [Line]) -> bool {
    let known = |line: &Line| {
        line.joins.is_none()
            && field(text, line)
                .is_some_and(|name| FIELDS.contains(name.trim_matches(is_invisible).as_bytes()))
    };
    let (mut at, mut found) = (0, false);
    while at < block.len() {
        // A long field may go on in a second line.
        let goes_on = |next: usize| next > at && block.get(next + 1).is_some_and(known);
        let fields = (at..block.len())
            .take_while(|&next| field(text, &block[next]).is_some() || goes_on(next))
            .count();
        if block[at..at + fields].iter().filter(|line| known(line)).count() > 1 {
            found = true;
            // `-----Original Message-----`
            let titled = at > 0 && shown(text, &block[at - 1]).starts_with("---");
            let first = at - usize::from(titled);
            block[first].kind = Kind::Furniture;
            part(block.get_mut(first));
            join(&mut block[first + 1..at + fields]);
            part(block.get_mut(at + fields));
        }
        at += fields + 1;
    }
    found
}

/// The name of a field that has a value.
#[inline(never)]
fn field<'t>(text: &'t str, line: &Line) -> Option<&'t str> {
    let field = shown(text, line).trim_start_matches(['>', ' ', '*']);
    // Not to the end of a line that may be a whole article.
    field.bytes().take(40).find(|byte| matches!(byte, b':' | 0xEF))?;
    let (name, value) = field.split_once([':', '：'])?;
    let is_name = line.is_plain() && name.len() < 40 && name.split(is_invisible).count() < 4;
    (is_name && value.contains(|c| !is_invisible(c))).then_some(name)
}

/// What follows `-- `, to the end of its block.
fn signature(text: &str, block: &mut [Line]) {
    if let Some(mark) = block.iter().position(|line| is_signature_mark(text, line)) {
        block[mark].kind = Kind::Furniture;
        join(&mut block[mark + 1..]);
    }
}

fn is_signature_mark(text: &str, line: &Line) -> bool {
    shown(text, line).trim_start_matches(['>', ' ']) == "--"
}

/// `<address> wrote:`, where the line of who wrote was too long for its mail.
fn attribution(text: &str, block: &mut [Line], at: usize) {
    let line = &mut block[at];
    if line.stops == Stops::Colon && shown(text, line).trim_start_matches(['>', ' ']).starts_with('<') {
        line.joins = Some(true);
    }
}

/// The mark of an item, alone on its line, as pages are copied: a bullet, a number with its stop, or one of a row.
fn numbers(text: &str, block: &mut [Line], at: usize) {
    let number = |line: &Line| {
        let mut digits = shown(text, line).as_bytes().iter().take(3);
        digits.try_fold(0, |number, byte| {
            Some(number * 10 + u32::from(byte.checked_sub(b'0').filter(|d| *d < 10)?))
        })
    };
    let line = &block[at - 1];
    if line.width > 3 {
        return;
    }
    let stopped = matches!(shown(text, line).as_bytes(), [b'0'..=b'9', .., b'.' | b')'])
        || line.width == 1
            && block[at].halves > SHORT
            && matches!(line.mark, '•' | '▪' | '●' | '◦' | '○' | '■');
    let in_row = || {
        let own = number(line).filter(|_| line.width < 3);
        let next = block.get(at + 1).and_then(number);
        let last = at.checked_sub(3).and_then(|at| number(&block[at]));
        own.is_some_and(|own| next == Some(own + 1) || last.is_some_and(|last| last + 1 == own))
    };
    if stopped || in_row() {
        block[at].joins = Some(true);
    }
}

/// Below a bullet stands its like, though alone it could be a dash or a word.
fn marks(text: &str, block: &mut [Line], at: usize) {
    let (a, b) = (&block[at - 1], &block[at]);
    if a.opens != Opens::Item {
        return;
    }
    let like = a.mark == b.mark && a.indent == b.indent;
    let is_mark = match shown(text, b).as_bytes() {
        // An en dash, an em dash.
        [0xE2, 0x80, 0x93 | 0x94, b' ', ..] => like,
        [b'o', b' ', next, ..] => !next.is_ascii_lowercase() && (like || b.indent > a.indent),
        _ => false,
    };
    if is_mark {
        block[at].opens = Opens::Item;
    }
}

/// An address of the web under a full sentence stands alone; a single one under a colon is what this announces.
fn links(text: &str, block: &mut [Line], at: usize) {
    let (line, stops) = (shown(text, &block[at]), block[at - 1].stops);
    let under = stops == Stops::Sentence || stops == Stops::Colon && at + 1 == block.len();
    if under && holds(line, "://") && !line.contains(is_invisible) {
        block[at].joins = Some(stops == Stops::Colon);
        part(block.get_mut(at + 1));
    }
}

/// Rows of a table whose cells only spaces part: two neighbours that end with as many figures, two or more, and the row above.
fn rows(text: &str, block: &mut [Line], at: usize) {
    let figures = |line: &Line| {
        let is_figure = |word: &&[u8]| {
            word.iter().any(u8::is_ascii_digit)
                && word.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'%' | b'+' | b'-'))
        };
        if line.halves > 24 || line.stops != Stops::Open {
            return 0;
        }
        shown(text, line).as_bytes().rsplit(|byte| *byte == b' ').take_while(is_figure).count()
    };
    let count = figures(&block[at]);
    if count > 1 && figures(&block[at - 1]) == count {
        for row in [at - 1, at, at + 1] {
            if row > 0 {
                part(block.get_mut(row).filter(|line| line.joins.is_none()));
            }
        }
    }
}

/// Who signs a Chinese document, and the day below, near its end.
fn signed(text: &str, lines: &mut [Line]) {
    for at in 1 + lines.len() / 2..lines.len() {
        let [.., who, day] = &mut lines[..=at] else { return };
        let signs = who.opens == Opens::Caseless && who.stops == Stops::Open && who.width <= 60;
        let is_day = day.width < 20 && chinese_date(shown(text, day)) == Some("");
        if is_day && signs && !day.after_blank && !holds(shown(text, who), "：") {
            who.kind = Kind::Furniture;
            who.joins = Some(false);
            day.joins = Some(true);
            part(lines.get_mut(at + 1));
        }
    }
}

/// The longest line of an address or closing, in half words.
const SHORT: u32 = 12;
/// The longest name, and the longest title of somebody named.
const NAME: u32 = 8;

/// Letters, by post or mail: a greeting or closing in a block of its own ends with a comma, a
/// signature has its mark, other letters are quoted (as Markdown, which has headings, quotes too).
fn is_letter(text: &str, lines: &[Line]) -> bool {
    let greeting = |block: &[Line]| {
        let line = &block[0];
        block.len() == 1 && line.halves <= SHORT && shown(text, line).ends_with([',', '，'])
    };
    let quoted =
        lines.iter().any(|line| line.quotes > 0) && lines.iter().all(|line| line.opens != Opens::Hash);
    quoted
        || lines.iter().any(|line| is_signature_mark(text, line))
        || lines.chunk_by(|_, b| !b.after_blank).any(greeting)
}

/// Somebody's name and, in a second line, what they are.
fn names(text: &str, block: &[Line]) -> bool {
    let is_name = |word: &str| {
        let mut chars = word.chars().map(char::is_uppercase);
        chars.next() == Some(true) && chars.next() != Some(true)
    };
    let short = block.len() == 2 && block[0].halves > 2 && block.iter().all(|line| line.halves <= NAME);
    short && block[0].stops == Stops::Open && shown(text, &block[0]).split(is_invisible).all(is_name)
}

/// A block of a few short lines.
fn is_address(block: &[Line], short: u32) -> bool {
    (2..=6).contains(&block.len())
        && block.iter().all(|line| {
            line.is_plain()
                && line.halves <= short
                && line.quotes == 0
                && line.width <= 4 * short
                && (line.halves <= SHORT || line.stops != Stops::Sentence)
        })
}

/// Whether a line of a block is that of a street with a number, or of a telephone.
fn is_contact(text: &str, block: &[Line]) -> bool {
    block.iter().any(|line| {
        let line = shown(text, line);
        let mut words = line.as_bytes().split(|byte| matches!(byte, b' ' | b'.' | b':'));
        is_numbered(line) && words.any(|word| CONTACTS.contains(word) || word.ends_with("straße".as_bytes()))
    })
}
