//! Agreement of verdicts with codes, and of probabilities with what came true.

use leitmotif::Themes;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// One paragraph: what it should be and what was said.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judged {
    pub(crate) gold: Themes,
    pub(crate) verdict: Themes,
    pub(crate) probability: Vec<f64>,
    pub(crate) certainty: leitmotif::Certainty,
    /// Its words, as the engine counts them.
    pub(crate) words: usize,
    /// Number of its document.
    pub(crate) document: usize,
}

impl Judged {
    /// Whether the verdict has the themes of the codes and no other.
    pub(crate) fn is_exact(&self) -> bool {
        self.verdict == self.gold
    }

    /// The chance, as if the themes were independent, that the verdict is right on each of them: what clear, likely and unsure
    /// are cut from.
    pub(crate) fn chance(&self) -> f64 {
        let right = |(theme, p): (usize, &f64)| if self.verdict.contains(theme) { *p } else { 1.0 - p };
        self.probability.iter().enumerate().map(right).product()
    }

    /// Log loss, natural, summed over the themes: how surprised the probabilities are by the codes. A probability of exactly 0
    /// or 1 counts as 10⁻¹⁵ from it.
    pub(crate) fn loss(&self) -> f64 {
        let of = |(theme, p): (usize, &f64)| {
            let came_true = if self.gold.contains(theme) { *p } else { 1.0 - p };
            -libm::log(came_true.max(1e-15))
        };
        self.probability.iter().enumerate().map(of).sum()
    }
}

/// Counts of one theme over paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) both: usize,
    pub(crate) verdict_only: usize,
    pub(crate) gold_only: usize,
    pub(crate) neither: usize,
}

impl Counts {
    pub(crate) fn of<'a>(judged: impl IntoIterator<Item = &'a Judged>, theme: usize) -> Counts {
        let mut counts = Counts::default();
        for paragraph in judged {
            counts.add(paragraph.gold.contains(theme), paragraph.verdict.contains(theme));
        }
        counts
    }

    fn add(&mut self, gold: bool, verdict: bool) {
        match (gold, verdict) {
            (true, true) => self.both += 1,
            (false, true) => self.verdict_only += 1,
            (true, false) => self.gold_only += 1,
            (false, false) => self.neither += 1,
        }
    }

    fn plus(self, other: Counts) -> Counts {
        Counts {
            both: self.both + other.both,
            verdict_only: self.verdict_only + other.verdict_only,
            gold_only: self.gold_only + other.gold_only,
            neither: self.neither + other.neither,
        }
    }

    /// Paragraphs whose codes have the theme.
    pub(crate) fn support(self) -> usize {
        self.both + self.gold_only
    }

    /// Of the verdicts with the theme, the share that have the code; 0 where there is no such verdict.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.both, self.both + self.verdict_only)
    }

    /// Of the codes with the theme, the share that have the verdict; 0 where there is no such code.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.both, self.both + self.gold_only)
    }

    /// Harmonic mean of precision and recall; 0 where the theme is nowhere.
    pub(crate) fn f1(self) -> f64 {
        ratio(2 * self.both, 2 * self.both + self.verdict_only + self.gold_only)
    }

    /// Krippendorff's alpha for two coders, nominal values, nothing missing: 1 − observed / expected disagreement
    /// (Krippendorff, *Content Analysis*, chapter "Reliability"). 1 where all values are the same.
    pub(crate) fn alpha(self) -> f64 {
        let units = (self.both + self.verdict_only + self.gold_only + self.neither) as f64;
        let with = (2 * self.both + self.verdict_only + self.gold_only) as f64;
        let values = 2.0 * units;
        let expected = 2.0 * with * (values - with) / (values * (values - 1.0));
        if expected > 0.0 {
            1.0 - ((self.verdict_only + self.gold_only) as f64 / units) / expected
        } else {
            1.0
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Mean of the themes' F1.
pub(crate) fn macro_f1(counts: &[Counts]) -> f64 {
    counts.iter().map(|counts| counts.f1()).sum::<f64>() / counts.len().max(1) as f64
}

/// 95 % intervals by drawing whole documents with replacement (percentile bootstrap, 2,000 draws, fixed seed): one per
/// theme's F1, then one for their mean.
pub(crate) fn intervals(judged: &[Judged], themes: usize) -> Vec<(f64, f64)> {
    const DRAWS: usize = 2000;
    let documents = judged.iter().map(|paragraph| paragraph.document + 1).max().unwrap_or(0);
    let mut counts = vec![vec![Counts::default(); themes]; documents];
    for paragraph in judged {
        for (theme, counts) in counts[paragraph.document].iter_mut().enumerate() {
            counts.add(paragraph.gold.contains(theme), paragraph.verdict.contains(theme));
        }
    }
    // Documents without a paragraph in this selection are not drawn.
    counts.retain(|themes| themes.iter().any(|counts| *counts != Counts::default()));
    let mut random = ChaCha8Rng::seed_from_u64(95);
    let mut draws: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); themes + 1];
    for _ in 0..DRAWS {
        let mut sums = vec![Counts::default(); themes];
        for _ in 0..counts.len() {
            let pick = (u64::from(random.next_u32()) * counts.len() as u64) >> 32;
            sums.iter_mut().zip(&counts[pick as usize]).for_each(|(sum, own)| *sum = sum.plus(*own));
        }
        sums.iter().enumerate().for_each(|(theme, sum)| draws[theme].push(sum.f1()));
        draws[themes].push(macro_f1(&sums));
    }
    draws
        .into_iter()
        .map(|mut figures| {
            figures.sort_by(f64::total_cmp);
            (figures[DRAWS * 25 / 1000], figures[DRAWS * 975 / 1000 - 1])
        })
        .collect()
}

