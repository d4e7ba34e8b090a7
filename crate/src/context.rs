//! The second stage's view of a paragraph: its own score, and what its neighbours and the rest of the article say.
//!
//! For each theme there are five inputs: the paragraph's own first-stage logit; then how far the paragraph before, the one
//! after and the mean of all others lean towards the theme, as logits less the theme's prior log odds; last, whether the
//! paragraph is furniture, which rarely has a theme whatever its words. What is not known
//! counts 0: no lean. The same theme only: an article on trade makes its next paragraph likelier to be on trade, and
//! cross-validation found nothing to gain from the other themes.

use alloc::vec;
use alloc::vec::Vec;

use crate::article::{Kind, Paragraph};

/// Inputs of each theme: own, before, after, others, furniture.
pub const INPUTS: usize = 5;

/// Logits beyond this count as this much in what others say, so that one loud paragraph does not drown an article.
const LOUDEST: f64 = 6.0;

/// The mean of the others is taken over their number plus this: two paragraphs are little to go by.
const RESERVE: f64 = 2.0;

/// The inputs of each paragraph, P × T × [`INPUTS`], from the first-stage logits (P × T) and the themes' prior log odds (T).
///
/// Neighbours are paragraphs whose positions follow on each other; furniture is looked through: it is neither a neighbour
/// nor part of the whole.
///
/// ```
/// use leitmotif::context::{INPUTS, inputs};
/// use leitmotif::{Kind, Paragraph};
///
/// // Two paragraphs, one theme, whose prior log odds are −1.
/// let paragraph = |pos| Paragraph { span: 0..0, kind: Kind::Body, pos };
/// let rows = inputs(&[paragraph(0), paragraph(1)], &[2.0, -1.0], &[-1.0]);
/// // Own logit; the one before; the one after; the others' mean, one of them and a reserve of two; no furniture.
/// assert_eq!(rows[..INPUTS], [2.0, 0.0, 0.0, 0.0, 0.0]);
/// assert_eq!(rows[INPUTS..], [-1.0, 3.0, 0.0, 1.0, 0.0]);
/// ```
pub fn inputs(paragraphs: &[Paragraph], logits: &[f64], prior: &[f64]) -> Vec<f64> {
    let themes = prior.len();
    let lean: Vec<f64> = logits
        .iter()
        .enumerate()
        .map(|(at, logit)| logit.clamp(-LOUDEST, LOUDEST) - prior[at % themes])
        .collect();
    let counts = |index: usize| paragraphs[index].kind != Kind::Furniture;

    let mut sums = vec![0.0; themes];
    let mut counted = 0;
    for index in (0..paragraphs.len()).filter(|index| counts(*index)) {
        counted += 1;
        for (sum, lean) in sums.iter_mut().zip(&lean[index * themes..]) {
            *sum += lean;
        }
    }
    let before = neighbours(paragraphs, (0..paragraphs.len()).collect());
    let after = neighbours(paragraphs, (0..paragraphs.len()).rev().collect());

    let mut inputs = Vec::with_capacity(logits.len() * INPUTS);
    for index in 0..paragraphs.len() {
        let lean_of =
            |other: Option<usize>, theme: usize| other.map_or(0.0, |other| lean[other * themes + theme]);
        let others = counted - usize::from(counts(index));
        for (theme, sum) in sums.iter().enumerate() {
            let own = index * themes + theme;
            let rest = sum - if counts(index) { lean[own] } else { 0.0 };
            let mean = if others > 0 { rest / (others as f64 + RESERVE) } else { 0.0 };
            let furniture = if counts(index) { 0.0 } else { 1.0 };
            let (before, after) = (lean_of(before[index], theme), lean_of(after[index], theme));
            inputs.extend([logits[own], before, after, mean, furniture]);
        }
    }
    inputs
}

/// For each paragraph the nearest one before it in `order` that is not furniture, if no unknown paragraph lies between.
fn neighbours(paragraphs: &[Paragraph], order: Vec<usize>) -> Vec<Option<usize>> {
    let mut found = vec![None; paragraphs.len()];
    let mut nearest: Option<usize> = None;
    let mut last_position: Option<u32> = None;
    for index in order {
        let paragraph = &paragraphs[index];
        if last_position.is_some_and(|last| last.abs_diff(paragraph.pos) != 1) {
            nearest = None;
        }
        found[index] = nearest;
        last_position = Some(paragraph.pos);
        if paragraph.kind != Kind::Furniture {
            nearest = Some(index);
        }
    }
    found
}
