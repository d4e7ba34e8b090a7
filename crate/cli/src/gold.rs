//! Coded rows to evaluate on: real rows, or articles as the written corpus has them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::rows::{self, Row};

/// An article with its paragraphs, as in `seeds/written`.
#[derive(Deserialize)]
struct ArticleLine {
    id: String,
    paragraphs: Vec<ParagraphLine>,
}

#[derive(Deserialize)]
struct ParagraphLine {
    labels: Vec<String>,
    text: String,
}

/// All rows of all files. A line with `"paragraphs"` is an article: its paragraphs are rows `ID/0`, `ID/1`, … of one document,
/// and the file's name is their register, since the articles' own say a new thing in almost each.
pub(crate) fn read(files: &[PathBuf]) -> Result<Vec<Row>> {
    let mut all = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str::<ArticleLine>(line) {
                Ok(article) => all.extend(article_rows(article, &name(path))),
                Err(_) => all.push(
                    rows::parse(line).with_context(|| format!("{}, line {}", path.display(), number + 1))?,
                ),
            }
        }
    }
    Ok(all)
}

/// The file's name without its ending.
pub(crate) fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn article_rows(article: ArticleLine, register: &str) -> impl Iterator<Item = Row> {
    let ArticleLine { id, paragraphs } = article;
    let register = register.to_owned();
    paragraphs.into_iter().enumerate().map(move |(pos, paragraph)| Row {
        id: format!("{id}/{pos}").into(),
        doc: Some(id.clone()),
        pos: Some(pos as u32),
        text: paragraph.text,
        labels: Some(paragraph.labels),
        register: Some(register.clone()),
        ..Row::default()
    })
}
