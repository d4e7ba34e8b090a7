//! What an evaluation finds, as numbers: printed by [`crate::report`], kept by [`crate::record`].

use std::collections::HashSet;

use leitmotif::{Certainty, Theme};
use serde::{Deserialize, Serialize};

use crate::confusion::{Confusion, confusion};
use crate::groups::{self, Group};
use crate::metrics::{
    Counts, Judged, average_precision, brier_skill, calibration_error, intervals, macro_f1, none_accuracy,
    reliability, right_at_coverage,
};
use crate::rows::Row;

/// A theme counts in a group's macro-F1 from this many codes on: fewer make noise of it.
const LEAST_CODES: usize = 10;

/// All figures of one evaluation; shares and probabilities are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) paragraphs: usize,
    pub(crate) documents: usize,
    /// In the model's order.
    pub(crate) themes: Vec<ThemeFigures>,
    /// Means over the themes; `n` is their sum.
    pub(crate) average: ThemeFigures,
    pub(crate) none: Share,
    /// Clear, likely, unsure.
    pub(crate) certainty: Vec<CertaintyFigures>,
    /// Exactly right among the surest 10 %, …, 100 %.
    pub(crate) right_at_coverage: Vec<f64>,
    /// Ten bins of probability, 0 to 0.1 first.
    pub(crate) reliability: Vec<Bin>,
    pub(crate) groupings: Vec<Grouping>,
    /// One row per theme, then one for no theme.
    pub(crate) confusion: Vec<Confusion>,
}

/// One line of the table of themes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ThemeFigures {
    pub(crate) theme: String,
    /// Paragraphs with the code.
    pub(crate) n: usize,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
    /// Of the F1, 95 %, by document.
    pub(crate) interval: [f64; 2],
    /// Average precision.
    pub(crate) ap: f64,
    /// Krippendorff's.
    pub(crate) alpha: f64,
    /// Expected calibration error.
    pub(crate) ece: f64,
    /// Brier skill.
    pub(crate) skill: f64,
}

/// A share of some paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Share {
    pub(crate) share: f64,
    pub(crate) of: usize,
}

/// One line of the table of verdicts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CertaintyFigures {
    pub(crate) verdict: String,
    /// Share of all paragraphs.
    pub(crate) coverage: f64,
    /// Share of these whose verdict is exactly the codes.
    pub(crate) right: f64,
}

/// A bin of probabilities, all themes together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bin {
    pub(crate) n: usize,
    /// Mean probability.
    pub(crate) said: f64,
    /// Share with the code.
    pub(crate) came_true: f64,
}

/// The paragraphs divided one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grouping {
    /// Divided by what.
    pub(crate) by: String,
    pub(crate) groups: Vec<GroupFigures>,
}

/// One line of a table of groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct GroupFigures {
    pub(crate) group: String,
    pub(crate) paragraphs: usize,
    /// Share of verdicts that are exactly the codes.
    pub(crate) exact: f64,
    /// Over the themes with at least ten codes here; absent where there is none.
    pub(crate) macro_f1: Option<f64>,
    /// How many themes that is.
    pub(crate) themes: usize,
    /// Of the paragraphs without a theme; absent where there is none.
    pub(crate) none: Option<Share>,
}

