//! Lines that a page layout puts between those of the text: page numbers and running heads.

use super::line::{Gap, Line, Opens, Stops, is_invisible, shown};
use crate::article::Kind;
use crate::article::furniture::holds;

/// Marks page numbers, and running heads beside them, as paragraphs by themselves.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    let mut seen = Repeats { counts: [0; 1024] };
    for at in 0..lines.len() {
        let line = shown(text, &lines[at]);
        if from_number(text, lines, at) < FAR || holds_number(line, lines[at].stops) {
            seen.add(line);
        }
    }
    for at in 0..lines.len() {
        let line = shown(text, &lines[at]);
        let (from, holds_number) = (from_number(text, lines, at), holds_number(line, lines[at].stops));
        let own = |at: usize| lines.get(at).is_none_or(|line| line.joins != Some(true));
        let head = || {
            is_number(line)
                || from < FAR && seen.is_repeated(line)
                || from == 1
                    && (interrupts(lines, at) || lines[at].gap != Gap::None || is_set_off(text, lines, at))
        };
        let numbered =
            || holds_number && (seen.is_repeated(line) || is_set_off(text, lines, at) || holds(line, "...."));
        // What is bound already is no layout.
        if !(own(at) && own(at + 1)) {
            continue;
        }
        let head = head();
        if head || numbered() {
            notes(text, &mut lines[..at]);
            lines[at].joins = Some(false);
            // A chapter has its number too, but not so many words; an entry begins with its day; a year is a heading.
            if (head && line.len() != 4)
                || (lines[at].halves > 7 && line.as_bytes().last().is_some_and(u8::is_ascii_digit))
            {
                lines[at].kind = Kind::Furniture;
            }
            if let Some(next) = lines.get_mut(at + 1) {
                next.joins = Some(false);
            }
        }
    }
}

/// Marks what stands between two pieces of a sentence, the foot of a page and the head of the next, in lines broken at `width`:
/// lines too short to be pieces themselves, and footnotes above; or, in mid-word, lines of which one has a number.
pub(super) fn interruptions(text: &str, lines: &mut [Line], width: u32) {
    for end in 2..lines.len() {
        let [above @ .., after] = &lines[..=end] else { return };
        if after.opens != Opens::Small || after.after_blank {
            continue;
        }
        let short = |line: &Line, next: &Line| line.need(next) * 4 < width * 3;
        let inserted = |line: &&Line| {
            matches!(line.opens, Opens::Other | Opens::Item) && line.joins.is_none() && !line.after_blank
        };
        let most = above.iter().rev().take(4).take_while(inserted).count();
        let starts = |start: &usize| {
            let (Some(before), between) = (above[..*start].last(), &above[*start..]) else { return false };
            let full =
                || before.right() * 10 >= width * 9 && between.last().is_some_and(|last| short(last, after));
            let broken = || {
                shown(text, before).as_bytes().last() == Some(&b'-')
                    && between.iter().any(|line| is_numbered(shown(text, line)))
                    && between.windows(2).any(|pair| short(&pair[0], &pair[1]))
            };
            let apart = |pair: &[Line]| short(&pair[0], &pair[1]) || is_note(text, &pair[0]);
            before.stops == Stops::Open && (broken() || full() && between.windows(2).all(apart))
        };
        if let Some(start) = (end - most..end).rev().find(starts) {
            lines[start..end].iter_mut().for_each(|line| line.kind = Kind::Furniture);
            lines[start..=end].iter_mut().for_each(|line| line.joins = Some(false));
        }
    }
}

/// Whether a line begins with the number of a footnote.
fn is_note(text: &str, line: &Line) -> bool {
    let note = shown(text, line).as_bytes();
    let digits = note.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(note[digits..], [b' ', b'A'..=b'Z', ..]) && matches!(digits, 1 | 2)
}

