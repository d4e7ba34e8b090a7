//! Where a paragraph stands: what it looks like next to its neighbours and to the page as a whole.

use alloc::vec::Vec;
use core::ops::Range;

use super::Block;
use crate::numbers::sigmoid;

/// How many numbers tell of a paragraph's place.
pub const PLACES: usize = 56;

/// The numbers of each paragraph of a run, from its look and from the log odds of furniture that its look gives.
///
/// `logits` has one entry a block. Time is linear in the number of blocks.
///
/// # Panics
/// Where `logits` is shorter than `blocks`.
///
/// ```
/// use leitmotif::furniture::{Block, Weights, places};
///
/// let blocks = Block::all(["Home", "The bridge was opened on Monday."].into_iter());
/// let logits: Vec<f64> = blocks.iter().map(|block| Weights::embedded().look_logit(block)).collect();
/// assert_eq!(places(&blocks, &logits).len(), 2);
/// ```
pub fn places(blocks: &[Block], logits: &[f64]) -> Vec<[f64; PLACES]> {
    let n = blocks.len();
    let chance: Vec<f64> = logits.iter().map(|logit| sigmoid(*logit)).collect();
    let page = |index: &usize| blocks[*index].is_page();
    let line = |index: &usize| !blocks[*index].sentence;
    let strong = |index: &usize| chance[*index] > 0.9;
    let text = |index: usize| blocks[index].words >= 20 && chance[index] < 0.2;
    let article = main_part(blocks, &chance);
    let (above, below) = (0..article.start, article.end..n);
    // Counts that stop where more would say no more.
    let count = |range: Range<usize>, is: &dyn Fn(&usize) -> bool, most: usize| {
        range.filter(is).count().min(most) as f64 / most as f64
    };
    let framed = count(0..n, &page, 6);
    let strong_parts = [
        count(above.clone(), &strong, 8),
        count(below.clone(), &strong, 8),
        count(article.clone(), &strong, 8),
    ];
    let lines = [count(above.clone(), &line, 16), count(below.clone(), &line, 16)];
    let last_page_above = above.clone().rev().find(page);
    let first_page_below = below.clone().find(page);

    let mut rows: Vec<Row> = (0..n).map(|_| Row::new()).collect();
    // What the paragraphs before (or after) say: distances to running text, and sums of log odds that lean on the side
    // of the last paragraphs, as a chain of two states passes them on.
    for backwards in [false, true] {
        let (mut sums, mut away) = ([0.0f64; LEANINGS.len()], usize::MAX);
        for step in 0..n {
            let index = if backwards { n - 1 - step } else { step };
            away = away.saturating_add(1);
            for (sum, most) in sums.iter_mut().zip(LEANINGS) {
                rows[index].push(*sum / most);
                *sum = (*sum + logits[index].clamp(-4.0, 4.0)).clamp(-most, most);
            }
            for near in NEAR {
                rows[index].push(f64::from(u8::from(away <= near)));
            }
            if text(index) {
                away = 0;
            }
        }
    }
    for (index, row) in rows.iter_mut().enumerate() {
        let block = &blocks[index];
        let flag = |is: bool| f64::from(u8::from(is));
        let (is_above, is_below) = (index < article.start, index >= article.end);
        let inside = !is_above && !is_below;
        let own = logits[index].clamp(-6.0, 6.0) / 2.0;
        row.push(own);
        for width in [1, 2, 4] {
            for side in [index.saturating_sub(width)..index, index + 1..(index + 1 + width).min(n)] {
                let length = side.len().max(1) as f64;
                row.push(side.map(|near| 2.0 * chance[near] - 1.0).sum::<f64>() / length);
            }
        }
        // Text on both sides.
        for near in 0..NEAR.len() {
            let before = row.values[LEANINGS.len() + near];
            row.push(before * row.values[2 * LEANINGS.len() + NEAR.len() + near]);
        }
        row.push(flag(inside));
        row.push(flag(is_above));
        let distances = [
            if is_above { article.start - index } else { 0 },
            if is_below { index - article.end + 1 } else { 0 },
        ];
        for distance in distances {
            (1..4).for_each(|near| row.push(flag(distance == near)));
            row.push(distance.min(12) as f64 / 12.0);
        }
        let sides = [flag(is_above), flag(is_below), flag(inside)];
        row.push(framed);
        row.push(framed * sides[0]);
        row.push(framed * sides[1]);
        (0..3).for_each(|side| row.push(strong_parts[side] * sides[side]));
        row.push(flag(is_above && last_page_above.is_some_and(|last| last > index)));
        row.push(flag(is_below && first_page_below.is_some_and(|first| first < index)));
        row.push(framed * own);
        row.push(sides[2] * own);
        (0..2).for_each(|side| row.push(lines[side] * sides[side]));
        row.push(flag(block.has_sign()));
        // Sentences stand among sentences, links among links.
        let ends = |near: usize| if blocks[near].sentence { 1.0 } else { -1.0 };
        let around = |before: usize, after: usize| {
            let near = index.saturating_sub(before)..(index + after + 1).min(n);
            near.filter(|near| *near != index).map(ends).sum::<f64>() / (before + after) as f64
        };
        let six = around(6, 6);
        row.push(around(3, 0));
        row.push(around(0, 3));
        row.push(six);
        row.push(ends(index) * six);
        row.push(ends(index));
        row.push(flag(block.sentence && six > 0.3));
        row.push(flag(block.words >= 12));
        row.push(flag(block.words >= 12) * ends(index));
        debug_assert_eq!(row.next, PLACES);
    }
    rows.into_iter().map(|row| row.values).collect()
}

