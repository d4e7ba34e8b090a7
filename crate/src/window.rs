//! Eight bytes of a text at a time, as one number: what most of a text is made of passes quickly.

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const TOP: u64 = 0x80 * EACH;
/// In each byte the bit by which small letters differ from capitals.
pub(crate) const SMALL: u64 = 0x20 * EACH;

/// The eight bytes from `at` on, the first one lowest; nothing where the text has fewer.
#[inline(always)]
pub(crate) fn window(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|eight| u64::from_le_bytes(*eight))
}

/// How many ASCII letters a window begins with.
#[inline(always)]
pub(crate) fn letters(window: u64) -> usize {
    // Each byte on its own: with the highest bit away, no sum runs over into the next one.
    let small = (window | SMALL) & !TOP;
    let from_a = small + (0x80 - u64::from(b'a')) * EACH;
    let beyond_z = small + (0x7F - u64::from(b'z')) * EACH;
    let others = !(from_a & !beyond_z & !window) & TOP;
    others.trailing_zeros() as usize / 8
}

/// How many ASCII letters stand from `at` on; some of them where there are more than eight.
#[inline(always)]
pub(crate) fn letters_from(bytes: &[u8], at: usize) -> usize {
    match window(bytes, at) {
        Some(window) => letters(window),
        None => last_letters(bytes, at),
    }
}

#[inline(never)]
fn last_letters(bytes: &[u8], at: usize) -> usize {
    bytes.iter().skip(at).take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Whether a window holds nothing but visible ASCII and spaces.
#[inline(always)]
pub(crate) fn is_plain(window: u64) -> bool {
    let below = (window & !TOP) + (0x80 - 0x20) * EACH;
    (below & !window) & TOP == TOP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::dice;

    #[test]
    fn says_what_a_loop_over_bytes_says() {
        let mut next = dice(9);
        for _ in 0..20_000 {
            let length = next(12);
            let bytes: Vec<u8> = (0..length)
                .map(|_| if next(4) > 0 { b'A' + next(58) as u8 } else { next(256) as u8 })
                .collect();
            let eight = bytes.first_chunk::<8>().map(|eight| &eight[..]);
            assert_eq!(window(&bytes, 0).is_some(), eight.is_some());
            let found = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            assert_eq!(letters_from(&bytes, 0), found(eight.unwrap_or(&bytes)), "{bytes:?}");
            assert_eq!(letters_from(&bytes, length), 0);
            if let Some(eight) = eight {
                let plain = eight.iter().all(|byte| (0x20..0x80).contains(byte));
                assert_eq!(is_plain(u64::from_le_bytes(eight.try_into().unwrap())), plain, "{bytes:?}");
            }
        }
    }
}
