//! Lines that are dates.

use super::sign::{after, holds};
use super::words::{CLOCK, MONTHS};
use crate::article::split::is_invisible;

/// A date with a time or a source and little else: `Xinhua | September 25, 2023`.
pub(super) fn is_dateline(text: &str, sentence: bool) -> bool {
    if let Some(rest) = chinese_date(text) {
        let source = ["来源", "作者", "浏览"].iter().any(|word| holds(rest, word));
        let timed = rest.starts_with(is_invisible) && rest.contains(|c: char| c.is_ascii_digit());
        return source || timed || !rest.contains(char::is_alphabetic);
    }
    const STAMPS: [&str; 4] = ["updated", "published", "posted", "ago"];
    let (mut months, mut numbers, mut dates, mut times, mut stamps, mut others, mut caseless) =
        (0, 0, 0, 0, 0, 0, false);
    let breaks = |c: char| is_invisible(c) || matches!(c, ',' | '|' | '•' | '·' | '(' | ')' | '—' | '–');
    for word in text.split(breaks).filter(|word| word.contains(char::is_alphanumeric)) {
        match Clock::of(word) {
            Clock::Month => months += 1,
            Clock::Number => numbers += 1,
            Clock::Date => dates += 1,
            Clock::Time => times += 1,
            Clock::Other => stamps += u32::from(STAMPS.iter().any(|stamp| after(word, stamp).is_some())),
            Clock::None if word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) => {
                return false;
            }
            Clock::None => {
                others += 1;
                caseless |= !word.starts_with(char::is_uppercase);
            }
        }
    }
    let day = dates > 0 || (months > 0 && numbers > 1);
    match others {
        0 => day || (times > 0 && months > 0) || (stamps > 0 && months + numbers > 0),
        1..=4 if sentence || (caseless && times == 0) => false,
        // In a chat, who wrote when; a timetable has the time first.
        1..=4 => {
            let chat = others < 3 && !text.starts_with(|c: char| c.is_ascii_digit());
            day || (times > 0 && (months > 0 || chat))
        }
        _ => false,
    }
}

/// The text after `2024年4月24日` at its beginning.
pub(in crate::article) fn chinese_date(text: &str) -> Option<&str> {
    let mut rest = text;
    for unit in ['年', '月', '日'] {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        rest = digits.strip_prefix(unit).filter(|_| digits.len() < rest.len())?;
    }
    Some(rest)
}

/// One sentence in the present that ends with a place and a full date set off by a comma:
/// `... visits a port in Ningbo, east China, May 3, 2022.` Reports write `on May 3`.
pub(super) fn is_dated(text: &str) -> bool {
    // Nearly all end here.
    if !text.bytes().rev().take(3).any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let bare = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut tail = bare.rsplit(is_invisible).filter(|word| !word.is_empty());
    let (Some(year), Some(day), Some(month), Some(before)) =
        (tail.next(), tail.next(), tail.next(), tail.next())
    else {
        return false;
    };
    let number =
        |word: &str, len| word.len() <= len && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let dated = number(year, 4)
        && year.len() == 4
        && day.ends_with(',')
        && number(day.trim_end_matches(','), 2)
        && Clock::of(month) == Clock::Month
        && before.ends_with(',')
        && tail.next() != Some("on");
    let past = [" was ", " were ", " had ", " said", " will ", " have ", " has "];
    let stops = text.as_bytes().windows(2).filter(|pair| pair == b". ").count();
    let one = stops <= usize::from(month.ends_with('.'));
    dated && one && text.len() - bare.len() <= 2 && !past.iter().any(|word| holds(text, word))
}

/// What a word says of time.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Clock {
    None,
    Month,
    /// `14`, `2023`; `7.30`, which may be a time.
    Number,
    /// `2023-12-13`, `13/12/2023`.
    Date,
    /// `14:55`.
    Time,
    /// `Monday`, `am`, `updated`.
    Other,
}

impl Clock {
    pub(super) fn of(word: &str) -> Clock {
        let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let word = if plain(word.as_bytes().first()) && plain(word.as_bytes().last()) {
            word
        } else {
            word.trim_matches(|c: char| !c.is_alphanumeric())
        };
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            return if word.matches(['-', '/']).count() == 2
                || (word.len() > 7 && word.matches(['.']).count() == 2)
            {
                Clock::Date
            } else if holds(word, ":") {
                Clock::Time
            } else if digits.bytes().all(|b| b.is_ascii_digit())
                || matches!(digits.as_bytes(), [b'0'..=b'9', .., b'.', _, _] if digits.len() < 6)
            {
                Clock::Number
            } else {
                Clock::None
            };
        }
        if MONTHS.contains(word.as_bytes()) {
            Clock::Month
        } else if CLOCK.contains(word.as_bytes()) {
            Clock::Other
        } else {
            Clock::None
        }
    }
}
