//! The two functions whose last bits decide whether two machines agree; both go through `libm`, never through std.

/// The logistic function 1 / (1 + e^−x), from 0 to 1.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The inverse of [`sigmoid`]: ln(p / (1 − p)).
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}