/// The most that the paragraphs before may lean to one side.
const LEANINGS: [f64; 3] = [1.0, 4.0, 10.0];

/// Distances within which running text is near.
const NEAR: [usize; 4] = [1, 3, 8, 20];

/// Numbers in the making.
struct Row {
    values: [f64; PLACES],
    next: usize,
}

impl Row {
    fn new() -> Row {
        Row { values: [0.0; PLACES], next: 0 }
    }

    fn push(&mut self, value: f64) {
        if let Some(slot) = self.values.get_mut(self.next) {
            *slot = value;
        }
        self.next += 1;
    }
}

/// Where the lines stand that are taken for the article's headline and standfirst, whatever their look: from the last line
/// above the article's first running text, near it, or from where the article begins, if that is before.
pub(super) fn headline(blocks: &[Block], logits: &[f64]) -> Range<usize> {
    let chance: Vec<f64> = logits.iter().map(|logit| sigmoid(*logit)).collect();
    let article = main_part(blocks, &chance);
    let is_text = |index: &usize| blocks[*index].words >= if blocks[*index].sentence { 8 } else { 25 };
    let text = article.clone().find(is_text).unwrap_or(article.start);
    let near = (text.saturating_sub(HEADLINE_WITHIN)..text).rev();
    let last = near.clone().find(|index| blocks[*index].words >= 4 && blocks[*index].is_line());
    last.map_or(text..text, |last| last.min(article.start)..text)
}

/// Bylines, dates and a caption may stand between a headline and its article.
const HEADLINE_WITHIN: usize = 5;

/// The run of paragraphs that holds the article: the one with the greatest sum, where text counts for itself and
/// furniture against it (Pasternack and Roth, *Extracting article text from the web with maximum subsequence
/// segmentation*, 2009).
fn main_part(blocks: &[Block], chance: &[f64]) -> Range<usize> {
    let (mut best, mut sum, mut start) = ((0.0, 0..blocks.len()), 0.0, 0);
    for (index, (block, chance)) in blocks.iter().zip(chance).enumerate() {
        let text = 1.0 - 2.0 * chance;
        sum += text * if text > 0.0 { 4.0 + f64::from(block.words.min(60)) } else { 10.0 };
        if sum <= 0.0 {
            (sum, start) = (0.0, index + 1);
        } else if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}
