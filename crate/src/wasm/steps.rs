//! Reading in steps, for a page that must never stand still: split a text, score paragraphs a few at a time, weigh them
//! all, explain one. What has been scored need not be scored again when another paragraph changes. Flat rows of
//! numbers cross the boundary; www/leitmotif.js makes objects of them.

use alloc::vec;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

use super::{Engine, put};
use crate::article::furniture::Block;
use crate::article::kind::{OUTLOOK, Outlook, apart_in_row, kinds, kinds_in_frame};
use crate::article::{Kind, Paragraph, Split, split};
use crate::evidence;
use crate::plain::Units;

#[wasm_bindgen]
impl Engine {
    /// Splits a text in the way at position `split` of [`Split::ALL`]; a position beyond the last one means the first.
    ///
    /// The way used, as such a position, then for each paragraph: start and end in UTF-16 code units, and the bits to set in the
    /// second number of its row of [`glance`](Self::glance): what the layout of the text tells of it.
    pub fn split(&self, text: &str, split: u8) -> Vec<u32> {
        let split = Split::ALL.get(usize::from(split)).copied().unwrap_or_default();
        let (paragraphs, way) = split::paragraphs(text, split);
        let units = Units::of(text);
        let mut row = Vec::with_capacity(1 + 3 * paragraphs.len());
        row.push(way as u32);
        for Paragraph { span, kind, .. } in paragraphs {
            row.extend([units.at(span.start) as u32, units.at(span.end) as u32, apart_in_row(kind)]);
        }
        row
    }

    /// What paragraphs, each on its own, tell of their kinds at a glance: for each a row of numbers for [`kinds`](Self::kinds).
    /// `texts` and `lengths` as for [`score`](Self::score).
    pub fn glance(&self, texts: &str, lengths: &[u32]) -> Vec<u32> {
        parts(texts, lengths).into_iter().flat_map(|text| Outlook::of(text).row()).collect()
    }

    /// The same at a close look, which is needed where the frame of a page is seen among them.
    pub fn look(&self, texts: &str, lengths: &[u32]) -> Vec<u32> {
        parts(texts, lengths).into_iter().flat_map(Block::row).collect()
    }

    /// The kinds (0 body, 1 heading, 2 furniture) of a whole article's paragraphs, from their rows in order: those of
    /// [`glance`](Self::glance) and, where without them the answer is empty, those of [`look`](Self::look) as well.
    pub fn kinds(&self, glances: &[u32], looks: &[u32]) -> Vec<u8> {
        let seen: Vec<_> = glances.chunks_exact(OUTLOOK).map(Outlook::of_row).collect();
        let found = if looks.is_empty() {
            kinds(&seen, true)
        } else {
            Some(kinds_in_frame(&seen, &Block::of_rows(looks), true))
        };
        found.unwrap_or_default().into_iter().map(|kind| kind as u8).collect()
    }

    /// The first stage of paragraphs, each on its own: for each its number of words, then its score for each theme.
    ///
    /// `texts` holds them all, with one character between two; `lengths` says how long each is, in UTF-16 code units.
    pub fn score(&self, texts: &str, lengths: &[u32]) -> Vec<f64> {
        let mut row = Vec::with_capacity(lengths.len() * (1 + self.classifier.themes().len()));
        self.classifier.first_stage(parts(texts, lengths), |words, scores| {
            put(&mut row, &[words as f64]);
            put(&mut row, scores);
        });
        row
    }

    /// The second stage of a whole article, from its paragraphs' rows as [`score`](Self::score) gave them, in order, and
    /// their kinds. For each paragraph: certainty (0 unsure, 1 likely, 2 clear), the runner-up's position or −1, the verdict
    /// as a bit set of positions, then a logit and a probability for each theme. Rows that do not fit the kinds are left out.
    pub fn weigh(&self, rows: &[f64], kinds: &[u8]) -> Vec<f64> {
        let themes = self.classifier.themes().len();
        let fits = kinds.len().min(rows.len() / (1 + themes));
        let mut scores = vec![0.0; fits * themes];
        for (scores, row) in scores.chunks_exact_mut(themes).zip(rows.chunks_exact(1 + themes)) {
            scores.copy_from_slice(&row[1..]);
        }
        let kind = |number: u8| match number {
            0 => Kind::Body,
            1 => Kind::Heading,
            _ => Kind::Furniture,
        };
        let paragraphs: Vec<_> = kinds
            .iter()
            .zip(0..fits as u32)
            .map(|(number, pos)| Paragraph { span: 0..0, kind: kind(*number), pos })
            .collect();
        let mut row = Vec::with_capacity(fits * (3 + 2 * themes));
        self.classifier.second_stage(&paragraphs, &scores, |logit, probability, verdict| {
            let runner_up = verdict.runner_up.map_or(-1.0, |theme| theme as f64);
            put(&mut row, &[f64::from(verdict.certainty as u8), runner_up, f64::from(verdict.themes.bits())]);
            for pair in logit.iter().zip(probability) {
                put(&mut row, &[*pair.0, *pair.1]);
            }
        });
        row
    }

    /// Because of which words the paragraph `text` leans to or from the theme at a position: the bias, then for each word
    /// that counts: start and end in UTF-16 code units, its part of the logit, and 1 where it is in a term. Empty where
    /// there is no such theme. What these leave of the paragraph's logit is its context.
    pub fn words(&self, text: &str, theme: usize) -> Vec<f64> {
        if theme >= self.classifier.themes().len() {
            return Vec::new();
        }
        let units = Units::of(text);
        let mut row = vec![evidence::bias(&self.classifier, theme)];
        for word in evidence::words(&self.classifier, text, theme) {
            let [start, end] = [word.span.start, word.span.end].map(|byte| units.at(byte) as f64);
            put(&mut row, &[start, end, word.logit, f64::from(u8::from(word.term))]);
        }
        row
    }
}

/// Texts that stand in one, a character between two, from their lengths in UTF-16 code units.
#[inline(never)]
fn parts<'t>(texts: &'t str, lengths: &[u32]) -> Vec<&'t str> {
    let mut parts = Vec::with_capacity(lengths.len());
    let mut rest = texts.chars();
    for &length in lengths {
        let length = length as usize;
        let text = rest.as_str();
        let mut end = length;
        // Most texts have a byte for each code unit.
        if !text.as_bytes().get(..length).is_some_and(<[u8]>::is_ascii) {
            let mut units = 0;
            while units < length {
                let Some(character) = rest.next() else { break };
                units += character.len_utf16();
            }
            end = text.len() - rest.as_str().len();
        }
        parts.push(&text[..end]);
        rest = text[end..].chars();
        rest.next();
    }
    parts
}
