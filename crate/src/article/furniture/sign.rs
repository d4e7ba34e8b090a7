//! Furniture that shows in its own words. Precision comes first: what might be a sentence of an
//! article, or its headline, is left to the reader.

use super::date::{Clock, is_dated, is_dateline};
use super::pairs::Pairs;
use super::words::*;
use crate::article::split::{ends_sentence, is_han, is_invisible};

/// The rules that a paragraph fulfils, a bit each, in the order of [`RULES`].
pub(super) type Signs = u16;

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

/// The signs of a paragraph of so many words.
pub(super) fn signs(text: &str, length: u32) -> Signs {
    if is_code(text) {
        return 1;
    }
    let sentence = ends_sentence(text);
    if !sentence && is_links(text) {
        return CALL;
    }
    if length > 80 {
        return 0;
    }
    let rules = [
        is_legal(text),
        length <= 30 && text.contains('©'),
        length <= 30 && is_policy(text, sentence),
        length <= 16 && is_call(text),
        length <= 16 && is_interface(text),
        length <= 40 && !sentence && is_trail(text, length),
        is_address(text),
        length <= 25 && !sentence && is_label(text),
        length <= 12 && is_byline(text, sentence),
        length <= 16 && is_dateline(text, sentence),
        length <= 50 && is_caption(text, length, sentence),
    ];
    rules.iter().rev().fold(0, |bits, rule| bits << 1 | Signs::from(*rule)) << 1
}

/// Whether it says what no article says of itself; asked of nearly every paragraph.
fn is_legal(text: &str) -> bool {
    static PAIRS: [Pairs; 2] = [Pairs::of(LEGAL, 0), Pairs::of(LEGAL, 2)];
    find_any(text, LEGAL, |bytes| PAIRS[0].has(Some(bytes)) && PAIRS[1].has(bytes.get(2..)))
}

/// Whether one of the phrases, ASCII ones in any case, begins a word of the text.
fn has_any(text: &str, phrases: &[&str]) -> bool {
    find_any(text, phrases, |_| true)
}

/// As [`has_any`], looking at those words only that `may` begin a phrase.
fn find_any(text: &str, phrases: &[&str], may: impl Fn(&[u8]) -> bool) -> bool {
    let bytes = text.as_bytes();
    let mut inside = false;
    for (at, &byte) in bytes.iter().enumerate() {
        // A Chinese character begins wherever it stands; of its bytes, only the first can.
        let word = byte.is_ascii_alphanumeric();
        let begins = byte != b' ' && !(inside && word);
        inside = word;
        let starts = |phrase: &&str| {
            let phrase = phrase.as_bytes();
            phrase[0] == byte.to_ascii_lowercase()
                && bytes.get(at..at + phrase.len()).is_some_and(|part| part.eq_ignore_ascii_case(phrase))
        };
        if begins && may(&bytes[at..]) && phrases.iter().any(starts) {
            return true;
        }
    }
    false
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

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Terms and conditions, as long as they are the page's own: an article may be about such things.
fn is_policy(text: &str, sentence: bool) -> bool {
    let own = || !text.contains(QUOTES) && has_any(text, &["our ", "your ", "you ", "we ", "please "]);
    has_any(text, POLICY) && (!sentence || own())
}

const QUOTES: [char; 2] = ['"', '“'];

/// Headlines of other articles, run together behind what a page says above them; however many there are.
fn is_links(text: &str) -> bool {
    LINKS.iter().any(|phrase| after(text, phrase).is_some_and(|rest| !rest.trim().is_empty()))
}

/// A web or e-mail address and nothing else.
fn is_address(text: &str) -> bool {
    let web = after(text, "http").is_some() || text.contains("://") || after(text, "www.").is_some();
    !text.contains(is_invisible) && text.is_ascii() && (web || (text.contains('@') && text.contains('.')))
}

/// Remains of a page's templates.
fn is_code(text: &str) -> bool {
    text.starts_with("{{")
        || text.starts_with("{*")
        || text.starts_with("<!--")
        || text.starts_with("window.")
}

/// `Source: ...`, `编辑：...`: a label, then anything but a sentence, as in an interview.
fn is_label(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| {
        is_invisible(c) || matches!(c, '(' | '（' | '【' | '[' | '▲' | '»' | '•')
    });
    bare.find([':', '：']).is_some_and(|colon| {
        let label = bare[..colon].trim_matches(is_invisible);
        LABELS.iter().any(|known| known.eq_ignore_ascii_case(label))
    })
}