/// Footnotes: looked for just above a page number.
fn notes(text: &str, above: &mut [Line]) {
    for line in above.iter_mut().rev().take(6) {
        if is_note(text, line) && line.joins.is_none() {
            line.joins = Some(false);
            // Numbered headings are shorter.
            if line.width > 40 {
                line.kind = Kind::Furniture;
            }
        }
        if line.after_blank {
            break;
        }
    }
}

/// A page number alone, dashes and brackets around it aside: `12`, `- 12 -`, `Page 12`.
fn is_number(line: &str) -> bool {
    let bare = |line: &str| {
        let digits = line
            .trim_matches(|c: char| is_invisible(c) || matches!(c, '-' | '–' | '—' | '[' | ']' | '|' | '·'));
        is_digits(digits.as_bytes())
    };
    line.len() < 24
        && (bare(line)
            || ["Page ", "page ", "Seite ", "PAGE ", "Page: "]
                .iter()
                .any(|word| line.starts_with(word) && line.ends_with(|c: char| c.is_ascii_digit())))
}

/// More lines than a running head takes.
const FAR: usize = 3;

/// How many lines off the nearest page number is, up to [`FAR`].
fn from_number(text: &str, lines: &[Line], at: usize) -> usize {
    // Most lines are too long, which need not be looked for.
    let number =
        |at: usize| lines.get(at).is_some_and(|line| line.width < 24 && is_number(shown(text, line)));
    (1..FAR).find(|by| number(at + by) || number(at.wrapping_sub(*by))).unwrap_or(FAR)
}

/// Whether a digit is at an end of the line.
pub(super) fn is_numbered(line: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    digit(line.as_bytes().first()) || digit(line.as_bytes().last())
}

/// Whether a page number may stand at an end of the line, or in one that is no sentence as `Page 3 of 7`.
fn holds_number(line: &str, stops: Stops) -> bool {
    let bytes = line.as_bytes();
    let named = || stops != Stops::Sentence && holds(line, "Page");
    if bytes.len() > 160 || !(is_numbered(line) || named()) {
        return false;
    }
    let mut before = &b"Page"[..];
    for word in bytes.split(|byte| *byte == b' ') {
        if before == b"Page" && is_digits(word) {
            return true;
        }
        before = word;
    }
    is_digits(before)
}

fn is_digits(word: &[u8]) -> bool {
    (1..=4).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

/// Whether a line is one of cells, as running heads are, between lines that are not and do not hang from it.
fn is_set_off(text: &str, lines: &[Line], at: usize) -> bool {
    let cells = |line: &Line| {
        line.gap == Gap::Wide || [" | ", " · "].iter().any(|mark| holds(shown(text, line), mark))
    };
    let beside = [at.checked_sub(1), Some(at + 1)];
    let hangs = lines.get(at + 1).is_some_and(|next| !next.after_blank && next.indent > lines[at].indent);
    cells(&lines[at]) && !hangs && !beside.into_iter().flatten().filter_map(|at| lines.get(at)).any(cells)
}

/// Whether a short line under a page number stands inside a sentence: no piece of it is so short.
fn interrupts(lines: &[Line], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(2).map(|at| &lines[at]), lines.get(at + 1)) else {
        return false;
    };
    before.stops == Stops::Open
        && after.opens == Opens::Small
        && lines[at].need(after) * 10 < before.right() * 8
}

/// Lines counted by a hash of what is no digit in them.
struct Repeats {
    counts: [u8; 1024],
}

impl Repeats {
    fn slot(line: &str) -> usize {
        let letters = line.bytes().filter(|byte| !byte.is_ascii_digit());
        letters.fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) as usize
            % 1024
    }

    fn add(&mut self, line: &str) {
        let count = &mut self.counts[Self::slot(line)];
        *count = count.saturating_add(1);
    }

    fn is_repeated(&self, line: &str) -> bool {
        self.counts[Self::slot(line)] > 1
    }
}
