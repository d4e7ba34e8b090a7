//! The second stage's view: what a paragraph's neighbours, the headline and the rest of the article say.
//!
//! Inputs of a paragraph, for T themes: its own T first-stage scores; then, as chances between 0 and 1, T of the paragraph
//! before, T of the one after, T of the headline and T as the mean of all others; then whether there is a paragraph
//! before, one after, a headline and any other at all. What is not known counts 0.

use crate::article::{Kind, Paragraph};
use crate::numbers::sigmoid;

/// How many inputs the second stage has for `themes` themes.
pub const fn inputs(themes: usize) -> usize {
    5 * themes + 4
}

/// Writes the inputs of each paragraph, one row after the other (P × [`inputs`]), from the first-stage scores (P × T).
///
/// Neighbours are paragraphs whose positions follow on each other; furniture is looked through, and neither seen as a
/// neighbour nor as part of the whole.
pub fn rows(paragraphs: &[Paragraph], scores: &[f64], themes: usize) -> Vec<f64> {
    let chances: Vec<f64> = scores.iter().map(|score| sigmoid(*score)).collect();
    let chance = |index: usize| &chances[index * themes..(index + 1) * themes];
    let counts = |index: usize| paragraphs[index].kind != Kind::Furniture;

    let mut sums = vec![0.0; themes];
    let mut counted = 0;
    for index in (0..paragraphs.len()).filter(|index| counts(*index)) {
        counted += 1;
        for (sum, chance) in sums.iter_mut().zip(chance(index)) {
            *sum += chance;
        }
    }
    // A run of rows drawn from the middle of an article has no headline.
    let starts = paragraphs.first().is_some_and(|first| first.pos <= 1);
    let headline = (0..paragraphs.len()).find(|index| counts(*index)).filter(|_| starts);
    let before = neighbours(paragraphs, (0..paragraphs.len()).collect());
    let after = neighbours(paragraphs, (0..paragraphs.len()).rev().collect());

    let width = inputs(themes);
    let mut rows = vec![0.0; paragraphs.len() * width];
    for (index, row) in rows.chunks_exact_mut(width).enumerate() {
        row[..themes].copy_from_slice(&scores[index * themes..(index + 1) * themes]);
        let (seen, flags) = row[themes..].split_at_mut(4 * themes);
        let others = [before[index], after[index], headline.filter(|headline| *headline != index)];
        for (slot, other) in others.into_iter().enumerate() {
            if let Some(other) = other {
                seen[slot * themes..(slot + 1) * themes].copy_from_slice(chance(other));
                flags[slot] = 1.0;
            }
        }
        let rest = counted - usize::from(counts(index));
        if rest > 0 {
            flags[3] = 1.0;
            for theme in 0..themes {
                let own = if counts(index) { chance(index)[theme] } else { 0.0 };
                seen[3 * themes + theme] = (sums[theme] - own) / rest as f64;
            }
        }
    }
    rows
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
