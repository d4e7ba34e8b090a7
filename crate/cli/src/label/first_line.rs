//! What an input holds whose name does not tell, as a pipe's: its first line does.

use std::io::{self, BufRead, Read};

use super::row;

/// What a first line tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It is an article `{"id", "text"}`: so are the others.
    Lines,
    /// It is JSON of another shape.
    Json,
    /// Nothing but that it is text.
    Text,
}

/// Takes from a reader all up to the end of the first line in which there is anything, and at most `most` bytes.
pub(super) fn take(reader: &mut impl BufRead, most: u64) -> io::Result<Vec<u8>> {
    let mut taken = Vec::new();
    while line(&taken).is_empty() {
        let left = most.saturating_sub(taken.len() as u64);
        if reader.take(left).read_until(b'\n', &mut taken)? == 0 {
            break;
        }
    }
    Ok(taken)
}

/// What the line at the end of `taken` tells.
pub(super) fn told(taken: &[u8]) -> Told {
    let line = line(taken);
    if row::article(line).is_ok() {
        return Told::Lines;
    }
    let opens = [&b"{\""[..], b"[{"].iter().any(|json| line.starts_with(json));
    if opens || line == b"{" || line == b"[" { Told::Json } else { Told::Text }
}

fn line(taken: &[u8]) -> &[u8] {
    taken.strip_prefix("\u{feff}".as_bytes()).unwrap_or(taken).trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_with_anything_in_it_is_taken_and_nothing_behind_it() {
        let mut text = &b"\xEF\xBB\xBF\n\r\n {\"text\": \"Steel.\"}\nThe rest"[..];
        let taken = take(&mut text, 100).expect("memory");
        assert_eq!((told(&taken), text), (Told::Lines, &b"The rest"[..]));
        assert_eq!(take(&mut &b"\n\n\n\n"[..], 3).expect("memory"), b"\n\n\n");
        assert_eq!(take(&mut &b"steel"[..], 3).expect("memory"), b"ste");
        assert_eq!(told(&take(&mut &b""[..], 3).expect("memory")), Told::Text);
    }

    #[test]
    fn json_that_is_no_article_is_told_from_text() {
        for json in ["{", "[", "{\"id\": 1}", "[{\"text\": \"a\"}]", "{\"text\": 3}", "{\"text\": \"cut"] {
            assert_eq!(told(json.as_bytes()), Told::Json, "{json}");
        }
        for text in ["Steel.", "[1] A note", "{name}, hello", "\"Steel\""] {
            assert_eq!(told(text.as_bytes()), Told::Text, "{text}");
        }
    }
}