/// What a page asks of its visitors, or the name of one of its parts.
fn is_call(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    CALLS.iter().any(|phrase| after(bare, phrase).is_some())
        || WHOLE.iter().any(|phrase| phrase.eq_ignore_ascii_case(bare))
}

/// A row of buttons: nothing but words of a page's frame, a telling one among them.
fn is_interface(text: &str) -> bool {
    let (mut telling, mut count) = (false, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is = |known: &&str| known.eq_ignore_ascii_case(word);
        let tells = TELLING.iter().any(is);
        if !tells && !FRAME.iter().any(is) && !word.bytes().all(|b| b.is_ascii_digit()) {
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
    let text = ["written ", "reported ", "edited ", "posted ", "reviewed ", "story ", "article "]
        .iter()
        .find_map(|done| after(text, done))
        .unwrap_or(text);
    let tokens = || {
        text.split(|c: char| is_invisible(c) || matches!(c, ',' | '|' | '/' | '•')).filter(|t| !t.is_empty())
    };
    let name = |t: &str| t.starts_with(char::is_uppercase);
    let small = |t: &str| {
        matches!(
            t,
            "and" | "for" | "of" | "in" | "at" | "on" | "de" | "van" | "von" | "la" | "-" | "–" | "—" | "&"
        )
    };
    let named = || tokens().skip(1).all(|t| name(t) || small(t) || Clock::of(t) != Clock::None);
    let names = tokens().skip(1).filter(|t| name(t) && Clock::of(t) == Clock::None).count();
    match tokens().next() {
        Some("by") => names == tokens().count() - 1 || (named() && names > 0) || tokens().count() == 2,
        Some("By" | "BY") => named() && names > 1,
        Some(first) => {
            const TRADES: &[&str] = &["Writer", "Reporter", "Correspondent", "Contributor", "Photographer"];
            name(first)
                && named()
                && text.contains([',', '|', '-'])
                && tokens().next_back().is_some_and(|t| TRADES.contains(&t))
        }
        None => false,
    }
}

/// Breadcrumbs and menus in one line: `Home - News - ...`, `Contact | Help | Terms`.
fn is_trail(text: &str, length: u32) -> bool {
    const MARKS: [char; 5] = ['|', '»', '›', '>', '•'];
    let rooted = ROOTS.iter().filter_map(|root| after(text, root)).any(|rest| {
        let trail = rest.trim_start_matches(is_invisible);
        trail.starts_with(MARKS)
            || (trail.starts_with(['-', '/', '→']) && trail.len() < rest.len())
            || (trail.starts_with([':', '：']) && trail.contains(MARKS))
    });
    let parts = MARKS.iter().map(|&mark| text.matches(mark).count()).max().unwrap_or(0) as u32;
    let row = parts > 1
        && !text.starts_with(MARKS)
        && length <= 4 * (parts + 1)
        && text.split(MARKS).all(|part| part.trim().is_empty() || part.contains(char::is_alphabetic));
    rooted || row
}

/// The words under a picture, where they say so: a credit, `file photo`, the date a photo ends with.
fn is_caption(text: &str, length: u32, sentence: bool) -> bool {
    const NAMED: &[&str] = &["photograph by", "photo by", "photo courtesy of", "(photo"];
    let end = |phrase: &&str| {
        let at = text.len().checked_sub(phrase.len());
        at.and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(phrase))
    };
    let brackets = ['(', '（', '[', ')', '）', ']'];
    let group =
        text.strip_suffix(&brackets[3..]).and_then(|inner| inner.rfind(brackets)).map(|at| &text[at..]);
    let credited = group.is_some_and(|group| {
        has_any(group, CREDITS) || group.trim_matches(brackets).ends_with('摄') || group.contains("摄影")
    });
    let quoted = text.contains(QUOTES);
    let begun = CAPTIONS.iter().any(|phrase| after(text, phrase).is_some());
    // A caption that runs into the dateline of its article is part of the article.
    (!text.contains(") --") && (begun || credited))
        || (!sentence && text.ends_with('摄'))
        || (!quoted && !sentence && (ENDINGS.iter().any(end) || (length <= 40 && has_any(text, NAMED))))
        || (!quoted && length >= 8 && (is_dated(text) || is_ap(text)))
}

/// `In this Nov. 5, 2019, file photo, ...`
fn is_ap(text: &str) -> bool {
    after(text, "in this").is_some_and(|rest| {
        rest.split(is_invisible).take(9).any(|word| {
            matches!(word.trim_end_matches([',', '.']), "photo" | "photograph" | "image" | "frame")
        }) && rest.contains(|c: char| c.is_ascii_digit())
    })
}
