//! The seeds: everything the model is grown from, read in a fixed order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use leitmotif::{Glossary, Theme, Themes};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What `leitmotif train` reads, and nothing else.
pub(crate) struct Seeds {
    pub(crate) themes: Vec<Theme>,
    pub(crate) glossary: Glossary,
    pub(crate) documents: Vec<Document>,
    /// (file below seeds/, SHA-256 in hexadecimal), in reading order.
    pub(crate) hashes: Vec<(String, String)>,
}

/// An article for training: paragraphs in order.
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) paragraphs: Vec<Coded>,
}

/// A paragraph with its codes.
pub(crate) struct Coded {
    pub(crate) pos: u32,
    pub(crate) text: String,
    pub(crate) themes: Themes,
}

#[derive(Deserialize)]
struct WrittenArticle {
    id: String,
    paragraphs: Vec<WrittenParagraph>,
}

#[derive(Deserialize)]
struct WrittenParagraph {
    labels: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct ThemeEntry {
    id: String,
    names: serde_json::Map<String, serde_json::Value>,
    definition: String,
}

impl Seeds {
    /// Reads `themes.json`, `glossary.tsv` and `written/*.jsonl` below `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Seeds> {
        let mut hashes = Vec::new();
        let mut read = |name: &str| -> Result<String> {
            let path = folder.join(name);
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            hashes.push((name.to_owned(), hex(&Sha256::digest(&text))));
            Ok(text)
        };
        let themes = parse_themes(&read("themes.json")?).context("in seeds/themes.json")?;
        let glossary = parse_glossary(&read("glossary.tsv")?, &themes).context("in seeds/glossary.tsv")?;
        let mut documents = Vec::new();
        for name in jsonl_files(&folder.join("written"))? {
            let text = read(&format!("written/{name}"))?;
            for (number, line) in text.lines().enumerate() {
                let document = parse_written(line, &themes)
                    .with_context(|| format!("in seeds/written/{name}, line {}", number + 1))?;
                documents.push(document);
            }
        }
        Ok(Seeds { themes, glossary, documents, hashes })
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The set of themes that `ids` name.
pub(crate) fn themes_of<S: AsRef<str>>(ids: impl IntoIterator<Item = S>, themes: &[Theme]) -> Result<Themes> {
    let mut set = Themes::NONE;
    for id in ids {
        match themes.iter().position(|theme| theme.id == id.as_ref()) {
            Some(position) => set.insert(position),
            None => bail!("unknown theme {:?}: the themes are {}", id.as_ref(), id_list(themes)),
        }
    }
    Ok(set)
}

/// The ids with commas between.
pub(crate) fn id_list(themes: &[Theme]) -> String {
    themes.iter().map(|theme| &theme.id[..]).collect::<Vec<_>>().join(", ")
}

fn jsonl_files(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    let jsonl = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let mut names: Vec<String> =
        jsonl.filter_map(|path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned)).collect();
    names.sort();
    Ok(names)
}

fn parse_themes(json: &str) -> Result<Vec<Theme>> {
    let entries: Vec<ThemeEntry> = serde_json::from_str(json)?;
    entries
        .into_iter()
        .map(|entry| {
            let names = entry.names.into_iter().map(|(tag, name)| match name {
                serde_json::Value::String(name) => Ok((tag, name)),
                other => bail!("theme {:?}: the name in {tag:?} is {other}, not a text", entry.id),
            });
            Ok(Theme { names: names.collect::<Result<_>>()?, id: entry.id, definition: entry.definition })
        })
        .collect()
}

fn parse_glossary(table: &str, themes: &[Theme]) -> Result<Glossary> {
    let mut terms = Vec::new();
    for (number, line) in table.lines().enumerate().skip(1) {
        let Some((term, ids)) = line.split_once('\t') else { bail!("line {}: no tab", number + 1) };
        let set = match ids {
            "none" => Themes::NONE,
            ids => themes_of(ids.split_ascii_whitespace(), themes)
                .with_context(|| format!("line {}", number + 1))?,
        };
        terms.push((term, set.bits()));
    }
    Ok(Glossary::new(terms))
}

fn parse_written(line: &str, themes: &[Theme]) -> Result<Document> {
    let article: WrittenArticle = serde_json::from_str(line)?;
    let paragraphs = article.paragraphs.into_iter().enumerate().map(|(pos, paragraph)| {
        let themes =
            themes_of(&paragraph.labels, themes).with_context(|| format!("paragraph {}", pos + 1))?;
        Ok(Coded { pos: pos as u32, text: paragraph.text, themes })
    });
    Ok(Document { paragraphs: paragraphs.collect::<Result<_>>()?, id: article.id })
}