/// Of the paragraphs without a theme, the share whose verdict is none; with their number.
pub(crate) fn none_accuracy(judged: &[Judged]) -> (f64, usize) {
    let without = judged.iter().filter(|paragraph| paragraph.gold.is_empty());
    let right = without.clone().filter(|paragraph| paragraph.verdict.is_empty()).count();
    (ratio(right, without.clone().count()), without.count())
}

/// The share of verdicts exactly right among the surest 10 %, 20 %, … 100 % of paragraphs, by [`Judged::chance`]; paragraphs as
/// sure as each other in the order given.
pub(crate) fn right_at_coverage(judged: &[Judged]) -> [f64; 10] {
    let mut ranked: Vec<&Judged> = judged.iter().collect();
    ranked.sort_by(|a, b| b.chance().total_cmp(&a.chance()));
    std::array::from_fn(|tenth| {
        let taken = (ranked.len() * (tenth + 1)).div_ceil(10);
        ratio(ranked[..taken].iter().filter(|paragraph| paragraph.is_exact()).count(), taken)
    })
}

/// Probabilities of all themes in ten bins of equal width, 0 to 0.1 first: how many fell there, their mean, and the share that
/// came true.
pub(crate) fn reliability(judged: &[Judged]) -> [(usize, f64, f64); 10] {
    let mut bins = [(0usize, 0.0, 0usize); 10];
    for paragraph in judged {
        for (theme, p) in paragraph.probability.iter().enumerate() {
            let bin = &mut bins[((p * 10.0) as usize).min(9)];
            *bin = (bin.0 + 1, bin.1 + p, bin.2 + usize::from(paragraph.gold.contains(theme)));
        }
    }
    bins.map(|(n, said, came_true)| (n, said / n.max(1) as f64, ratio(came_true, n)))
}

/// Expected calibration error of one theme in 10 bins of equal mass (Nixon and others, *Measuring Calibration in Deep
/// Learning*, 2019): the mean distance between probability and what came true.
pub(crate) fn calibration_error(judged: &[Judged], theme: usize) -> f64 {
    let mut pairs: Vec<(f64, bool)> = judged
        .iter()
        .map(|paragraph| (paragraph.probability[theme], paragraph.gold.contains(theme)))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bin = |number: usize| &pairs[pairs.len() * number / 10..pairs.len() * (number + 1) / 10];
    (0..10)
        .map(|number| {
            let said: f64 = bin(number).iter().map(|pair| pair.0).sum();
            let true_ones = bin(number).iter().filter(|pair| pair.1).count() as f64;
            (said - true_ones).abs()
        })
        .sum::<f64>()
        / pairs.len().max(1) as f64
}

/// Average precision of one theme: the mean, over the paragraphs that have it, of the precision among all paragraphs at least
/// as probable (Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, 8.4). It needs no threshold, which makes
/// it the steadier figure to compare two models by.
pub(crate) fn average_precision(judged: &[Judged], theme: usize) -> f64 {
    let mut ranked: Vec<(f64, bool)> = judged
        .iter()
        .map(|paragraph| (paragraph.probability[theme], paragraph.gold.contains(theme)))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut hits, mut sum) = (0, 0.0);
    for (at, (_, has)) in ranked.iter().enumerate() {
        if *has {
            hits += 1;
            sum += hits as f64 / (at + 1) as f64;
        }
    }
    sum / (hits as f64).max(1.0)
}

