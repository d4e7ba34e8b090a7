//! From probabilities to decisions: where a theme begins, and when a verdict may be called clear.

use leitmotif::Themes;
use ndarray::{Array2, ArrayView1};

/// Least share of right verdicts among those called clear, and among those called likely.
const RIGHT: [f64; 2] = [0.92, 0.75];

/// For each theme the probability from which it is in the verdict: the place where the F1 that the probabilities
/// themselves expect is best (Lipton, Elkan, Naryanaswamy, *Optimal Thresholding of Classifiers to Maximize F1 Measure*, 2014).
///
/// It rests on calibration and on all paragraphs at once. The place that was best for the codes of the training paragraphs
/// jumps with each handful of them, most for the rare themes.
///
/// `probability` is paragraphs × themes, out of fold.
pub(crate) fn thresholds(probability: &Array2<f64>) -> Vec<f64> {
    let best = |column: ArrayView1<f64>| {
        let mut ranked: Vec<f64> = column.to_vec();
        ranked.sort_by(|a, b| b.total_cmp(a));
        let expected: f64 = ranked.iter().sum();
        let (mut hits, mut best_f1, mut cut) = (0.0, 0.0, 0.5);
        for taken in 1..ranked.len() {
            hits += ranked[taken - 1];
            let f1 = 2.0 * hits / (taken as f64 + expected);
            // Between two paragraphs, never on one: the same decision on either side of a rounding.
            if f1 > best_f1 && ranked[taken - 1] > ranked[taken] {
                best_f1 = f1;
                cut = (ranked[taken - 1] + ranked[taken]) / 2.0;
            }
        }
        // A theme that training never saw, or saw everywhere, still needs a threshold with a finite logit.
        cut.clamp(0.01, 0.99)
    };
    probability.columns().into_iter().map(best).collect()
}

/// The least chances of a right verdict to be called clear and likely: as low as the shares in [`RIGHT`] allow.
pub(crate) fn certainty(probability: &Array2<f64>, codes: &[Themes], threshold: &[f64]) -> [f64; 2] {
    let mut ranked: Vec<(f64, bool)> = probability
        .rows()
        .into_iter()
        .zip(codes)
        .map(|(row, codes)| {
            let verdict: Themes = (0..row.len()).filter(|theme| row[*theme] >= threshold[*theme]).collect();
            let chance = |theme: usize| if verdict.contains(theme) { row[theme] } else { 1.0 - row[theme] };
            ((0..row.len()).fold(1.0, |product, theme| product * chance(theme)), verdict == *codes)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut cuts = [1.0, 1.0];
    let mut from = 0;
    for (cut, least) in cuts.iter_mut().zip(RIGHT) {
        let (mut right, mut reach) = (0, from);
        for (at, (chance, is_right)) in ranked.iter().enumerate().skip(from) {
            right += usize::from(*is_right);
            if right as f64 >= least * (at + 1 - from) as f64 {
                *cut = *chance;
                reach = at + 1;
            }
        }
        from = reach;
    }
    // Nothing may be called likely that is not at least as sure as the last likely one, even where all were clear.
    cuts[1] = cuts[1].min(cuts[0]);
    cuts
}
