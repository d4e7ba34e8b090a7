//! Numbers for tests that follow no pattern and are the same each time.

/// With each call another number below the bound given, at most 2²⁴: a linear congruential generator (Knuth, *The Art of Computer
/// Programming*, volume 2, 3.2.1), less its lowest bits, which are poor.
pub(crate) fn dice(mut seed: u32) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    }
}
