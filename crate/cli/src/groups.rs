//! Paragraphs in groups: by where they come from, how long they are, what kind of text they are.

use std::collections::BTreeMap;

use crate::metrics::Judged;
use crate::rows::Row;

/// Groups with a name of their own, at most; what is beyond goes into [`OTHER`].
const MOST: usize = 9;

/// Least share of the rows, in per cent, for a group to have a name of its own.
const LEAST: usize = 1;

/// The small ones together.
const OTHER: &str = "other";

/// What the rows without the field are called.
const UNSAID: &str = "(not said)";

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) name: String,
    /// Indices of the rows, ascending.
    pub(crate) members: Vec<usize>,
}

/// Words of a paragraph: a name, and the most that it may have.
const LENGTHS: [(&str, usize); 4] =
    [("under 15 words", 14), ("15 to 40", 40), ("41 to 80", 80), ("over 80", usize::MAX)];

/// By the words that the engine counted; groups without a paragraph are left out.
pub(crate) fn by_length(judged: &[Judged]) -> Vec<Group> {
    let mut groups = LENGTHS.map(|(name, _)| Group { name: name.to_owned(), members: Vec::new() });
    for (index, paragraph) in judged.iter().enumerate() {
        let group =
            LENGTHS.iter().position(|(_, most)| paragraph.words <= *most).unwrap_or(LENGTHS.len() - 1);
        groups[group].members.push(index);
    }
    groups.into_iter().filter(|group| !group.members.is_empty()).collect()
}

/// By whoever gathered the text: what stands in `source` before its first `/` (a repository's owner), so that two editions of
/// one collection, which share publishers, stand together. A group of one collection only has that one's whole name, up to the
/// `:`. Empty where no row has a source.
pub(crate) fn by_source(rows: &[Row]) -> Vec<Group> {
    let collection = |source: &str| source.split(':').next().unwrap_or_default().to_owned();
    let owner = |source: &str| collection(source).split('/').next().unwrap_or_default().to_owned();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for source in rows.iter().filter_map(|row| row.source.as_deref()) {
        let own = collection(source);
        let name = names.entry(owner(source)).or_insert_with(|| own.clone());
        if *name != own {
            *name = owner(source);
        }
    }
    by_name(rows.iter().map(|row| row.source.as_deref().map(|source| &names[&owner(source)][..])))
}

/// By the field `register`. Empty where no row has one.
pub(crate) fn by_register(rows: &[Row]) -> Vec<Group> {
    by_name(rows.iter().map(|row| row.register.as_deref()))
}

/// The largest first, those of one size by name; then the small ones as [`OTHER`].
fn by_name<'a>(names: impl Iterator<Item = Option<&'a str>>) -> Vec<Group> {
    let names: Vec<Option<&str>> = names.collect();
    if names.iter().all(|name| name.is_none()) {
        return Vec::new();
    }
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        members.entry(name.unwrap_or(UNSAID)).or_default().push(index);
    }
    let mut groups: Vec<Group> =
        members.into_iter().map(|(name, members)| Group { name: name.to_owned(), members }).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.members.len()));
    let large = groups.iter().take(MOST).take_while(|group| group.members.len() * 100 >= names.len() * LEAST);
    let mut rest: Vec<usize> =
        groups.split_off(large.count()).into_iter().flat_map(|own| own.members).collect();
    if !rest.is_empty() {
        rest.sort_unstable();
        match groups.iter_mut().find(|group| group.name == OTHER) {
            Some(other) => {
                other.members.append(&mut rest);
                other.members.sort_unstable();
            }
            None => groups.push(Group { name: OTHER.to_owned(), members: rest }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use leitmotif::{Certainty, Themes};

    use super::*;

    fn of(sources: &[&str]) -> Vec<(String, usize)> {
        let row = |source: &&str| Row {
            source: (!source.is_empty()).then(|| (*source).to_owned()),
            ..Row::default()
        };
        let rows: Vec<Row> = sources.iter().map(row).collect();
        by_source(&rows).into_iter().map(|group| (group.name, group.members.len())).collect()
    }

    #[test]
    fn sources_go_by_owner_and_keep_the_whole_name_where_there_is_one_collection() {
        let sources =
            ["ann/news:a.csv", "ann/news:b.csv", "ben/x21:f", "ben/x22:g", "ben/x22:h", "plain", ""];
        let expected = [("ben", 3), ("ann/news", 2), ("(not said)", 1), ("plain", 1)];
        assert_eq!(of(&sources), expected.map(|(name, n)| (name.to_owned(), n)));
        assert_eq!(of(&["", ""]), []);
    }

    #[test]
    fn small_groups_are_other_and_no_row_is_lost() {
        let names: Vec<String> =
            (0..400).map(|n| if n < 390 { "big".to_owned() } else { format!("s{n}") }).collect();
        let names: Vec<&str> = names.iter().map(|name| &name[..]).collect();
        assert_eq!(of(&names), [("big".to_owned(), 390), ("other".to_owned(), 10)]);
        let many: Vec<String> = (0..40).map(|n| format!("s{:02}", n / 2)).collect();
        let groups = of(&many.iter().map(|name| &name[..]).collect::<Vec<_>>());
        assert_eq!(groups.len(), MOST + 1);
        assert_eq!(groups.iter().map(|(_, n)| n).sum::<usize>(), 40);
    }

    #[test]
    fn lengths_are_cut_where_they_say() {
        let judged: Vec<Judged> = [0, 14, 15, 40, 41, 80, 81, 9000]
            .map(|words| Judged {
                gold: Themes::NONE,
                verdict: Themes::NONE,
                probability: Vec::new(),
                certainty: Certainty::Clear,
                words,
                document: 0,
            })
            .into();
        let groups: Vec<Vec<usize>> = by_length(&judged).into_iter().map(|group| group.members).collect();
        assert_eq!(groups, [[0, 1], [2, 3], [4, 5], [6, 7]]);
    }
}
