//! Furniture that shows in its own words. Precision comes first: what might be a sentence of an
//! article, or its headline, is left to the reader.

use super::date::{Clock, is_dated, is_dateline};
use super::glance::Glance;
use super::phrases::{Words, begins};
use super::words::*;
use crate::article::split::{is_han, is_invisible};

/// The rules that a paragraph fulfils, a bit each, in the order of [`RULES`].
pub(crate) type Signs = u16;

/// What the rules are called.
pub const RULES: [&str; 12] = [
    "code",
    "legal",
    "copyright",
    "policy",
    "call",
    "interface",
    "trail",
    "address",
    "label",
    "byline",
    "dateline",
    "caption",
];

/// The rules that tell of a page's frame, not of an article: buttons, terms, menus.
pub(super) const PAGE: Signs = 0x7f;

/// The rule "call" alone.
const CALL: Signs = 1 << 4;

/// The signs of a paragraph, which ends as a sentence does or not.
pub(crate) fn signs(text: &str, glance: Glance, sentence: bool) -> Signs {
    let length = glance.words;
    if is_code(text) {
        return 1;
    }
    if !sentence && is_links(text) {
        return CALL;
    }
    if length > 80 {
        return 0;
    }
    let rules = [
        glance.is_legal(),
        length <= 30 && !glance.ascii && holds(text, "©"),
        length <= 30 && glance.has_policy() && is_policy(text, sentence),
        length <= 16 && is_call(text),
        length <= 16 && is_interface(text),
        length <= 40 && !sentence && is_trail(text, length),
        is_address(text),
        length <= 25 && !sentence && is_label(text),
        length <= 12 && is_byline(text, sentence),
        length <= 16 && is_dateline(text, sentence),
        length <= 50 && is_caption(text, glance, sentence),
    ];
    rules.iter().rev().fold(0, |bits, rule| bits << 1 | Signs::from(*rule)) << 1
}

/// Whether a phrase stands anywhere in a text, as it is.
///
/// What the engine looks for, it looks for so, or by a list of characters: the standard library's searches for a single character
/// and for a string would weigh 600 bytes.
#[inline(never)]
pub(crate) fn holds(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let Some((first, rest)) = phrase.split_first() else { return true };
    text.iter().zip(1..).any(|(byte, next)| byte == first && text[next..].starts_with(rest))
}

/// Whether a character is one of some.
pub(crate) fn is_one_of(c: char, some: &str) -> bool {
    holds(some, c.encode_utf8(&mut [0; 4]))
}

/// Whether one of the phrases, ASCII ones in any case, begins a word of the text.
fn has_any(text: &str, phrases: &Words) -> bool {
    let bytes = text.as_bytes();
    let mut inside = false;
    bytes.iter().enumerate().any(|(at, byte)| {
        // A Chinese character begins wherever it stands; of its bytes, only the first can.
        let word = byte.is_ascii_alphanumeric();
        let begins_word = !(inside && word);
        inside = word;
        begins_word && begins(&bytes[at..], phrases)
    })
}

/// What follows an ASCII phrase, in any case, at the beginning of a text, as a whole word.
pub(super) fn after<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    // Most end here.
    if text.as_bytes().first()?.to_ascii_lowercase() != phrase.as_bytes()[0] {
        return None;
    }
    let head = text.get(..phrase.len())?;
    let rest = &text[phrase.len()..];
    let whole = !phrase.ends_with(is_word) || !rest.starts_with(is_word);
    (head.eq_ignore_ascii_case(phrase) && whole).then_some(rest)
}

