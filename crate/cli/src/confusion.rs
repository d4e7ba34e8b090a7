//! Confusion between themes where a paragraph may have several.

use leitmotif::Themes;
use serde::{Deserialize, Serialize};

use crate::metrics::Judged;

/// What the verdicts say of the paragraphs with one code. A paragraph with several codes is counted in the row of each of them.
///
/// A row of a theme: `found` are the paragraphs whose verdict has the theme. All others miss it, and are counted by what stands
/// there instead: once under each theme of the verdict that is not among the codes (so under two, where there are two); under
/// `nothing` if the verdict is empty; under `part` if the verdict holds other codes of the paragraph and nothing wrong. The
/// columns of a row may therefore add up to more than `paragraphs`.
///
/// The row of the paragraphs without a code: `found` are those whose verdict is empty; the others are counted under each theme of
/// the verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Confusion {
    /// Paragraphs with the code.
    pub(crate) paragraphs: usize,
    pub(crate) found: usize,
    /// One number per theme.
    pub(crate) instead: Vec<usize>,
    pub(crate) nothing: usize,
    pub(crate) part: usize,
}

/// One row per theme, then one for the paragraphs without a code.
pub(crate) fn confusion(judged: &[Judged], themes: usize) -> Vec<Confusion> {
    let empty = Confusion { instead: vec![0; themes], ..Confusion::default() };
    let mut table = vec![empty; themes + 1];
    for Judged { gold, verdict, .. } in judged {
        let rows: Vec<usize> = if gold.is_empty() { vec![themes] } else { gold.iter().collect() };
        for row in rows {
            let own = &mut table[row];
            own.paragraphs += 1;
            let found = if row == themes { verdict.is_empty() } else { verdict.contains(row) };
            let wrong: Themes = verdict.iter().filter(|theme| !gold.contains(*theme)).collect();
            if found {
                own.found += 1;
            } else if verdict.is_empty() {
                own.nothing += 1;
            } else if wrong.is_empty() {
                own.part += 1;
            }
            if !found {
                wrong.iter().for_each(|theme| own.instead[theme] += 1);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use leitmotif::Certainty;

    use super::*;

    #[test]
    fn each_miss_is_counted_by_what_stands_instead() {
        let pairs: [(&[usize], &[usize]); 7] = [
            (&[0], &[0]),
            (&[0], &[1]),
            (&[0], &[1, 2]),
            (&[0], &[]),
            // The first code is missed, the second found.
            (&[0, 1], &[1]),
            (&[], &[2]),
            (&[], &[]),
        ];
        let set = |positions: &[usize]| positions.iter().copied().collect();
        let judged = pairs.map(|(gold, verdict)| Judged {
            gold: set(gold),
            verdict: set(verdict),
            probability: Vec::new(),
            certainty: Certainty::Clear,
            words: 1,
            document: 0,
        });
        let row = |paragraphs, found, instead: [usize; 3], nothing, part| Confusion {
            paragraphs,
            found,
            instead: instead.to_vec(),
            nothing,
            part,
        };
        let expected = [
            row(5, 1, [0, 2, 1], 1, 1),
            row(1, 1, [0; 3], 0, 0),
            row(0, 0, [0; 3], 0, 0),
            row(2, 1, [0, 0, 1], 0, 0),
        ];
        assert_eq!(confusion(&judged, 3), expected);
    }
}
