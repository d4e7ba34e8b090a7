//! What a paragraph looks like on its own, as numbered features that are there or not.

use super::date::Clock;
use super::glance::Glance;
use super::sign::{self, Signs};
use super::words::GRAMMAR;
use crate::article::split::{ends_sentence, is_han};

/// Counts over a paragraph's characters and words.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Words; two Chinese or Japanese characters count as one.
    pub(super) words: u32,
    /// Whether it ends with a sentence stop.
    pub(super) sentence: bool,
    signs: Signs,
    /// Chinese and Japanese characters; letters of other scripts; those of them without capitals.
    han: u32,
    letters: u32,
    caseless: u32,
    /// Words of grammar, words that begin with a capital, are all capitals, begin with a digit, belong to a date.
    grammar: u32,
    capitals: u32,
    shouted: u32,
    digits: u32,
    times: u32,
    /// Sentences that end before the paragraph does.
    sentences: u32,
    /// `FacebookTwitter`: links without a space between.
    glued: bool,
    /// Those of [`MARKS`] that it has, a bit each.
    marks: u32,
    /// The groups of [`PHRASES`] that it has a word of, a bit each.
    phrases: u8,
}

/// Characters of Chinese grammar.
const HAN_GRAMMAR: &str = "的了是在和与对将为也不";

impl Look {
    /// Reads a paragraph.
    pub(super) fn of(text: &str) -> Look {
        let mut look = Look { sentence: ends_sentence(text), ..Look::default() };
        let (mut word, mut inside, mut stop) = (0, false, false);
        let bytes = text.as_bytes();
        let mut next = 0;
        while let Some(byte) = bytes.get(next) {
            let at = next;
            // Most characters of most texts.
            if inside && byte.is_ascii_lowercase() {
                stop = false;
                look.letters += 1;
                next += 1;
                continue;
            }
            let c =
                if byte.is_ascii() { char::from(*byte) } else { text[at..].chars().next().unwrap_or(' ') };
            next += c.len_utf8();
            let han = is_han(c);
            if !han && c.is_alphanumeric() {
                if !inside {
                    word = at;
                    look.sentences += u32::from(stop && c.is_uppercase());
                }
                (inside, stop) = (true, false);
                look.letters += 1;
                look.caseless += u32::from(!c.is_lowercase() && !c.is_uppercase() && !c.is_numeric());
                continue;
            }
            if c == ' ' {
                if inside {
                    inside = false;
                    look.add(&text[word..at]);
                    look.spaced(text, word, at);
                }
                continue;
            }
            look.han += u32::from(han);
            look.grammar += u32::from(han && sign::is_one_of(c, HAN_GRAMMAR));
            stop |= matches!(c, '.' | '!' | '?');
            look.sentences += u32::from(matches!(c, '。' | '！' | '？'));
            look.mark(text, at, c);
            if inside && !matches!(c, '\'' | '’' | '-' | '.' | ',') {
                inside = false;
                look.add(&text[word..at]);
            }
        }
        if inside {
            look.add(&text[word..]);
        }
        look.words += look.han.div_ceil(2);
        look.signs = sign::signs(text, Glance::of(text), look.sentence);
        look
    }

    fn add(&mut self, word: &str) {
        self.words += 1;
        let capital = word.starts_with(char::is_uppercase);
        self.capitals += u32::from(capital);
        self.shouted += u32::from(word.len() > 1 && capital && !word.contains(char::is_lowercase));
        self.digits += u32::from(word.starts_with(|c: char| c.is_ascii_digit()));
        self.grammar += u32::from(GRAMMAR.contains(word.as_bytes()));
        self.times +=
            u32::from(matches!(Clock::of(word), Clock::Month | Clock::Date | Clock::Time | Clock::Other));
        let small = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
        self.glued |= word.len() > 7
            && if word.is_ascii() {
                word.as_bytes().windows(2).any(small)
            } else {
                word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
            };
        let reports = |four: &[u8]| four[0] == b's' && matches!(four, b"said" | b"says");
        self.phrases |= u8::from(word.as_bytes().windows(4).any(reports));
    }

    /// Notes the words of sentences, to the reader and of persons; the word from `start` has a space at its end.
    fn spaced(&mut self, text: &str, start: usize, end: usize) {
        let word = &text[start..end];
        // Most end in another letter.
        if !matches!(word.as_bytes(), [.., b'd' | b'e' | b'l' | b'r' | b's' | b't' | b'u' | b'y']) {
            return;
        }
        let alone = word.len() <= 5 && start > 0 && text.as_bytes()[start - 1] == b' ';
        let group = match word {
            "was" | "were" | "had" | "has" | "have" | "is" | "are" | "will" if alone => 1 << 1,
            "you" | "your" | "our" if alone => 1 << 2,
            "he" | "she" | "they" | "his" | "her" | "their" | "it" if alone => 1 << 3,
            _ if ["You", "Your", "Our"].iter().any(|end| word.ends_with(end)) => 1 << 2,
            _ if ["He", "She", "They"].iter().any(|end| word.ends_with(end)) => 1 << 3,
            _ => 0,
        };
        self.phrases |= group;
    }

