//! The .safetensors container: a JSON header that names tensors, then their bytes.
//!
//! Read here because the `safetensors` crate brings `serde_json`, which would be half of the engine's code in the file
//! that readers load; a test of the command-line tool holds this reader against that crate. Format: 8 bytes of header length
//! (little-endian), a JSON object of that length, the data; `data_offsets` count from the start of the data.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A file's parts; tensors borrow its bytes.
pub(crate) struct Container<'b> {
    /// Keys and values, in the file's order.
    pub(crate) metadata: Vec<(String, String)>,
    tensors: Vec<(String, Tensor<'b>)>,
}

/// One tensor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tensor<'b> {
    /// The type's name in the format: `"F32"`, `"I8"`, `"U8"` …
    pub(crate) dtype: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) data: &'b [u8],
}

/// Headers longer than this are refused: a model's takes two kilobytes.
const LONGEST_HEADER: usize = 1_000_000;

impl<'b> Container<'b> {
    /// Reads a file, or says in a few words what is wrong with it.
    pub(crate) fn read(bytes: &'b [u8]) -> Result<Self, &'static str> {
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or("shorter than a header")?;
        let length =
            usize::try_from(u64::from_le_bytes(*length)).ok().filter(|length| *length <= LONGEST_HEADER);
        let length =
            length.filter(|length| *length <= rest.len()).ok_or("the header is longer than the file")?;
        let (header, data) = rest.split_at(length);
        let header = core::str::from_utf8(header).map_err(|_| "the header is not UTF-8")?;
        let mut json = Json { rest: header };
        let mut container = Container { metadata: Vec::new(), tensors: Vec::new() };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        json.object(&mut |json, name| {
            if name == "__metadata__" {
                return json.object(&mut |json, key| {
                    let value = json.string()?;
                    container.metadata.push((key, value));
                    Some(())
                });
            }
            let (mut dtype, mut shape, mut offsets) = (String::new(), Vec::new(), Vec::new());
            json.object(&mut |json, key| {
                match &key[..] {
                    "dtype" => dtype = json.string()?,
                    "shape" => shape = json.numbers()?,
                    "data_offsets" => offsets = json.numbers()?,
                    _ => return None,
                }
                Some(())
            })?;
            let [start, end] = offsets[..] else { return None };
            let tensor = Tensor { dtype, shape, data: data.get(start..end)? };
            let after = ranges.partition_point(|range| (range.start, range.end) < (start, end));
            ranges.insert(after, start..end);
            container.tensors.push((name, tensor));
            Some(())
        })
        .ok_or("the header is not the JSON that the format asks for")?;
        if !json.rest.trim_ascii_end().is_empty() {
            return Err("the header has something after its JSON");
        }
        // Nothing may hide between tensors, overlap or follow the last one.
        let end = ranges.iter().try_fold(0, |at, range| (range.start == at).then_some(range.end));
        if end != Some(data.len()) {
            return Err("the tensors do not cover the data exactly");
        }
        Ok(container)
    }

    pub(crate) fn tensor(&self, name: &str) -> Option<&Tensor<'b>> {
        self.tensors.iter().find(|(own, _)| own == name).map(|(_, tensor)| tensor)
    }
}

/// A reader of the little JSON that headers use: objects, strings, arrays of whole numbers. `None` is "not that".
struct Json<'h> {
    rest: &'h str,
}

impl Json<'_> {
    /// Skips white space, then takes `sign` if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_ascii_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Calls `value` at each value of an object, with its key.
    fn object(&mut self, value: &mut dyn FnMut(&mut Self, String) -> Option<()>) -> Option<()> {
        if !self.takes('{') {
            return None;
        }
        if self.takes('}') {
            return Some(());
        }
        loop {
            let key = self.string()?;
            if !self.takes(':') {
                return None;
            }
            value(self, key)?;
            if self.takes('}') {
                return Some(());
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn numbers(&mut self) -> Option<Vec<usize>> {
        let mut numbers = Vec::new();
        if !self.takes('[') {
            return None;
        }
        if self.takes(']') {
            return Some(numbers);
        }
        loop {
            self.rest = self.rest.trim_ascii_start();
            let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            numbers.push(self.rest[..digits].parse().ok()?);
            self.rest = &self.rest[digits..];
            if self.takes(']') {
                return Some(numbers);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if !self.takes('"') {
            return None;
        }
        let mut text = String::new();
        loop {
            let c = self.next()?;
            text.push(match c {
                '"' => return Some(text),
                '\\' => self.escaped()?,
                '\0'..='\x1F' => return None,
                c => c,
            });
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\x08',
            'f' => '\x0C',
            'u' => {
                let first = self.hexadecimal()?;
                let code = if (0xD800..0xDC00).contains(&first) {
                    if self.next()? != '\\' || self.next()? != 'u' {
                        return None;
                    }
                    let second = self.hexadecimal()?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                    0x10000 + ((first - 0xD800) << 10) + second
                } else {
                    first
                };
                char::from_u32(code)?
            }
            c @ ('"' | '\\' | '/') => c,
            _ => return None,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |code, _| Some(code << 4 | self.next()?.to_digit(16)?))
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned;

    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn reads_tensors_and_metadata() {
        let header = r#" {"__metadata__":{"a":"\u00e9\ud83d\ude00\n\"","b":""},
            "x":{"dtype":"U8","shape":[2,1],"data_offsets":[1,3]}, "y":{"shape":[],"data_offsets":[0,1],"dtype":"I8"}}  "#;
        let bytes = file(header, &[7, 8, 9]);
        let container = Container::read(&bytes).unwrap();
        assert_eq!(container.metadata[0], ("a".to_owned(), "é😀\n\"".to_owned()));
        let x = Tensor { dtype: "U8".to_owned(), shape: vec![2, 1], data: &[8, 9] };
        assert_eq!(container.tensor("x"), Some(&x));
        assert_eq!(container.tensor("y").map(|y| y.data), Some(&[7][..]));
        assert_eq!(container.tensor("z"), None);
    }

    #[test]
    fn refuses_what_is_not_one() {
        let tensor =
            |offsets: &str| format!(r#"{{"x":{{"dtype":"U8","shape":[1],"data_offsets":{offsets}}}}}"#);
        assert!(Container::read(&file(&tensor("[0,1]"), &[7])).is_ok());
        for (header, data) in [
            (tensor("[0,1]"), &[][..]),
            (tensor("[0,1]"), &[7, 8]),
            (tensor("[1,2]"), &[7, 8]),
            (tensor("[1,0]"), &[7]),
            (tensor("[-1,0]"), &[7]),
            (tensor("[0]"), &[7]),
            (tensor("[0,99999999999999999999]"), &[7]),
            ("{".to_owned(), &[]),
            ("[]".to_owned(), &[]),
            ("{} {}".to_owned(), &[]),
            (r#"{"__metadata__":{"a":1}}"#.to_owned(), &[]),
            (r#"{"__metadata__":{"a":"\ud83d"}}"#.to_owned(), &[]),
        ] {
            assert!(Container::read(&file(&header, data)).is_err(), "{header}");
        }
        assert!(Container::read(&[1, 2, 3]).is_err());
        assert!(Container::read(&[0xFF; 40]).is_err());
    }
}
