//! Lines of a file that may be larger than memory: their numbers, their bytes, no line without end.

use std::io::{self, BufRead, Read};

/// Lines longer than this many bytes are passed over.
pub(super) const LONGEST: usize = 100_000_000;

/// The lines of a reader.
pub(super) struct Lines<R> {
    reader: R,
    number: u64,
}

/// A line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Whole(Vec<u8>),
    /// Longer than the caller would hold.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Lines { reader, number: 0 }
    }

    /// The next line and its number, from 1, if it has at most `longest` bytes. A byte order mark is no part of the first.
    pub(super) fn next(&mut self, longest: usize) -> io::Result<Option<(u64, Line)>> {
        let mut line = Vec::new();
        let most = longest as u64 + 1;
        if self.reader.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if line.pop_if(|end| *end == b'\n').is_none() && line.len() > longest {
            self.pass_over()?;
            return Ok(Some((self.number, Line::TooLong)));
        }
        if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        Ok(Some((self.number, Line::Whole(line))))
    }

    /// To the end of a line, of which nothing is held.
    fn pass_over(&mut self) -> io::Result<()> {
        loop {
            let held = self.reader.fill_buf()?;
            if held.is_empty() {
                return Ok(());
            }
            match held.iter().position(|byte| *byte == b'\n') {
                Some(end) => {
                    self.reader.consume(end + 1);
                    return Ok(());
                }
                None => {
                    let all = held.len();
                    self.reader.consume(all);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_with_their_numbers_and_the_overlong_is_passed_over() {
        let text = "\u{feff}one\n\nthree is too long\nfour\r\nfive";
        let mut lines = Lines::new(io::BufReader::with_capacity(4, text.as_bytes()));
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        let mut next = || lines.next(8).expect("no error in memory");
        assert_eq!(next(), Some((1, whole("one"))));
        assert_eq!(next(), Some((2, whole(""))));
        assert_eq!(next(), Some((3, Line::TooLong)));
        assert_eq!(next(), Some((4, whole("four\r"))));
        assert_eq!(next(), Some((5, whole("five"))));
        assert_eq!(next(), None);
        let mut ends = Lines::new(&b"12345678\n123456789"[..]);
        assert_eq!(ends.next(8).unwrap(), Some((1, whole("12345678"))));
        assert_eq!(ends.next(8).unwrap(), Some((2, Line::TooLong)));
        assert_eq!(ends.next(8).unwrap(), None);
    }
}
