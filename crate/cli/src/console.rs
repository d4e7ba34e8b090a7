//! Standard output and standard error, which may be full or closed by whoever read them.

use std::io::{self, Write};

use anyhow::{Context, Result};

/// Prints a table, or a line of one, and ends the line.
///
/// # Errors
/// When standard output does not take it; where nobody reads it any more, `main` makes that a quiet end.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).context("cannot write to standard output")
}

/// Says a line, or some, on standard error. Where that is closed, nobody can be told.
pub(crate) fn say(line: &str) {
    let lines: Vec<String> = line.split('\n').map(visible).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
}

/// The text with a visible sign for each character that would drive a terminal instead of being shown.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(sign).collect()
}

fn sign(c: char) -> char {
    match c {
        // Unicode's pictures of control characters stand in the order of these.
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // The other control characters, and those that turn the direction of what follows.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_would_drive_a_terminal_is_shown() {
        assert_eq!(
            visible("a\x1b[31mb\r\tc\u{9b}1m\x7f\nd\u{202e}e é\u{a0}"),
            "a␛[31mb␍␉c\u{fffd}1m␡␊d\u{fffd}e é\u{a0}"
        );
    }
}