    /// Notes a mark of [`MARKS`].
    fn mark(&mut self, text: &str, at: usize, c: char) {
        let space = |at: usize| text.as_bytes().get(at) == Some(&b' ');
        let counts = match c {
            ':' | ',' => space(at + 1),
            '-' => at > 0 && space(at - 1) && space(at + 1),
            _ => true,
        };
        if let Some(mark) = MARKS.chars().position(|mark| mark == c).filter(|_| counts) {
            self.marks |= 1 << mark;
        }
    }

    /// Calls `tell` with the number of each feature that is there, ascending.
    pub(super) fn emit(&self, text: &str, mut tell: impl FnMut(usize)) {
        let mut first = 0;
        // One of so many features, or none of them.
        let mut one_of = |options: usize, option: usize| {
            if option < options {
                tell(first + option);
            }
            first += options;
        };
        let none = usize::MAX;
        one_of(13, level(self.words, &[0, 1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100]));
        let size = level(self.words, &[8, 20]);
        let last = text.chars().next_back().unwrap_or(' ');
        let ending = match last {
            '?' | '!' | '？' | '！' => 1,
            ':' | '：' => 2,
            ',' | ';' | '，' | '；' | '、' => 3,
            '…' => 4,
            ')' | '）' | ']' | '】' => 5,
            _ if self.sentence => 0,
            _ if last.is_ascii_digit() => 6,
            _ => 7,
        };
        one_of(24, size * 8 + ending);
        let begin = text.chars().next().unwrap_or(' ');
        let beginning = match begin {
            _ if begin.is_lowercase() => 0,
            _ if begin.is_uppercase() => 1,
            _ if begin.is_numeric() => 2,
            '"' | '“' | '‘' | '\'' | '「' => 3,
            _ if begin.is_alphabetic() => 4,
            '(' | '（' | '[' | '【' => 5,
            _ => 6,
        };
        one_of(7, beginning);
        let share = |part: u32, bounds: &[u32]| level(part * 100 / self.words.max(1), bounds);
        // A Chinese text has a third of the grammatical words, as counted here, that an English one has.
        let grammar = if self.han > self.letters { self.grammar * 3 } else { self.grammar };
        one_of(18, size * 6 + share(grammar, &[0, 10, 20, 30, 40]));
        let cased = (self.han + self.caseless) * 2 < self.letters + self.han;
        one_of(15, if cased { size * 5 + share(self.capitals, &[15, 30, 50, 80]) } else { none });
        one_of(4, if cased { share(self.shouted, &[0, 25, 75]) } else { none });
        one_of(4, share(self.digits, &[0, 20, 50]));
        one_of(4, level(self.sentences, &[0, 1, 3]));
        one_of(4, share(self.times, &[0, 20, 50]));
        let mut flag = |is: bool| one_of(1, usize::from(!is));
        flag(!cased);
        flag(self.glued);
        (0..MARK_COUNT).for_each(|mark| flag(self.marks >> mark & 1 == 1));
        (0..sign::RULES.len()).for_each(|rule| flag(self.signs >> rule & 1 == 1));
        (0..PHRASES).for_each(|group| flag(self.phrases >> group & 1 == 1));
        debug_assert_eq!(first, usize::from(REPEATED));
    }
}

/// What the text holds anywhere: a colon or comma with a space behind it, a dash with one on each side.
const MARKS: &str = "|»©:/#@{_•·-–—$+&…®?\"“>[(,%;";

/// How many they are.
const MARK_COUNT: usize = 28;

/// Groups of words: of reports (anywhere in a word), of sentences, to the reader, of persons.
const PHRASES: usize = 4;

/// The first of the features that are rules.
pub(super) const FIRST_RULE: usize = 13 + 24 + 7 + 18 + 15 + 4 + 4 + 4 + 4 + 2 + MARK_COUNT;

/// The feature that the same paragraph stands near by once more.
pub(super) const REPEATED: u8 = (FIRST_RULE + sign::RULES.len() + PHRASES) as u8;

/// How many paragraphs near by are.
pub(super) const REPEATED_WITHIN: usize = 100;

/// How many features a look may have.
pub const LOOKS: usize = REPEATED as usize + 1;

/// How many of the ascending bounds lie below a value.
fn level(value: u32, bounds: &[u32]) -> usize {
    bounds.iter().take_while(|bound| **bound < value).count()
}