impl Figures {
    /// `judged` and `rows` are in the same order.
    pub(crate) fn of(judged: &[Judged], rows: &[Row], themes: &[Theme]) -> Figures {
        let t = themes.len();
        let counts: Vec<Counts> = (0..t).map(|theme| Counts::of(judged, theme)).collect();
        let spans = intervals(judged, t);
        let line = |theme: usize| ThemeFigures {
            theme: themes[theme].id.clone(),
            n: counts[theme].support(),
            precision: kept(counts[theme].precision()),
            recall: kept(counts[theme].recall()),
            f1: kept(counts[theme].f1()),
            interval: [kept(spans[theme].0), kept(spans[theme].1)],
            ap: kept(average_precision(judged, theme)),
            alpha: kept(counts[theme].alpha()),
            ece: kept(calibration_error(judged, theme)),
            skill: kept(brier_skill(judged, theme)),
        };
        let lines: Vec<ThemeFigures> = (0..t).map(line).collect();
        let mean = |figure: &dyn Fn(&ThemeFigures) -> f64| {
            kept(lines.iter().map(figure).sum::<f64>() / t.max(1) as f64)
        };
        let average = ThemeFigures {
            theme: "macro-average".to_owned(),
            n: counts.iter().map(|own| own.support()).sum(),
            precision: mean(&|own| own.precision),
            recall: mean(&|own| own.recall),
            f1: kept(macro_f1(&counts)),
            interval: [kept(spans[t].0), kept(spans[t].1)],
            ap: mean(&|own| own.ap),
            alpha: mean(&|own| own.alpha),
            ece: mean(&|own| own.ece),
            skill: mean(&|own| own.skill),
        };
        let certainty = [Certainty::Clear, Certainty::Likely, Certainty::Unsure].map(|certainty| {
            let own = judged.iter().filter(|paragraph| paragraph.certainty == certainty);
            let (right, all) = (own.clone().filter(|paragraph| paragraph.is_exact()).count(), own.count());
            CertaintyFigures {
                verdict: certainty.as_str().to_owned(),
                coverage: kept(all as f64 / judged.len().max(1) as f64),
                right: kept(right as f64 / all.max(1) as f64),
            }
        });
        let groupings = [
            ("source", groups::by_source(rows)),
            ("length", groups::by_length(judged)),
            ("register", groups::by_register(rows)),
        ];
        Figures {
            paragraphs: judged.len(),
            documents: judged.iter().map(|own| own.document).collect::<HashSet<_>>().len(),
            themes: lines,
            average,
            none: none_share(judged),
            certainty: certainty.into(),
            right_at_coverage: right_at_coverage(judged).map(kept).into(),
            reliability: reliability(judged)
                .map(|(n, said, came_true)| Bin { n, said: kept(said), came_true: kept(came_true) })
                .into(),
            groupings: groupings
                .into_iter()
                .filter(|(_, groups)| !groups.is_empty())
                .map(|(by, groups)| Grouping {
                    by: by.to_owned(),
                    groups: groups.iter().map(|group| GroupFigures::of(judged, group, t)).collect(),
                })
                .collect(),
            confusion: confusion(judged, t),
        }
    }
}

impl GroupFigures {
    fn of(judged: &[Judged], group: &Group, themes: usize) -> GroupFigures {
        let own: Vec<Judged> = group.members.iter().map(|index| judged[*index].clone()).collect();
        let counts: Vec<Counts> = (0..themes)
            .map(|theme| Counts::of(&own, theme))
            .filter(|counts| counts.support() >= LEAST_CODES)
            .collect();
        let none = none_share(&own);
        GroupFigures {
            group: group.name.clone(),
            paragraphs: own.len(),
            exact: kept(own.iter().filter(|own| own.is_exact()).count() as f64 / own.len().max(1) as f64),
            macro_f1: (!counts.is_empty()).then(|| kept(macro_f1(&counts))),
            themes: counts.len(),
            none: (none.of > 0).then_some(none),
        }
    }
}

fn none_share(judged: &[Judged]) -> Share {
    let (share, of) = none_accuracy(judged);
    Share { share: kept(share), of }
}

/// As many places as a file of figures needs: what is printed has three.
pub(crate) fn kept(figure: f64) -> f64 {
    (figure * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_counts_only_the_themes_with_enough_codes_in_it() {
        let paragraph = |gold: &[usize], verdict: &[usize]| Judged {
            gold: gold.iter().copied().collect(),
            verdict: verdict.iter().copied().collect(),
            probability: vec![0.5, 0.5],
            certainty: Certainty::Clear,
            words: 20,
            document: 0,
        };
        // Theme 0: ten codes, six found; theme 1: nine codes; two without, one right; then one outside the group.
        let mut judged: Vec<Judged> =
            (0..10).map(|n| paragraph(&[0], if n < 6 { &[0] } else { &[] })).collect();
        judged.extend((0..9).map(|_| paragraph(&[1], &[])));
        judged.extend([paragraph(&[], &[]), paragraph(&[], &[1]), paragraph(&[], &[1])]);
        let group = Group { name: "all but one".to_owned(), members: (0..21).collect() };
        let figures = GroupFigures::of(&judged, &group, 2);
        assert_eq!((figures.paragraphs, figures.themes), (21, 1));
        assert_eq!(figures.macro_f1, Some(0.75));
        assert_eq!(figures.none, Some(Share { share: 0.5, of: 2 }));
        assert_eq!(figures.exact, kept(7.0 / 21.0));
        let only_coded = Group { name: String::new(), members: vec![10] };
        let figures = GroupFigures::of(&judged, &only_coded, 2);
        assert_eq!((figures.macro_f1, figures.none), (None, None));
    }
}
