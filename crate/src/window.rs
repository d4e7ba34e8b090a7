//! Eight bytes of a text at a time, as one number: what most of a text is made of passes quickly.

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
pub(crate) const TOP: u64 = 0x80 * EACH;
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
    let others = !(from_to(small, b'a', b'z') & !window) & TOP;
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

/// Whether a window is all ASCII.
#[inline(always)]
pub(crate) fn is_ascii(window: u64) -> bool {
    window & TOP == 0
}

/// Whether a window holds nothing but visible ASCII and spaces.
#[inline(always)]
pub(crate) fn is_plain(window: u64) -> bool {
    let below = (window & !TOP) + (0x80 - 0x20) * EACH;
    (below & !window) & TOP == TOP
}

/// The bytes of an ASCII window that are this one, each by its highest bit.
#[inline(always)]
pub(crate) fn equal(window: u64, byte: u8) -> u64 {
    from(window ^ (u64::from(byte) * EACH), 1) ^ TOP
}

/// The bytes of an ASCII window that are this one or higher ones, each by its highest bit.
#[inline(always)]
pub(crate) fn from(window: u64, byte: u8) -> u64 {
    (window + u64::from(0x80 - byte) * EACH) & TOP
}

/// The bytes of an ASCII window from one to another, each by its highest bit.
#[inline(always)]
pub(crate) fn from_to(window: u64, first: u8, last: u8) -> u64 {
    from(window, first) & !from(window, last + 1)
}

/// The letters and digits of an ASCII window, each by its highest bit.
#[inline(always)]
pub(crate) fn alphanumeric(window: u64) -> u64 {
    from_to(window | SMALL, b'a', b'z') | from_to(window, b'0', b'9')
}

/// How many bytes are marked by their highest bits.
#[inline(always)]
pub(crate) fn count(marked: u64) -> u32 {
    ((marked >> 7).wrapping_mul(EACH) >> 56) as u32
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
                let window = u64::from_le_bytes(eight.try_into().unwrap());
                assert_eq!(is_ascii(window), eight.is_ascii(), "{bytes:?}");
                let plain = eight.iter().all(|byte| (0x20..0x80).contains(byte));
                assert_eq!(is_plain(window), plain, "{bytes:?}");
            }
        }
    }

    #[test]
    fn marks_the_bytes_that_a_loop_finds() {
        let mut next = dice(10);
        for _ in 0..20_000 {
            let eight: [u8; 8] = core::array::from_fn(|_| next(128) as u8);
            let window = u64::from_le_bytes(eight);
            let marked = |is: &dyn Fn(u8) -> bool| {
                eight.iter().rev().fold(0, |marked, byte| marked << 8 | if is(*byte) { 0x80 } else { 0 })
            };
            let byte = eight[next(8)];
            assert_eq!(equal(window, byte), marked(&|other| other == byte), "{eight:?}");
            assert_eq!(from(window, byte), marked(&|other| other >= byte), "{eight:?}");
            let plain = marked(&|other| other.is_ascii_alphanumeric());
            assert_eq!(alphanumeric(window), plain, "{eight:?}");
            assert_eq!(count(plain), plain.count_ones(), "{eight:?}");
        }
    }
}
