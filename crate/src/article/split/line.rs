//! One line of a text and what its shape tells.

use alloc::vec::Vec;
use core::ops::Range;

use crate::article::Kind;
use crate::article::furniture::is_one_of;
use crate::window::{TOP, count, equal, from, is_ascii, is_plain, letters_from, window};

/// A line with something to see.
#[derive(Debug)]
pub(super) struct Line {
    /// Without the white space around it, in bytes of the text.
    pub(super) span: Range<usize>,
    /// Columns of white space before it.
    pub(super) indent: u32,
    /// Columns from the first to the last visible character: a wide character takes two.
    pub(super) width: u32,
    /// Columns of the first word; of the first character where words are not spaced.
    pub(super) first_word: u32,
    /// Half words: a spaced word counts two, a Chinese or Japanese character one.
    pub(super) halves: u32,
    /// E-mail quotation marks (`>`) at its beginning.
    pub(super) quotes: u32,
    pub(super) opens: Opens,
    /// The first character after quotation marks, any digit as `0`, any letter with a bracket and any Chinese character as `a`:
    /// of an item what kind of mark it has.
    pub(super) mark: char,
    pub(super) stops: Stops,
    /// A comma or semicolon ends it.
    pub(super) pauses: bool,
    /// No word of five letters or more begins with a small letter.
    pub(super) titled: bool,
    /// A tab or a wide gap stands inside it, as between the cells of a table or in a running head.
    pub(super) gap: Gap,
    /// A sentence ends inside it.
    pub(super) sentences: bool,
    /// The first line of its block.
    pub(super) after_blank: bool,
    /// Blank lines before it.
    pub(super) blanks: u32,
    /// What is known of it whatever the rule: whether it goes on where the line before ends.
    pub(super) joins: Option<bool>,
    /// What a paragraph that it begins is: furniture where the layout shows it, as a page number or the head of a mail.
    pub(super) kind: Kind,
}

/// The widest white space inside a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gap {
    None,
    /// Three spaces or more.
    Wide,
    Tab,
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Opens {
    /// Nothing to see.
    Blank,
    /// Nothing but quotation marks of e-mail.
    Quote,
    /// No letter or digit: `-----`.
    Ruler,
    /// `#` of Markdown.
    Hash,
    /// A bullet or a number.
    Item,
    /// Punctuation that cannot begin a paragraph.
    Closing,
    /// A small letter.
    Small,
    /// A letter of a script without case.
    Caseless,
    /// A capital, a digit, an opening mark.
    Other,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stops {
    /// In mid-sentence, or without a stop, as headings do.
    Open,
    Colon,
    Sentence,
}

impl Line {
    /// The column after its last visible character.
    pub(super) fn right(&self) -> u32 {
        self.indent + self.width
    }

    /// Whether it is a piece of running text or a title: no mark of another kind begins it.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.opens, Opens::Small | Opens::Caseless | Opens::Other | Opens::Closing)
    }

    /// The columns this line would need to hold the first word of the next.
    pub(super) fn need(&self, next: &Line) -> u32 {
        self.right() + next.first_word + u32::from(next.opens != Opens::Caseless || next.first_word != 2)
    }
}

/// The lines of a text, in order, blank ones left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    // Beside other line ends, these break a line inside its paragraph.
    let soft = |c: char| matches!(c, '\u{b}' | '\u{2028}');
    let softened = text.contains(|c| is_line_end(c) && !soft(c));
    let mut lines = Vec::new();
    let (mut start, mut after_blank, mut blanks, mut joins) = (0, true, 0, None);
    loop {
        let (at, end) = next_line_end(text, start);
        match read(text, start..at) {
            Line { opens: Opens::Blank, .. } => (after_blank, blanks) = (true, blanks + 1),
            line => {
                lines.push(Line { after_blank, blanks, joins: joins.filter(|_| !after_blank), ..line });
                (after_blank, blanks) = (false, 0);
            }
        }
        after_blank |= end == Some('\u{2029}');
        let Some(end) = end else { return lines };
        joins = (softened && soft(end)).then_some(true);
        start = at + end.len_utf8() + usize::from(end == '\r' && text.as_bytes().get(at + 1) == Some(&b'\n'));
    }
}

/// The next character from `from` on that ends a line, and where it stands; at the end of the text there is none.
fn next_line_end(text: &str, from: usize) -> (usize, Option<char>) {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        if window(bytes, at).is_some_and(is_plain) {
            at += 8;
            continue;
        }
        // The first bytes of those that are not ASCII.
        if matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2)
            && let Some(c) = text[at..].chars().next().filter(|c| is_line_end(*c))
        {
            return (at, Some(c));
        }
        at += 1;
    }
    (text.len(), None)
}

