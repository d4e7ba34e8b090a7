//! Text to words, folded so that "Wetlands," and "wetlands" meet.
//!
//! Spaced scripts give one token a word; scripts without spaces give one token a character. The word break is
//! our own and small: the tables of Unicode's (UAX #29) would weigh more than the model.

use alloc::vec::Vec;

/// How a token's script separates words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Words stand between spaces or punctuation.
    Spaced,
    /// Words are not separated: each character is a token.
    Unspaced,
}

/// A word, or a character of an unspaced script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte in the text.
    pub(crate) end: usize,
    pub(crate) script: Script,
    pub(crate) word: Word,
}

/// What a word is to the features, wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Hash of the folded word.
    pub(crate) whole: u32,
    /// Hash of the folded word less its suffix; equals `whole` where there is none.
    pub(crate) stem: u32,
    /// Hash of the folded word less a regular English plural.
    pub(crate) singular: u32,
    /// Hashes of the first letters of a longer word, one for each length in [`PREFIXES`].
    pub(crate) prefixes: [Option<u32>; PREFIXES.len()],
}

impl Word {
    /// One that is nothing but itself.
    fn plain(hash: u32) -> Self {
        Word { whole: hash, stem: hash, singular: hash, prefixes: [None; 2] }
    }
}

/// The lengths of prefixes, in characters.
const PREFIXES: [usize; 2] = [4, 5];

/// The tokens of one paragraph, with the buffers they need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    list: Vec<Token>,
    reader: TokenReader,
}

impl Tokens {
    pub(crate) fn as_slice(&self) -> &[Token] {
        &self.list
    }

    /// Replaces the tokens by those of `text`.
    pub(crate) fn read(&mut self, text: &str) {
        self.list.clear();
        let mut at = 0;
        while at < text.len() {
            let (token, after) = self.reader.next(text, at);
            self.list.extend(token);
            at = after;
        }
    }
}

/// Reads one token after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenReader {
    /// The word being read, folded, UTF-8.
    folded: Vec<u8>,
    /// Hashes of its beginnings: of its first byte, its first two …
    hashes: Vec<u32>,
}

