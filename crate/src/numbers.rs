//! The two functions whose last bits decide whether two machines agree; both go through `libm`, never through std.

/// The logistic function 1 / (1 + e^−x), from 0 to 1.
///
/// ```
/// use leitmotif::numbers::{logit, sigmoid};
///
/// assert_eq!(sigmoid(0.0), 0.5);
/// assert!((logit(sigmoid(-3.0)) + 3.0).abs() < 1e-12);
/// ```
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The inverse of [`sigmoid`]: ln(p / (1 − p)).
///
/// ```
/// assert_eq!(leitmotif::numbers::logit(0.5), 0.0);
/// assert_eq!(leitmotif::numbers::logit(1.0), f64::INFINITY);
/// ```
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}