fn read(text: &str, line: Range<usize>) -> Line {
    let whole = &text[line.clone()];
    let own = trimmed(whole);
    let span = line.start + own.start..line.start + own.end;
    let shown = visible(whole);
    let before = &whole[..whole.len() - whole.trim_start_matches(is_invisible).len()];
    let indent = before.chars().map(|c| if c == '\t' { 4 } else { columns(c) }).sum();
    let content = shown.trim_start_matches(|c: char| c == '>' || is_invisible(c));
    let marks = &shown[..shown.len() - content.len()];
    let quotes = marks.bytes().filter(|byte| *byte == b'>').count() as u32;
    let opens = match opens(content) {
        Opens::Blank if quotes > 0 => Opens::Quote,
        opens => opens,
    };

    let (mut width, mut halves, mut first_word) = (0, 0, None);
    let mut titled = true;
    let (mut letters, mut small) = (0u32, false);
    let (mut spaces, mut gap, mut before, mut sentences) = (0, Gap::None, ' ', false);
    let bytes = content.as_bytes();
    let mut at = 0;
    // As if a space followed.
    while at <= bytes.len() {
        // Most of running text: all that is left to find out is how many words it has.
        if letters == 0 && !titled && (sentences || !matches!(before, '.' | '!' | '?')) {
            let (passed, words) = pass(&bytes[at..], sentences);
            if passed > 0 {
                (at, width, halves) = (at + passed, width + passed as u32, halves + 2 * words);
                let inside = bytes[at - 1] != b' ';
                (letters, spaces) = if inside { (1, 0) } else { (0, 1) };
                before = char::from(bytes[at - 2 + usize::from(inside)]);
            }
        }
        if letters > 0 {
            let run = letters_from(bytes, at);
            if run > 0 {
                (letters, width) = (letters + run as u32, width + run as u32);
                at += run;
                before = 'a';
                continue;
            }
        }
        let c = match bytes.get(at) {
            None => ' ',
            Some(byte) if byte.is_ascii() => char::from(*byte),
            _ => content[at..].chars().next().unwrap_or(' '),
        };
        at += c.len_utf8();
        if is_invisible(c) || is_han(c) {
            halves += if letters > 0 { 2 } else { 0 } + u32::from(is_han(c));
            titled &= !small || letters < 5;
            if letters > 0 || is_han(c) {
                first_word.get_or_insert(if letters > 0 { width } else { columns(c) });
            }
            letters = 0;
            spaces = if is_han(c) { 0 } else { spaces + 1 };
            gap = match gap {
                // A tab after a bullet or a number only sets the item off.
                Gap::None | Gap::Wide if c == '\t' && (opens != Opens::Item || halves > 2) => Gap::Tab,
                Gap::None if spaces == 3 => Gap::Wide,
                gap => gap,
            };
        } else {
            if letters == 0 {
                small = c.is_lowercase();
                sentences |= spaces > 0 && matches!(before, '.' | '!' | '?') && !small;
            }
            letters += 1;
            spaces = 0;
            before = c;
        }
        // These are as wide as their neighbours.
        let wide = matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
            && (is_han(before) || content[at..].starts_with(is_han));
        width += if wide { 2 } else { columns(c) };
        if is_han(c) {
            before = c;
        }
    }
    width -= 1;
    if opens == Opens::Item {
        // The mark is no word; where it sticks to its text ("1.") it never counted as one alone.
        halves = halves.saturating_sub(if content.chars().take(4).any(is_invisible) { 2 } else { 0 });
    }
    let stops = match last_mark(shown) {
        Some(':' | '：') => Stops::Colon,
        _ if ends_sentence(shown) => Stops::Sentence,
        _ => Stops::Open,
    };
    Line {
        span,
        indent,
        width: width + marks.chars().map(columns).sum::<u32>(),
        first_word: first_word.unwrap_or(0),
        halves,
        quotes,
        opens,
        mark: match content.chars().next() {
            Some(c) if c.is_ascii_digit() => '0',
            Some(c) if is_han(c) || content.as_bytes().get(1) == Some(&b')') => 'a',
            first => first.unwrap_or(' '),
        },
        stops,
        pauses: shown.ends_with([',', ';', '，']),
        titled,
        gap,
        sentences,
        after_blank: false,
        blanks: 0,
        joins: None,
        kind: Kind::Body,
    }
}

/// How many bytes of running text follow where a word may begin, and how many words end in them: visible ASCII and single
/// spaces, eight bytes at a time. Unless `sentences`, no sign with which a sentence may end is among them.
#[inline(never)]
fn pass(text: &[u8], sentences: bool) -> (usize, u32) {
    let least = if sentences { b' ' } else { b'@' };
    // Marked: that a space stands before the next byte.
    let (mut passed, mut words, mut spaced) = (0, 0, 0x80);
    for eight in text.as_chunks().0 {
        let eight = u64::from_le_bytes(*eight);
        if !is_ascii(eight) {
            break;
        }
        let spaces = equal(eight, b' ');
        let twice = spaces & (spaces << 8 | spaced);
        if twice != 0 || from(eight, least) | spaces != TOP {
            break;
        }
        (passed, words, spaced) = (passed + 8, words + count(spaces), spaces >> 56);
    }
    (passed, words)
}