/// What follows each of the words that stand at the beginning of a text, as whole words.
fn behind<'t>(text: &'t str, words: &Words) -> impl Iterator<Item = &'t str> {
    words.begin(text.as_bytes()).filter_map(|length| {
        let (head, rest) = text.split_at_checked(length)?;
        (!head.ends_with(is_word) || !rest.starts_with(is_word)).then_some(rest)
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Whether terms and conditions are the page's own: an article may be about such things.
fn is_policy(text: &str, sentence: bool) -> bool {
    !sentence || (!text.contains(QUOTES) && has_any(text, &ADDRESSED))
}

const QUOTES: [char; 2] = ['"', '“'];

/// Headlines of other articles, run together behind what a page says above them; however many there are.
fn is_links(text: &str) -> bool {
    behind(text, &LINKS).any(|rest| rest.contains(|c| !is_invisible(c)))
}

/// A web or e-mail address and nothing else.
fn is_address(text: &str) -> bool {
    let web = || after(text, "http").is_some() || holds(text, "://") || after(text, "www.").is_some();
    !text.contains(is_invisible) && text.is_ascii() && (web() || (holds(text, "@") && holds(text, ".")))
}

/// Remains of a page's templates.
fn is_code(text: &str) -> bool {
    text.starts_with("{{")
        || text.starts_with("{*")
        || text.starts_with("<!--")
        || text.starts_with("window.")
}

/// `Source: ...`, `编辑：...`: a label, then anything but a sentence, as in an interview; or nothing, as in `PRESS RELEASE`. A Chinese
/// one may go on after a space or a comma.
fn is_label(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let label = bare.split([':', '：']).next().unwrap_or_default().trim_end_matches(is_invisible);
    let word = label.split(|c| c == '，' || is_invisible(c)).next().unwrap_or_default();
    LABELS.contains(label.as_bytes())
        || NOTES.contains(bare.as_bytes())
        || (!word.is_ascii() && LABELS.contains(word.as_bytes()))
}

/// What a page asks of its visitors, or the name of one of its parts.
fn is_call(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    WHOLE.contains(bare.as_bytes()) || behind(bare, &CALLS).next().is_some()
}

/// A row of buttons: nothing but words of a page's frame, a telling one among them.
fn is_interface(text: &str) -> bool {
    let (mut telling, mut count) = (false, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let tells = TELLING.contains(word.as_bytes());
        if !tells && !FRAME.contains(word.as_bytes()) && !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        telling |= tells;
        count += 1;
    }
    telling && count > 1
}

/// `By Ann Lee and Bo Chen`, `by admin`, `Ann Lee, Staff Writer`.
fn is_byline(text: &str, sentence: bool) -> bool {
    if sentence && !text.ends_with("m.") {
        return false;
    }
    let text =
        ["written ", "reported ", "interview ", "edited ", "posted ", "reviewed ", "story ", "article "]
            .iter()
            .find_map(|done| after(text, done))
            .unwrap_or(text);
    let (mut first, mut last, mut count, mut names, mut named) = ("", "", 0, 0, true);
    for token in text.split(|c: char| is_invisible(c) || matches!(c, ',' | '|' | '/' | '•')) {
        if token.is_empty() {
            continue;
        }
        if count == 0 {
            first = token;
        } else {
            let timed = Clock::of(token) != Clock::None;
            let name = token.starts_with(char::is_uppercase);
            names += u32::from(name && !timed);
            named &= name || timed || PARTICLES.contains(token.as_bytes());
        }
        last = token;
        count += 1;
    }
    match first {
        "by" => names == count - 1 || (named && names > 0) || count == 2,
        "By" | "BY" | "Von" | "VON" | "Par" | "Por" => named && names > 1,
        _ => {
            named
                && first.starts_with(char::is_uppercase)
                && text.contains([',', '|', '-'])
                && TRADES.contains(last.as_bytes())
        }
    }
}

/// Breadcrumbs and menus in one line: `Home - News - ...`, `Contact | Help | Terms`.
fn is_trail(text: &str, length: u32) -> bool {
    const MARKS: [char; 5] = ['|', '»', '›', '>', '•'];
    let rooted = behind(text, &ROOTS).any(|rest| {
        let trail = rest.trim_start_matches(is_invisible);
        match trail.chars().next() {
            Some('-' | '/' | '→') => trail.len() < rest.len(),
            Some(':' | '：') => trail.contains(MARKS),
            first => first.is_some_and(|c| MARKS.contains(&c)),
        }
    });
    // The first bytes of the marks: most lines have none of them.
    if !rooted && !text.bytes().any(|byte| matches!(byte, b'|' | b'>' | 0xC2 | 0xE2)) {
        return false;
    }
    // Of the part behind the last mark whether there is anything to see, and a letter; of all before it whether none has
    // something to see and no letter.
    let (mut counts, mut seen, mut letter, mut lettered) = ([0; MARKS.len()], false, false, true);
    for c in text.chars() {
        if let Some(mark) = MARKS.iter().position(|mark| *mark == c) {
            counts[mark] += 1;
            lettered &= letter || !seen;
            (seen, letter) = (false, false);
        } else {
            seen |= !is_invisible(c);
            letter |= c.is_alphabetic();
        }
    }
    let parts = counts.into_iter().fold(0, u32::max);
    let row =
        parts > 1 && !text.starts_with(MARKS) && length <= 4 * (parts + 1) && lettered && (letter || !seen);
    rooted || row
}

/// The words under a picture, where they say so: a credit, `file photo`, the date a photo ends with.
fn is_caption(text: &str, glance: Glance, sentence: bool) -> bool {
    let brackets = ['(', '（', '[', ')', '）', ']'];
    let group =
        text.strip_suffix(&brackets[3..]).and_then(|inner| inner.rfind(brackets)).map(|at| &text[at..]);
    let credited = group.is_some_and(|group| {
        has_any(group, &CREDITS) || group.trim_matches(brackets).ends_with('摄') || holds(group, "摄影")
    });
    let begun = || text.starts_with('▲') || behind(text, &CAPTIONS).next().is_some();
    // Most say nothing of a picture, and need not be looked at for quotations.
    let told = !sentence && (ENDINGS.end(text.as_bytes()) || (glance.words <= 40 && glance.has_named()));
    let dated = || glance.words >= 8 && (is_dated(text) || is_ap(text));
    // A caption that runs into the dateline of its article is part of the article.
    ((begun() || credited) && !holds(text, ") --"))
        || (!sentence && text.ends_with('摄'))
        || ((told || dated()) && !text.contains(QUOTES))
}

/// `In this Nov. 5, 2019, file photo, ...`
fn is_ap(text: &str) -> bool {
    after(text, "in this").is_some_and(|rest| {
        rest.split(is_invisible).take(9).any(|word| {
            matches!(word.trim_end_matches([',', '.']), "photo" | "photograph" | "image" | "frame")
        }) && rest.contains(|c: char| c.is_ascii_digit())
    })
}
