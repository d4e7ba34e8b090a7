//! The codebook for the page: seeds/codebook.md as data, with an example and the strongest words of each theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use leitmotif::{Certainty, Classifier, weighting};
use serde_json::{Value, json};

use crate::project::{Project, list, read, write};

/// Words listed for a theme.
const WORDS: usize = 40;
/// Examples of a theme, each of another article.
const EXAMPLES: usize = 2;
/// Words of an example: enough to say something, few enough to be read at a glance.
const EXAMPLE_WORDS: std::ops::RangeInclusive<usize> = 14..=34;

/// Writes target/codebook.json and says where it is; nothing where the project has no codebook.
///
/// `{ themes: { ID: { definition, yes: […], no: […], rulings: […], examples: […], words: […] } } }`: a ruling stands with
/// every theme that it names; the examples are paragraphs of seeds/written with this theme alone; the words are
/// those of the glossary and the lexicon to which the model gives most weight.
///
/// # Errors
/// When a file of seeds/ cannot be read or is not in its format.
pub(crate) fn build(project: &Project) -> Result<Option<PathBuf>> {
    let source = project.root().join("seeds/codebook.md");
    if !source.is_file() {
        return Ok(None);
    }
    let text = String::from_utf8(read(&source)?).context("seeds/codebook.md is not UTF-8")?;
    let classifier = Classifier::embedded();
    let ids: Vec<&str> = classifier.themes().iter().map(|theme| &theme.id[..]).collect();
    let examples = examples(project, classifier)?;
    let words = strongest(classifier, &terms(project)?);
    let rulings = rulings(&text);
    let mut themes = BTreeMap::new();
    for (position, id) in ids.iter().enumerate() {
        let section =
            section(&text, id).with_context(|| format!("seeds/codebook.md has no section on {id}"))?;
        let [definition, yes, no] = rules(section).with_context(|| {
            format!("seeds/codebook.md: the section on {id} is not a definition, then Yes: …, then No: …")
        })?;
        let about: Vec<&String> = rulings.iter().filter(|ruling| names(ruling, id)).collect();
        let entry = json!({
            "definition": definition, "yes": clauses(&yes), "no": clauses(&no), "rulings": about,
            "examples": examples[position], "words": words[position],
        });
        themes.insert(*id, entry);
    }
    let destination = project.target("codebook.json");
    let bytes = serde_json::to_vec(&json!({ "themes": themes }))?;
    if fs::read(&destination).ok().as_ref() != Some(&bytes) {
        write(&destination, &bytes)?;
    }
    Ok(Some(destination))
}

/// What stands below the heading `## ID`, up to the next one.
fn section<'t>(text: &'t str, heading: &str) -> Option<&'t str> {
    text.split("\n## ").find_map(|part| part.strip_prefix(heading)?.strip_prefix('\n'))
}

/// Definition, Yes and No, each as one line.
fn rules(section: &str) -> Option<[String; 3]> {
    let mut paragraphs = section.split("\n\n").map(one_line).filter(|paragraph| !paragraph.is_empty());
    let definition = paragraphs.next()?;
    let yes = paragraphs.next()?.strip_prefix("Yes: ")?.to_owned();
    let no = paragraphs.next()?.strip_prefix("No: ")?.to_owned();
    Some([definition, yes, no])
}

/// The numbered list of boundary rulings, without the numbers.
fn rulings(text: &str) -> Vec<String> {
    let list = section(text, "Boundary rulings").unwrap_or_default();
    let mut rulings: Vec<String> = Vec::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.split_once(". ") {
            Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                rulings.push(rest.to_owned())
            }
            _ => rulings.iter_mut().next_back().into_iter().for_each(|last| *last += &format!(" {line}")),
        }
    }
    rulings
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a list, which semicolons separate.
fn clauses(list: &str) -> Vec<&str> {
    list.trim_end_matches('.').split("; ").collect()
}

fn names(ruling: &str, id: &str) -> bool {
    ruling.match_indices(id).any(|(at, _)| {
        let letter = |c: char| c.is_alphanumeric() || c == '-';
        !ruling[..at].ends_with(letter) && !ruling[at + id.len()..].starts_with(letter)
    })
}