fn opens(content: &str) -> Opens {
    let Some(first) = content.chars().next() else { return Opens::Blank };
    let rest = &content[first.len_utf8()..];
    if !content.contains(char::is_alphanumeric) {
        return Opens::Ruler;
    }
    if first == '#' && rest.trim_start_matches('#').starts_with(' ') {
        return Opens::Hash;
    }
    if is_item(content) {
        return Opens::Item;
    }
    match first {
        ',' | ';' | '.' | ')' | ']' | '，' | '、' | '。' | '；' | '：' | '）' | '”' | '」' | '』' | '》'
        | '،'
            if !rest.starts_with(['.', ')', ']']) =>
        {
            Opens::Closing
        }
        '“' | '‘' | '「' | '『' | '《' | '（' if rest.starts_with(is_han) => Opens::Caseless,
        // An address of the web begins with one whatever comes before.
        c if c.is_lowercase() && !content.starts_with("http") => Opens::Small,
        c if c.is_alphabetic() && !c.is_uppercase() => Opens::Caseless,
        _ => Opens::Other,
    }
}

/// Whether the text begins with a bullet (`•`, `- `) or a number (`2. `, `(3)`, `一、`).
fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    match first {
        '•'
        | '・'
        | '‣'
        | '◦'
        | '▪'
        | '▫'
        | '●'
        | '○'
        | '■'
        | '□'
        | '◆'
        | '◇'
        | '★'
        | '☆'
        | '►'
        | '▶'
        | '➢'
        | '➤'
        | '✓'
        | '✔'
        | '※'
        | '①'..='⑳' => true,
        // Notes at the foot of a page; bullets of a word processor's own fonts.
        '¹' | '²' | '³' | '⁴'..='⁹' | '☐'..='☒' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}' | '\u{f0fc}' => {
            true
        }
        // Its second bullet, as plain text: as a word it is followed by one space.
        'o' => rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  "),
        '-' | '*' | '+' | '·' => rest.starts_with(is_invisible),
        // Between words a dash goes on with the sentence; before a capital it opens a line.
        '–' | '—' => {
            rest.starts_with(is_invisible)
                && !rest.trim_start_matches(is_invisible).starts_with(char::is_lowercase)
        }
        '(' | '（' => {
            numeral(rest).or_else(|| letter(rest)).is_some_and(|after| after.starts_with([')', '）']))
        }
        'a'..='z' => letter(text).is_some_and(|after| after.starts_with(") ")),
        _ => numeral(text).is_some_and(|after| {
            let mut marks = after.chars();
            let mark = marks.next().unwrap_or(' ');
            let han = text.starts_with(is_han);
            let next = marks.next().unwrap_or('0');
            match mark {
                '、' => true,
                // The hour of an entry, set off.
                ':' => matches!(
                    after.as_bytes(),
                    [_, b'0'..=b'5', b'0'..=b'9', b'\t', ..] | [_, b'0'..=b'5', b'0'..=b'9', b' ', b' ', ..]
                ),
                // `2.1 Title`: before a small letter it is a quantity.
                '.' if next.is_ascii_digit() => {
                    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').as_bytes();
                    matches!(rest, [b' ', b'A'..=b'Z', ..])
                }
                '.' | ')' | '．' | '）' => !han && (is_invisible(next) || is_han(next)),
                _ => false,
            }
        }),
    }
}

/// The text after a number of up to two digits (or Chinese numerals) at its beginning.
fn numeral(text: &str) -> Option<&str> {
    let han = |c: char| !c.is_ascii() && is_one_of(c, "一二三四五六七八九十");
    let after = if text.starts_with(han) {
        text.trim_start_matches(han)
    } else {
        text.trim_start_matches(|c: char| c.is_ascii_digit())
    };
    let used = &text[..text.len() - after.len()];
    (!used.is_empty() && used.chars().nth(2).is_none()).then_some(after)
}

/// The text after one small letter, or up to four that are Roman numerals, at its beginning.
fn letter(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let roman = bytes.iter().take_while(|byte| matches!(byte, b'i' | b'v' | b'x')).count();
    let length =
        if roman == 0 { usize::from(bytes.first().is_some_and(u8::is_ascii_lowercase)) } else { roman };
    (1..5).contains(&length).then(|| &text[length..])
}