/// Brier skill score of one theme: how much smaller the squared error is than that of always saying the base rate.
pub(crate) fn brier_skill(judged: &[Judged], theme: usize) -> f64 {
    let n = judged.len().max(1) as f64;
    let has = |paragraph: &Judged| f64::from(u8::from(paragraph.gold.contains(theme)));
    let base = judged.iter().map(has).sum::<f64>() / n;
    let error =
        judged.iter().map(|p| (p.probability[theme] - has(p)) * (p.probability[theme] - has(p))).sum::<f64>();
    let reference = judged.iter().map(|p| (base - has(p)) * (base - has(p))).sum::<f64>();
    if reference > 0.0 { 1.0 - error / reference } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use leitmotif::Certainty;

    use super::*;

    fn judged(gold: &[usize], verdict: &[usize], p: f64, document: usize) -> Judged {
        let set = |positions: &[usize]| positions.iter().copied().collect();
        let certainty = Certainty::Clear;
        Judged {
            gold: set(gold),
            verdict: set(verdict),
            probability: vec![p],
            certainty,
            words: 20,
            document,
        }
    }

    #[test]
    fn loss_and_chance_of_one_paragraph() {
        // Codes: the first theme; verdict: the second.
        let paragraph = Judged { probability: vec![0.25, 0.5], ..judged(&[0], &[1], 0.0, 0) };
        assert!((paragraph.loss() - (4f64.ln() + 2f64.ln())).abs() < 1e-12);
        assert!((paragraph.chance() - 0.75 * 0.5).abs() < 1e-12);
        assert!(!paragraph.is_exact());
        assert!(Judged { probability: vec![0.0, 0.0], ..paragraph }.loss().is_finite());
    }

    #[test]
    fn coverage_takes_the_surest_first() {
        // Twenty verdicts of none; the less probable the theme, the surer. The five least sure are wrong.
        let rows: Vec<Judged> = (0..20)
            .map(|n| judged(if n < 5 { &[0] } else { &[] }, &[], 0.4 - 0.01 * f64::from(n), 0))
            .collect();
        let right = right_at_coverage(&rows);
        assert_eq!(right[..7], [1.0; 7]);
        assert_eq!((right[7], right[8], right[9]), (15.0 / 16.0, 15.0 / 18.0, 0.75));
        assert_eq!(right_at_coverage(&[]), [0.0; 10]);
    }

    #[test]
    fn reliability_bins_hold_what_was_said_and_what_came_true() {
        let rows = [judged(&[0], &[], 0.72, 0), judged(&[], &[], 0.78, 1), judged(&[0], &[], 1.0, 2)];
        let bins = reliability(&rows);
        assert_eq!(bins[7], (2, 0.75, 0.5));
        assert_eq!(bins[9], (1, 1.0, 1.0));
        assert_eq!(bins[0], (0, 0.0, 0.0));
    }

    #[test]
    fn counts_and_ratios() {
        let counts = Counts { both: 6, verdict_only: 2, gold_only: 4, neither: 88 };
        assert_eq!((counts.precision(), counts.recall()), (0.75, 0.6));
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn alpha_of_krippendorffs_ten_unit_example() {
        // "Computing Krippendorff's Alpha-Reliability" (2011), part A: 10 units, two observers, binary; alpha = 0.095.
        let counts = Counts { both: 1, verdict_only: 1, gold_only: 3, neither: 5 };
        assert!((counts.alpha() - 0.095).abs() < 5e-4, "{}", counts.alpha());
    }

    #[test]
    fn alpha_is_one_in_full_agreement_and_negative_in_full_disagreement() {
        assert_eq!(Counts { both: 3, neither: 3, ..Counts::default() }.alpha(), 1.0);
        assert!(Counts { verdict_only: 3, gold_only: 3, ..Counts::default() }.alpha() < 0.0);
    }

    #[test]
    fn one_document_has_no_spread() {
        let rows: Vec<Judged> =
            (0..10).map(|n| judged(&[0], if n < 6 { &[0] } else { &[] }, 0.5, 0)).collect();
        let intervals = intervals(&rows, 1);
        assert_eq!(intervals[0], (0.75, 0.75));
    }

    #[test]
    fn average_precision_of_a_ranking() {
        // Has, has not, has: (1 + 2/3) / 2.
        let rows = [(0.9, true), (0.8, false), (0.7, true)];
        let rows = rows.map(|(p, has)| judged(if has { &[0] } else { &[] }, &[], p, 0));
        assert!((average_precision(&rows, 0) - 5.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn calibration_error_of_an_honest_and_of_a_boastful_coin() {
        let rows =
            |p| (0..100).map(|n| judged(if n % 2 == 0 { &[0] } else { &[] }, &[], p, n)).collect::<Vec<_>>();
        assert!(calibration_error(&rows(0.5), 0) < 1e-12);
        assert!((calibration_error(&rows(0.9), 0) - 0.4).abs() < 1e-12);
        assert!(brier_skill(&rows(0.5), 0).abs() < 1e-12 && brier_skill(&rows(0.9), 0) < 0.0);
    }
}
