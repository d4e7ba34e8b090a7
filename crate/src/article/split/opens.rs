//! How a line begins: with a bullet or a number, a small letter, a sign.

use super::line::{is_han, is_invisible};
use crate::article::furniture::is_one_of;

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

/// Of what a line shows after quotation marks, how it begins.
pub(super) fn opens(content: &str) -> Opens {
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
    let han = |c| is_one_of(c, "一二三四五六七八九十");
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
