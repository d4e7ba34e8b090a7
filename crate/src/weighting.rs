//! Counts to values: how much an occurrence counts in a paragraph of some length.

/// The value of a feature that occurs `count` times: 1 + ln(count), so that a word said ten times weighs about three
/// times a word said once (sub-linear term frequency: Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, 6.4.1).
///
/// ```
/// use leitmotif::weighting::value;
///
/// assert_eq!((value(0), value(1)), (0.0, 1.0));
/// assert!(value(10) < 3.5);
/// ```
pub fn value(count: u32) -> f32 {
    match count {
        0 => 0.0,
        1 => 1.0,
        _ => 1.0 + libm::logf(count as f32),
    }
}

/// The factor on every value of a paragraph of `words` words: longer paragraphs hold more features, each of which
/// says less. It depends on the text alone, not on which features the model holds, so that pruning a model does not
/// change the weight of what is left.
///
/// ```
/// use leitmotif::weighting::damping;
///
/// assert_eq!(damping(8), 0.25);
/// assert!(damping(200) < damping(20));
/// ```
pub fn damping(words: usize) -> f32 {
    1.0 / libm::sqrtf(words as f32 + 8.0)
}
