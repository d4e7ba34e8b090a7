//! The seeds: everything the model is grown from, read in a fixed order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use leitmotif::{Glossary, Theme, Themes};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::counted::{self, CountedParagraph};
use crate::prior::Entry;

/// The real paragraphs as counts, below the folder of the seeds.
pub(crate) const COUNTED: &str = "counted/real.safetensors";

/// What `leitmotif train` reads, and nothing else.
pub(crate) struct Seeds {
    pub(crate) themes: Vec<Theme>,
    pub(crate) glossary: Glossary,
    /// Terms that the engine matches.
    pub(crate) terms: Vec<Entry>,
    /// Graded words and pairs of words.
    pub(crate) lexicon: Vec<Entry>,
    /// More of them, rarer ones, written later.
    pub(crate) further: Vec<Entry>,
    pub(crate) documents: Vec<Document>,
    pub(crate) counted: Vec<CountedParagraph>,
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
    /// Reads `themes.json`, `glossary.tsv`, `lexicon.tsv`, `lexicon-further.tsv`, `written/*.jsonl` and `counted/real.safetensors` below `folder`.
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
        let terms = parse_entries(&read("glossary.tsv")?, &themes).context("in seeds/glossary.tsv")?;
        let lexicon = parse_entries(&read("lexicon.tsv")?, &themes).context("in seeds/lexicon.tsv")?;
        let further =
            parse_entries(&read("lexicon-further.tsv")?, &themes).context("in seeds/lexicon-further.tsv")?;
        let glossary = glossary_of(&terms);
        let mut documents = Vec::new();
        for name in jsonl_files(&folder.join("written"))? {
            let text = read(&format!("written/{name}"))?;
            for (number, line) in text.lines().enumerate() {
                let document = parse_written(line, &themes)
                    .with_context(|| format!("in seeds/written/{name}, line {}", number + 1))?;
                documents.push(document);
            }
        }
        let path = folder.join(COUNTED);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let counted = counted::from_bytes(&bytes).with_context(|| format!("in {}", path.display()))?;
        hashes.push((COUNTED.to_owned(), hex(&Sha256::digest(&bytes))));
        Ok(Seeds { themes, glossary, terms, lexicon, further, documents, counted, hashes })
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

/// The names of the .jsonl files in a folder, in order.
pub(crate) fn jsonl_files(folder: &Path) -> Result<Vec<String>> {
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

/// Lines of term, themes (`none` for none) and, where there is a third column, grade; after a heading.
fn parse_entries(table: &str, themes: &[Theme]) -> Result<Vec<Entry>> {
    let entry = |(number, line): (usize, &str)| {
        let place = || format!("line {}", number + 1);
        let mut cells = line.split('\t');
        let (Some(term), Some(ids)) = (cells.next(), cells.next()) else { bail!("{}: no tab", place()) };
        let set = match ids {
            "none" => Themes::NONE,
            ids => themes_of(ids.split_ascii_whitespace(), themes).with_context(place)?,
        };
        let grade = cells.next().map_or(Ok(1.0), str::parse).with_context(place)?;
        Ok(Entry { term: term.to_owned(), themes: set, grade })
    };
    table.lines().enumerate().skip(1).map(entry).collect()
}

fn glossary_of(terms: &[Entry]) -> Glossary {
    Glossary::new(terms.iter().map(|entry| (&entry.term[..], entry.themes.bits())))
}

/// The themes and the glossary alone: what counting needs.
pub(crate) fn themes_and_glossary(folder: &Path) -> Result<(Vec<Theme>, Glossary)> {
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("cannot read {name}"));
    let themes = parse_themes(&read("themes.json")?).context("in seeds/themes.json")?;
    let glossary =
        glossary_of(&parse_entries(&read("glossary.tsv")?, &themes).context("in seeds/glossary.tsv")?);
    Ok((themes, glossary))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The project's own seeds, four parts of them: themes, glossary, lexicon and the folders below.
    fn project_seeds() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
    }

    #[test]
    fn training_reads_nothing_but_its_own_parts() {
        let folder = std::env::temp_dir().join(format!("leitmotif-seeds-{}", std::process::id()));
        fs::create_dir_all(folder.join("counted")).unwrap();
        fs::create_dir_all(folder.join("written")).unwrap();
        let names =
            ["themes.json", "glossary.tsv", "lexicon.tsv", "lexicon-further.tsv", COUNTED].map(str::to_owned);
        let written = jsonl_files(&project_seeds().join("written")).unwrap();
        for name in names.into_iter().chain(written.iter().map(|name| format!("written/{name}"))) {
            fs::copy(project_seeds().join(&name), folder.join(&name)).unwrap();
        }
        // No articles/, no gold/, no codebook: what is left gives the same seeds to the last hash.
        let alone = Seeds::read(&folder).unwrap();
        let whole = Seeds::read(&project_seeds()).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(alone.hashes, whole.hashes);
        assert_eq!(alone.documents.len(), whole.documents.len());
    }

    #[test]
    fn every_theme_has_its_section_in_the_codebook() {
        let codebook = fs::read_to_string(project_seeds().join("codebook.md")).unwrap();
        let themes = parse_themes(&fs::read_to_string(project_seeds().join("themes.json")).unwrap()).unwrap();
        for theme in themes {
            assert!(codebook.contains(&format!(
                "\n## {}\n\n{}",
                theme.id,
                theme.definition.split(',').next().unwrap()
            )));
        }
    }

    #[test]
    fn an_unknown_theme_is_named_with_its_line() {
        let themes = vec![Theme { id: "sea".to_owned(), names: Vec::new(), definition: String::new() }];
        let problem = parse_entries("term\tthemes\nsalt water\tsea\nclouds\tsky\n", &themes).unwrap_err();
        let problem = format!("{problem:#}");
        assert!(
            problem.contains("line 3") && problem.contains("\"sky\"") && problem.contains("sea"),
            "{problem}"
        );
    }
}