/// Whether a text ends with a sentence stop, closing quotes and brackets aside.
pub(in super::super) fn ends_sentence(text: &str) -> bool {
    matches!(
        last_mark(text),
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '；' | '．' | '؟' | '۔' | '।' | '‽')
    )
}

fn last_mark(text: &str) -> Option<char> {
    let closing = |c: char| {
        is_invisible(c)
            || matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '）' | '」' | '』' | '》' | '*' | '_')
    };
    text.chars().rev().find(|&c| !closing(c))
}

/// What there is to see of a line.
#[inline(never)]
pub(super) fn shown<'t>(text: &'t str, line: &Line) -> &'t str {
    visible(&text[line.span.clone()])
}

/// The part of `text` without the white space around it; empty where nothing in it is visible.
pub(in super::super) fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let end = if visible(text).is_empty() { start } else { text.trim_end().len() };
    start..end
}

/// The part of `text` from its first to its last visible character: what its shape is told by.
pub(in super::super) fn visible(text: &str) -> &str {
    // As most are.
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_matches(is_invisible),
    }
}

/// White space, and what leaves no mark on the page: joiners, direction marks, soft hyphens.
#[inline(always)]
pub(in super::super) fn is_invisible(c: char) -> bool {
    if c.is_ascii() { matches!(c, ' ' | '\t'..='\r') } else { is_invisible_beyond_ascii(c) }
}

#[inline(never)]
fn is_invisible_beyond_ascii(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Characters of scripts written without spaces: Chinese and Japanese.
#[inline]
pub(in super::super) fn is_han(c: char) -> bool {
    c >= '\u{3040}'
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[inline]
fn columns(c: char) -> u32 {
    if c.is_ascii() {
        u32::from(!matches!(c, '\t'..='\r'))
    } else if is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
    {
        2
    } else {
        u32::from(c == ' ' || c == '\u{a0}' || !is_invisible(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    /// Running text of so many bytes at most, which ends a word in places, said a byte at a time.
    fn expected(text: &[u8], sentences: bool) -> (usize, u32) {
        let plain = |at: usize| match text[at] {
            b' ' => at > 0 && text[at - 1] != b' ',
            byte => (if sentences { b' '..=b'\x7f' } else { b'@'..=b'\x7f' }).contains(&byte),
        };
        let passed = (0..text.len()).take_while(|at| plain(*at)).count() / 8 * 8;
        (passed, text[..passed].iter().filter(|byte| **byte == b' ').count() as u32)
    }

    #[test]
    fn passes_what_a_loop_passes() {
        let mut next = dice(41);
        let mut passed = 0;
        for round in 0..40_000 {
            let text: Vec<u8> = (0..next(60))
                .map(|_| match next(if round % 2 == 0 { 12 } else { 60 }) {
                    0 => next(256) as u8,
                    1 => b' ',
                    2 => b".,!?:-0"[next(7)],
                    3 => b'A' + next(26) as u8,
                    _ => b'a' + next(26) as u8,
                })
                .collect();
            for sentences in [false, true] {
                let found = pass(&text, sentences);
                assert_eq!(found, expected(&text, sentences), "{text:?}");
                passed += found.0;
            }
        }
        assert!(passed > 100_000, "{passed}");
    }

    #[test]
    fn a_line_says_what_its_words_say() {
        const PIECES: [&str; 16] = [
            "quarry",
            "Quarry",
            "of",
            "A",
            " ",
            " ",
            " ",
            " ",
            "  ",
            ". ",
            "? ",
            ", ",
            "1990",
            "(b)",
            "steelworks",
            "-",
        ];
        let mut next = dice(42);
        for _ in 0..20_000 {
            let text: String = (0..next(40)).map(|_| PIECES[next(PIECES.len())]).collect();
            let line = read(&text, 0..text.len());
            let shown = visible(&text);
            let content = shown.trim_start_matches('>');
            assert_eq!(line.width, shown.chars().count() as u32, "{text:?}");
            let words: Vec<&str> = content.split_whitespace().collect();
            let item = line.opens == Opens::Item && content.chars().take(4).any(is_invisible);
            assert_eq!(
                line.halves,
                (2 * words.len() as u32).saturating_sub(if item { 2 } else { 0 }),
                "{text:?}"
            );
            assert_eq!(line.first_word, words.first().map_or(0, |word| word.len() as u32), "{text:?}");
            let small = |word: &str| word.starts_with(char::is_lowercase);
            assert_eq!(line.titled, !words.iter().any(|word| small(word) && word.len() > 4), "{text:?}");
            let ends = |pair: &[&str]| pair[0].ends_with(['.', '!', '?']) && !small(pair[1]);
            assert_eq!(line.sentences, words.windows(2).any(ends), "{text:?}");
            assert_eq!(line.gap != Gap::None, content.contains("   "), "{text:?}");
        }
    }
}
