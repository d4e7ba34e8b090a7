//! The wasm file as text, for scripts that have it inside.
//!
//! What readers load is compressed, and compression looks for bytes that come again. Base64 hides them: it writes three bytes
//! as four letters, and the same instructions get other letters by where they begin. So code is written byte by byte, in
//! ASCII, for a classic script is read in whatever encoding its page has. The data, mostly the model, are as good as random:
//! base64 is the densest there, and what the fallback engine has them in, which stands in the same scripts.

use anyhow::{Context, Result, ensure};
use wasmparser::{Parser, Payload};

use crate::hash;

/// The module www/npm/wasm-bytes.js with a wasm file in it.
///
/// The data of the fallback engine and those of the wasm file stand in one script. The second costs nothing once that is
/// compressed, if only its letters are the same: if it begins at the same place of a group of three bytes. So up to two bytes
/// of the code are written with the data.
///
/// # Errors
/// When it is no wasm file with data, or the module has no place for it.
pub(crate) fn inside(module: &str, wasm: &[u8], fallback: &str) -> Result<String> {
    let data = begin_of_data(wasm)?;
    let cuts = data.saturating_sub(2)..=data;
    let cut = cuts.max_by_key(|&cut| shared(&hash::base64(&wasm[cut..]), fallback)).unwrap_or(data);
    let mut module = module.to_owned();
    for (name, text) in [("CODE", lettered(&wasm[..cut])), ("DATA", hash::base64(&wasm[cut..]))] {
        let place = format!("const {name} = \"\";");
        ensure!(module.matches(&place).count() == 1, "www/npm/wasm-bytes.js must say {place} once");
        module = module.replacen(&place, &format!("const {name} = \"{text}\";"), 1);
    }
    Ok(module)
}

/// Where the data section begins, in bytes: the last one but for names and the like.
fn begin_of_data(wasm: &[u8]) -> Result<usize> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::DataSection(data) = payload.context("the engine is no wasm file")? {
            return Ok(data.range().start);
        }
    }
    anyhow::bail!("the engine has no data, and so no model")
}

/// Bytes as www/npm/wasm-bytes.js reads them: a letter of [`LETTERS`] each up to [`ONE`], and before it one of the two
/// letters behind those for the next and the last third of all bytes.
fn lettered(bytes: &[u8]) -> String {
    let letter = |place: u8| char::from(LETTERS[usize::from(place)]);
    let mut text = String::new();
    for &byte in bytes {
        if byte >= ONE {
            text.push(letter(ONE - 1 + byte / ONE));
        }
        text.push(letter(byte % ONE));
    }
    text
}

/// How many bytes have a letter of their own: with two letters that go before, enough for 256.
const ONE: u8 = 86;

/// ASCII that is itself in a string, a template and an element: no quotes, `\`, `$` or `<`. www/npm/wasm-bytes.js has the same.
const LETTERS: &[u8; 88] =
    b" !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}";

/// How many of some samples of a text stand in another one.
fn shared(packed: &str, other: &str) -> usize {
    (0..packed.len())
        .step_by(2048)
        .filter_map(|at| packed.get(at..at + 48))
        .filter(|part| other.contains(part))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "const CODE = \"\";\nconst DATA = \"\";\n";

    /// A wasm file: a custom section of some bytes, and data.
    fn wasm(code: &[u8], data: &[u8]) -> Vec<u8> {
        let long = |bytes: &[u8]| {
            let low = u8::try_from(bytes.len() % 128).unwrap() | 128;
            [&[low, u8::try_from(bytes.len() / 128).unwrap()], bytes].concat()
        };
        let segment = [&[1, 1][..], &long(data)].concat();
        let custom = [&[1, b'c'][..], code].concat();
        [b"\0asm\x01\0\0\0".as_slice(), &[0], &long(&custom), &[11], &long(&segment)].concat()
    }

    #[test]
    fn every_byte_has_letters_of_its_own_and_they_need_no_escape() {
        let all: Vec<u8> = (0..=255).collect();
        let text = lettered(&all);
        assert!(text.starts_with(" !#%&()*") && text.len() == 86 + 2 * 170, "{text}");
        assert!(text.is_ascii() && !text.contains(['"', '\'', '`', '\\', '$', '<', '\n']), "{text}");
        // The two letters that go before are nothing by themselves.
        assert!(!text[..86].contains(['|', '}']), "{text}");
        assert_eq!(
            (lettered(&[85]), lettered(&[86]), lettered(&[172])),
            ("{".into(), "| ".into(), "} ".into())
        );
        // The module beside it must know the same letters.
        let module = include_str!("../../../www/npm/wasm-bytes.js");
        assert!(module.contains(&format!("\"{}\"", std::str::from_utf8(LETTERS).unwrap())));
    }

    #[test]
    fn code_is_written_byte_by_byte_and_data_in_base64() {
        let wasm = wasm(b"code", b"data");
        let filled = inside(MODULE, &wasm, "").unwrap();
        let (code, data) = filled.split_once('\n').unwrap();
        assert!(code.contains(&lettered(b"code")) && !data.contains(&lettered(b"code")), "{filled}");
        assert_eq!(data, format!("const DATA = \"{}\";\n", hash::base64(b"\x01\x01\x84\0data")));
        for (module, wasm) in
            [("const BYTES = 1;", &wasm[..]), (MODULE, b"\0asm\x01\0\0\0"), (MODULE, b"asm")]
        {
            assert!(inside(module, wasm, "").is_err(), "{module} {wasm:?}");
        }
    }

    #[test]
    fn what_the_fallback_has_in_base64_too_gets_the_same_letters() {
        let model: Vec<u8> = (0..12_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let fallback = format!("load(\"{}\")", hash::base64(&model));
        for before in 0..3 {
            // What the data section says of itself takes four bytes here.
            let wasm = wasm(b"code", &[&[7; 2][..before], &model].concat());
            let filled = inside(MODULE, &wasm, &fallback).unwrap();
            assert!(filled.contains(&hash::base64(&model)[8..]), "{before}");
        }
    }
}
