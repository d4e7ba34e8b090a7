//! Rows of pre-split paragraphs: as GOLD files have them, one JSON object a line, and what any such rows make of a document.

use std::collections::HashMap;

use anyhow::{Result, anyhow, ensure};
use leitmotif::{Article, Classifier, Reading};
use serde::Deserialize;

/// A paragraph with its place in a document.
pub(crate) trait Placed {
    /// The document; a row without one stands alone.
    fn doc(&self) -> Option<&str>;
    /// Position in the document; rows without one follow each other.
    fn pos(&self) -> Option<u32>;
    /// Whether it was drawn alone: then its neighbours are unknown, whatever other rows its document has.
    fn single(&self) -> bool;
    fn text(&self) -> &str;
}

/// One coded paragraph.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(crate) struct Row {
    /// A text or a number.
    #[serde(default)]
    pub(crate) id: serde_json::Value,
    /// See [`Placed`].
    #[serde(default)]
    pub(crate) doc: Option<String>,
    #[serde(default)]
    pub(crate) pos: Option<u32>,
    pub(crate) text: String,
    /// Theme ids; absent where nobody coded the row.
    #[serde(default)]
    pub(crate) labels: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) single: bool,
    /// Whether the coder was sure of the labels.
    #[serde(default)]
    pub(crate) sure: Option<bool>,
    /// The data set it is from: `owner/name:path`, or any other name.
    #[serde(default)]
    pub(crate) source: Option<String>,
    /// The kind of text.
    #[serde(default)]
    pub(crate) register: Option<String>,
}

impl Placed for Row {
    fn doc(&self) -> Option<&str> {
        self.doc.as_deref()
    }

    fn pos(&self) -> Option<u32> {
        self.pos
    }

    fn single(&self) -> bool {
        self.single
    }

    fn text(&self) -> &str {
        &self.text
    }
}

const NOT_A_ROW: &str = "not a row such as {\"id\": …, \"doc\": …, \"pos\": 0, \"text\": …, \"labels\": […]}";

/// Reads one line.
pub(crate) fn parse(line: &str) -> Result<Row> {
    // An array would pass for an object's values in the order of the fields.
    ensure!(line.trim_start().starts_with('{'), "{NOT_A_ROW}: no JSON object");
    serde_json::from_str(line).map_err(|problem| {
        let (problem, column) = (problem.to_string(), problem.column());
        // To the parser every line is the first.
        let problem = problem.split(" at line ").next().unwrap_or_default();
        anyhow!("{NOT_A_ROW}: {problem} (column {column})")
    })
}

/// A document: the rows' indices in order of position.
pub(crate) struct Group {
    pub(crate) rows: Vec<usize>,
}

/// Gathers rows into documents, in order of each document's first row.
pub(crate) fn documents(rows: &[impl Placed]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let group = match row.doc() {
            Some(doc) if !row.single() => *known.entry(doc).or_insert(groups.len()),
            _ => groups.len(),
        };
        if group == groups.len() {
            groups.push(Group { rows: Vec::new() });
        }
        groups[group].rows.push(index);
    }
    for group in &mut groups {
        // Stable: rows without a position keep their order.
        group.rows.sort_by_key(|index| rows[*index].pos().unwrap_or(0));
    }
    groups
}

/// The article that a document's rows make.
pub(crate) fn article(rows: &[impl Placed], group: &Group) -> Article<'static> {
    let positions = group.rows.iter().enumerate().map(|(n, index)| rows[*index].pos().unwrap_or(n as u32));
    Article::from_rows(positions.zip(group.rows.iter().map(|index| rows[*index].text())))
}

/// Reads a document's rows; paragraph n of the reading is row `group.rows[n]`.
pub(crate) fn read(classifier: &Classifier, rows: &[impl Placed], group: &Group) -> Reading<'static> {
    classifier.read_article(article(rows, group))
}