/// For each theme the paragraphs of seeds/written that have it alone and of which the model is most sure.
fn examples(project: &Project, classifier: &Classifier) -> Result<Vec<Vec<String>>> {
    let mut found: Vec<Vec<(f64, String)>> = vec![Vec::new(); classifier.themes().len()];
    for path in list(&project.root().join("seeds/written"))? {
        let text =
            String::from_utf8(read(&path)?).with_context(|| format!("{} is not UTF-8", path.display()))?;
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{}, line {}", path.display(), number + 1);
            let article: Value = serde_json::from_str(line).with_context(place)?;
            let mut best: Vec<Option<(f64, String)>> = vec![None; found.len()];
            for paragraph in article["paragraphs"].as_array().with_context(place)? {
                let text = paragraph["text"].as_str().with_context(place)?;
                let [label] = &paragraph["labels"].as_array().with_context(place)?[..] else { continue };
                let Some(theme) = classifier.themes().iter().position(|theme| *label == *theme.id) else {
                    continue;
                };
                if !EXAMPLE_WORDS.contains(&text.split_whitespace().count()) || !text.ends_with('.') {
                    continue;
                }
                let reading = classifier.read(text);
                let [read] = &reading.paragraphs[..] else { continue };
                let alone = read.verdict.themes.len() == 1 && read.verdict.themes.contains(theme);
                let better = best[theme].as_ref().is_none_or(|(chance, _)| read.probability[theme] > *chance);
                if alone && read.verdict.certainty == Certainty::Clear && better {
                    best[theme] = Some((read.probability[theme], text.to_owned()));
                }
            }
            found.iter_mut().zip(best).for_each(|(found, best)| found.extend(best));
        }
    }
    for examples in &mut found {
        examples.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        examples.truncate(EXAMPLES);
    }
    Ok(found.into_iter().map(|examples| examples.into_iter().map(|(_, text)| text).collect()).collect())
}

/// The single words among the terms of the glossary and of the lexicon.
fn terms(project: &Project) -> Result<BTreeSet<String>> {
    let mut terms = BTreeSet::new();
    for file in ["seeds/glossary.tsv", "seeds/lexicon.tsv", "seeds/lexicon-further.tsv"] {
        let text = String::from_utf8(read(&project.root().join(file))?)
            .with_context(|| format!("{file} is not UTF-8"))?;
        let words = text.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_lowercase);
        terms.extend(words.filter(|word| !word.contains(' ') && !word.is_empty()));
    }
    ensure!(!terms.is_empty(), "seeds/glossary.tsv and seeds/lexicon.tsv hold no word");
    Ok(terms)
}

/// For each theme the words that add most to its score, wherever they stand; of several forms the strongest one.
fn strongest(classifier: &Classifier, terms: &BTreeSet<String>) -> Vec<Vec<String>> {
    // Two words that mean nothing keep the term from the paragraph's edges, which are features too.
    let between = |term: &str| format!("qzx {term} qzx");
    let frame = classifier.scores(&between(""));
    let mut weighed: Vec<(Vec<f64>, &String)> = terms
        .iter()
        .map(|term| {
            let scores = classifier.scores(&between(term));
            // Without the damping, which depends on the paragraph's length alone.
            let damping = f64::from(weighting::damping(3));
            (scores.iter().zip(&frame).map(|(score, empty)| (score - empty) / damping).collect(), term)
        })
        .collect();
    (0..classifier.themes().len())
        .map(|theme| {
            weighed.sort_by(|a, b| b.0[theme].total_cmp(&a.0[theme]).then_with(|| a.1.cmp(b.1)));
            let mut chosen: Vec<&String> = Vec::new();
            for (scores, term) in &weighed {
                let form = |other: &&String| {
                    term.contains(&other[..]) || other.contains(&term[..]) || stem(term) == stem(other)
                };
                if chosen.len() == WORDS || scores[theme] <= 0.0 {
                    break;
                }
                if !chosen.iter().any(form) {
                    chosen.push(term);
                }
            }
            chosen.into_iter().cloned().collect()
        })
        .collect()
}

/// The first six letters: enough to tell forms of one word from other words in a list that people read.
fn stem(word: &str) -> &str {
    word.char_indices().nth(6).map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn sections_rules_and_rulings_are_read() {
        let text = "# Codebook\n\n## sea\n\nSalt\nwater.\n\nYes: waves; tides.\n\nNo: soup.\n\n## Boundary rulings\n\n\
                    1. A beach: sea and\n   land.\n2. An undersea cable: none.\n\n## Agreement\n\nReport.\n";
        assert_eq!(rules(section(text, "sea").unwrap()).unwrap(), ["Salt water.", "waves; tides.", "soup."]);
        assert_eq!(rulings(text), ["A beach: sea and land.", "An undersea cable: none."]);
        assert_eq!(clauses("waves; tides."), ["waves", "tides"]);
        assert!(names("A beach: sea and land.", "sea") && !names("An undersea cable: none.", "sea"));
        assert_eq!(section(text, "sky"), None);
    }

    #[test]
    fn the_codebook_of_the_project_has_everything_for_every_theme() {
        let project = Project::find().unwrap();
        let bytes = read(&build(&project).unwrap().unwrap()).unwrap();
        let codebook: Value = serde_json::from_slice(&bytes).unwrap();
        for theme in Classifier::embedded().themes() {
            let entry = &codebook["themes"][&theme.id];
            assert_eq!(entry["definition"], *theme.definition);
            for (part, least) in
                [("yes", 5), ("no", 2), ("rulings", 3), ("examples", EXAMPLES), ("words", WORDS)]
            {
                let found = entry[part].as_array().unwrap().len();
                assert!(found >= least, "{}: {part} {found}", theme.id);
            }
        }
    }

    #[test]
    fn a_project_without_a_codebook_has_none() {
        let scratch = Scratch::new();
        assert_eq!(build(&Project::at(&scratch.0)).unwrap(), None);
    }
}