impl TokenReader {
    /// The token that starts at byte `at` of the text, if one does, and the byte from which to go on.
    pub(crate) fn next(&mut self, text: &str, at: usize) -> (Option<Token>, usize) {
        // Most of most texts: no need to decode it.
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => return self.word(text, at),
            Some(b' '..=b'#' | b'\''..=b'/') => return (None, at + 1),
            _ => {}
        }
        let Some(c) = text[at..].chars().next() else { return (None, text.len()) };
        let end = at + c.len_utf8();
        let sign = |script| {
            let word = Word::plain(hash_of(&text.as_bytes()[at..end]));
            (Some(Token { start: at, end, script, word }), end)
        };
        match c {
            c if is_unspaced(c) => sign(Script::Unspaced),
            c if c.is_alphanumeric() => self.word(text, at),
            // "30%" and "$5" say that it is about shares and money.
            '%' | '$' | '€' | '£' | '¥' => sign(Script::Spaced),
            _ => (None, end),
        }
    }

    /// The word of so many lower-case ASCII letters.
    pub(crate) fn letters(&mut self, word: &[u8]) -> Word {
        word_of(word, &mut self.hashes)
    }

    /// Reads the word that starts at byte `start`.
    fn word(&mut self, text: &str, start: usize) -> (Option<Token>, usize) {
        self.folded.clear();
        let bytes = text.as_bytes();
        let (mut at, mut end) = (start, start);
        let after = loop {
            let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if run > 0 {
                self.folded.extend(bytes[at..at + run].iter().map(u8::to_ascii_lowercase));
                at += run;
                end = at;
            }
            // How nearly all words end; the rest of the signs below have no meaning for a word of letters.
            if matches!(bytes.get(at), None | Some(b' ')) {
                break at;
            }
            let Some(c) = text[at..].chars().next() else { break at };
            let beyond = at + c.len_utf8();
            if c.is_alphanumeric() && !is_unspaced(c) {
                self.fold(c);
                (at, end) = (beyond, beyond);
                continue;
            }
            let next = text[beyond..].chars().next();
            let number = self.folded[0].is_ascii_digit();
            match c {
                // Invisible inside a word: soft hyphen, zero-width space and joiners, byte order mark.
                '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => at = beyond,
                // 1,234.5 is one number.
                '.' | ',' if number && next.is_some_and(|next| next.is_ascii_digit()) => at = beyond,
                // "China's", "don't": the short tail belongs to the word and says nothing of its own.
                '\'' | '’' if next.is_some_and(char::is_alphabetic) => {
                    let tail = &text[beyond..];
                    let length = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
                    break if length <= 2 { beyond + length } else { at };
                }
                // "manufac-", line end, "turing": a word that the layout has broken.
                '-' | '\u{2010}' if !number && matches!(next, Some('\n' | '\r')) => {
                    let tail = text[beyond..].trim_start();
                    if !tail.starts_with(|c: char| c.is_lowercase()) {
                        break at;
                    }
                    at = text.len() - tail.len();
                }
                _ => break at,
            }
        };
        if self.folded.first().is_some_and(u8::is_ascii_digit) {
            fold_digits(&mut self.folded);
        }
        let word = word_of(&self.folded, &mut self.hashes);
        (Some(Token { start, end, script: Script::Spaced, word }), after)
    }

    fn fold(&mut self, c: char) {
        for lower in c.to_lowercase() {
            self.folded.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// What a folded word is; `hashes` is scratch space.
fn word_of(word: &[u8], hashes: &mut Vec<u32>) -> Word {
    // A number, its digits folded.
    if word.first() == Some(&b'#') {
        return Word::plain(hash_of(word));
    }
    // FNV goes on byte by byte: stem, singular and prefixes are beginnings of the word, and their hashes on the way to its own.
    let length = word.len();
    if hashes.len() < length {
        hashes.resize(length, 0);
    }
    let (mut hash, mut letters, mut seen) = (FNV_START, true, 0);
    for (slot, byte) in hashes.iter_mut().zip(word) {
        hash = fnv(hash, *byte);
        letters &= byte.is_ascii_lowercase();
        seen |= *byte;
        *slot = hash;
    }
    let hash_to = |length: usize| length.checked_sub(1).map_or(FNV_START, |last| hashes[last]);
    let (prefixes, is_short) = if seen.is_ascii() {
        (PREFIXES.map(|prefix| (length > prefix).then(|| hash_to(prefix))), length < 5)
    } else {
        // Where the characters start that come after so many.
        let start = |characters: usize| {
            let mut starts = word.iter().enumerate().filter(|(_, byte)| *byte & 0xC0 != 0x80);
            starts.nth(characters).map(|(at, _)| at)
        };
        (PREFIXES.map(|prefix| start(prefix).map(hash_to)), start(4).is_none())
    };
    let (cut, y) = plural(word);
    let singular = hash_to(length - cut);
    Word {
        whole: hash,
        stem: if is_short || !letters { hash } else { hash_to(length - ending(word)) },
        singular: if y { fnv(singular, b'y') } else { singular },
        prefixes,
    }
}

/// Numbers keep what kind of number they are: "2023" a year, "1,400" its length, "5g" and "3d" their letters. The value says
/// little about the theme.
fn fold_digits(word: &mut Vec<u8>) {
    let year = matches!(word[..], [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    if word.iter().all(u8::is_ascii_digit) {
        let length = word.len().min(9) as u8;
        word.clear();
        word.extend([b'#', if year { b'y' } else { b'0' + length }]);
    } else {
        word.iter_mut().filter(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = b'#');
        word.dedup_by(|later, first| *later == b'#' && *first == b'#');
    }
}

/// Endings that English puts on stems, by their last letter, longest first.
fn endings(last: u8) -> &'static [&'static [u8]] {
    match last {
        b'd' => &[b"ized", b"ised", b"ied", b"ed"],
        b'e' => &[b"ive", b"ize", b"ise", b"e"],
        b'g' => &[b"izing", b"ising", b"ing"],
        b'l' => &[b"ational", b"al"],
        b'm' => &[b"ism"],
        b'n' => &[b"ization", b"ation", b"ion"],
        b'r' => &[b"er", b"or"],
        b's' => &[
            b"izations",
            b"ations",
            b"nesses",
            b"ments",
            b"ities",
            b"ness",
            b"ings",
            b"ives",
            b"ions",
            b"ists",
            b"isms",
            b"ies",
            b"ers",
            b"ors",
            b"als",
            b"es",
            b"s",
        ],
        b't' => &[b"ment", b"ist"],
        b'y' => &[b"ally", b"ity", b"ly", b"y"],
        _ => &[],
    }
}

/// The length of the longest ending of a word of ASCII letters, folded, where at least four bytes stay: "manufacturing" and
/// "manufactured" meet in "manufactur". Cruder than Porter's stemmer and, in cross-validation, as good.
fn ending(word: &[u8]) -> usize {
    let Some(last) = word.last() else { return 0 };
    // Without the fifth letter "million" would meet "mill", "party" "part" and "station" "state".
    let least = |suffix: &[u8]| if matches!(suffix, b"ion" | b"ions" | b"y") { 5 } else { 4 };
    let fits = |suffix: &&&[u8]| {
        // Compared byte by byte: a call to compare so few costs more.
        let rest = word.len().checked_sub(suffix.len());
        rest.is_some_and(|rest| rest >= least(suffix) && word[rest..].iter().eq(suffix.iter()))
    };
    endings(*last).iter().find(fits).map_or(0, |suffix| suffix.len())
}

const FNV_START: u32 = 0x811C_9DC5;

fn fnv(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// FNV-1a over bytes (Fowler, Noll, Vo; public domain).
pub(crate) fn hash_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(FNV_START, |hash, byte| fnv(hash, *byte))
}

/// How many bytes a folded word has more than its singular has, and whether that ends with a "y" in their place, where it is a
/// regular English plural: "cities" and "city", "boxes" and "box".
fn plural(word: &[u8]) -> (usize, bool) {
    if word.last() != Some(&b's') {
        return (0, false);
    }
    let ends = |endings: &[&[u8]]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() > 4 && word.ends_with(b"ies") {
        (3, true)
    } else if word.len() > 4 && ends(&[b"sses", b"shes", b"ches", b"xes", b"zes"]) {
        (2, false)
    } else if word.len() > 3 && !ends(&[b"ss", b"us", b"is"]) {
        (1, false)
    } else {
        (0, false)
    }
}

/// Han ideographs and Japanese kana.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.as_slice().to_vec()
    }

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn finds_words_signs_and_characters() {
        assert_eq!(
            words("Opening-up: China's exports, up 3.5%!"),
            ["Opening", "up", "China", "exports", "up", "3.5", "%"]
        );
        assert_eq!(words("don’t O'Brien"), ["don", "O", "Brien"]);
        assert_eq!(words("5G in 2023 cost $1,400"), ["5G", "in", "2023", "cost", "$", "1,400"]);
        assert_eq!(words("北京city"), ["北", "京", "city"]);
        assert_eq!(words("мир \u{FEFF} été"), ["мир", "été"]);
        assert_eq!(words(" … — "), [""; 0]);
    }

    #[test]
    fn a_word_broken_by_the_layout_is_whole_again() {
        let broken = tokens("manufac-\n  turing and co-\r\noperation");
        let whole = tokens("manufacturing and cooperation");
        assert_eq!(broken.len(), 3);
        assert!(broken.iter().zip(&whole).all(|(a, b)| a.word == b.word));
        assert_eq!(words("the West-\nEast line")[1], "West");
    }

    #[test]
    fn folding_brings_forms_together() {
        let first = |text: &str| tokens(text)[0].word;
        assert_eq!(first("WETLAND").whole, first("wet\u{AD}land").whole);
        assert_eq!(first("manufacturing").stem, first("manufactured").stem);
        assert_eq!(first("cities").singular, first("city").singular);
        assert_eq!(first("boxes").singular, first("box").singular);
        assert_eq!(first("status").singular, first("status").whole);
        assert_eq!(first("1987").whole, first("2024").whole);
        assert_ne!(first("1987").whole, first("187").whole);
        assert_eq!(first("ecology").prefixes[1], first("ecologist").prefixes[1]);
        assert_eq!(first("city").prefixes, [None, None]);
        // Prefixes are counted in characters: "écol" is four of them, five bytes.
        assert_eq!(first("écolier").prefixes[0], first("écologie").prefixes[0]);
    }

    #[test]
    fn suffixes_are_stripped_longest_first() {
        for (word, expected) in [
            ("urbanization", "urban"),
            ("cities", "citi"),
            ("green", "green"),
            ("policies", "polic"),
            ("tests", "test"),
        ] {
            assert_eq!(&word[..word.len() - ending(word.as_bytes())], expected, "{word}");
        }
    }
}
