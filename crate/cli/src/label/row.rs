//! The JSON object of a line: an article, or a paragraph that was split elsewhere. Read is what labelling needs; whatever else
//! stands there may be of any kind.

use std::borrow::Cow;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::rows::Placed;

/// A row of `label --paragraphs`.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: Id,
    doc: Option<String>,
    pos: Option<u32>,
    single: bool,
    text: String,
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

/// Any JSON value, given back as it came, digit by digit.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Id(Option<Box<RawValue>>);

impl Id {
    fn of(raw: Option<&RawValue>) -> Self {
        Id(raw.map(RawValue::to_owned))
    }

    /// As a name: a text without its quotes, anything else as it is written; `None` where there is none.
    pub(super) fn name(&self) -> Option<String> {
        let raw = self.0.as_deref()?;
        // A text that no Unicode can hold, as half of a pair of surrogates, stays as it is written.
        Some(serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned()))
    }
}

/// The fields of an article as they stand.
#[derive(Deserialize)]
struct ArticleFields<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    text: &'l RawValue,
}

/// The fields of a paragraph as they stand.
#[derive(Deserialize)]
struct RowFields<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    doc: Option<&'l RawValue>,
    #[serde(borrow)]
    pos: Option<&'l RawValue>,
    #[serde(borrow)]
    single: Option<&'l RawValue>,
    #[serde(borrow)]
    text: &'l RawValue,
}

const NOT_AN_ARTICLE: &str = "not an article such as {\"id\": …, \"text\": …}";
const NOT_A_ROW: &str = "not a row such as {\"id\": …, \"doc\": …, \"pos\": 0, \"text\": …}";

/// Id and text of an article.
///
/// # Errors
/// When the line is no JSON object with a text `"text"`.
pub(super) fn article(line: &[u8]) -> Result<(Id, Cow<'_, str>)> {
    let read = || -> Result<_> {
        let fields: ArticleFields = fields(utf8(line)?)?;
        Ok((Id::of(fields.id), text(fields.text)?))
    };
    read().context(NOT_AN_ARTICLE)
}

/// A row.
///
/// # Errors
/// When the line is no JSON object with a text `"text"`, or its place is none.
pub(super) fn row(line: &[u8]) -> Result<Row> {
    let read = || -> Result<_> {
        let fields: RowFields = fields(utf8(line)?)?;
        Ok(Row {
            id: Id::of(fields.id),
            doc: fields.doc.map(doc).transpose()?,
            pos: fields.pos.map(pos).transpose()?,
            single: fields.single.is_some_and(|single| single.get() == "true"),
            text: text(fields.text)?.into_owned(),
        })
    };
    read().context(NOT_A_ROW)
}

fn utf8(line: &[u8]) -> Result<&str> {
    std::str::from_utf8(line)
        .map_err(|problem| anyhow!("not UTF-8 (byte {} of the line)", problem.valid_up_to()))
}

fn fields<'l, F: Deserialize<'l>>(line: &'l str) -> Result<F> {
    // An array would pass for an object's values in the order of the fields.
    ensure!(line.trim_start().starts_with('{'), "no JSON object");
    serde_json::from_str(line).map_err(|problem| {
        let column = problem.column();
        anyhow!("{} (column {column})", without_line(&problem))
    })
}

/// To the parser every line is the first.
fn without_line(problem: &serde_json::Error) -> String {
    let problem = problem.to_string();
    problem.split(" at line ").next().unwrap_or_default().to_owned()
}

fn text(raw: &RawValue) -> Result<Cow<'_, str>> {
    /// Borrowed where nothing in it is escaped.
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

    ensure!(raw.get().starts_with('"'), "\"text\" is {}, not a text", kind(raw));
    match serde_json::from_str::<Text>(raw.get()) {
        Ok(text) => Ok(text.0),
        Err(problem) => bail!("\"text\": {}", without_line(&problem)),
    }
}

/// A number is a name too.
fn doc(raw: &RawValue) -> Result<String> {
    match raw.get().as_bytes() {
        [b'"', ..] => value(raw).map_err(|problem| anyhow!("\"doc\": {}", without_line(&problem))),
        [b'-' | b'0'..=b'9', ..] => Ok(raw.get().to_owned()),
        _ => bail!("\"doc\" is {}, not a text or a number", kind(raw)),
    }
}

/// Written with or without a fraction of nothing: tables with gaps give 3.0 for 3.
fn pos(raw: &RawValue) -> Result<u32> {
    let most = f64::from(u32::MAX);
    let whole = |number: &f64| number.fract() == 0.0 && (0.0..=most).contains(number);
    match value::<f64>(raw).ok().filter(whole) {
        Some(number) => Ok(number as u32),
        None => bail!("\"pos\" is {}, not a whole number from 0 to {most}", kind(raw)),
    }
}

fn value<T: DeserializeOwned>(raw: &RawValue) -> serde_json::Result<T> {
    serde_json::from_str(raw.get())
}

/// What a value is, in words.
fn kind(raw: &RawValue) -> &str {
    match raw.get().as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        // A number, true, false or null.
        _ => raw.get(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem<T>(read: Result<T>) -> String {
        format!("{:#}", read.err().expect("refused"))
    }

    #[test]
    fn what_is_not_needed_may_be_anything() {
        let line =
            br#"{"text":"Steel \u0041.","labels":"x","doc":{"a":[1]},"pos":-1,"pos":"twice","id":1.50}"#;
        let (id, text) = article(line).expect("an article");
        assert_eq!((id.name().as_deref(), &*text), (Some("1.50"), "Steel A."));
        let line =
            br#"{"text":"Steel.","source":{},"single":null,"sure":"yes","register":3,"doc":12,"pos":3.0}"#;
        let row = row(line).expect("a row");
        assert_eq!((row.id.name(), row.doc(), row.pos(), row.single()), (None, Some("12"), Some(3), false));
    }

    #[test]
    fn what_is_needed_is_named_where_it_is_wrong() {
        for (line, told) in [
            (r#"{"id":1}"#, "missing field `text`"),
            (r#"{"text":null}"#, "\"text\" is null, not a text"),
            (r#"{"text":["a"]}"#, "\"text\" is an array, not a text"),
            (r#"{"text":"\ud800"}"#, "\"text\": "),
            (r#"["id"]"#, "no JSON object"),
        ] {
            for problem in [problem(article(line.as_bytes())), problem(row(line.as_bytes()))] {
                assert!(problem.contains(told), "{line}: {problem}");
            }
        }
        for (line, told) in [
            (r#"{"text":"a","doc":[]}"#, "\"doc\" is an array, not a text or a number"),
            (r#"{"text":"a","pos":-1}"#, "\"pos\" is -1, not a whole number from 0 to 4294967295"),
            (r#"{"text":"a","pos":1.5}"#, "\"pos\" is 1.5"),
            (r#"{"text":"a","pos":"3"}"#, "\"pos\" is a text"),
        ] {
            let problem = problem(row(line.as_bytes()));
            assert!(problem.starts_with("not a row") && problem.contains(told), "{line}: {problem}");
        }
    }

    #[test]
    fn an_id_is_given_back_as_it_came() {
        for id in ["123456789012345678901234567890", "1.50", "\"caf\\u00e9\"", "null", "[1,  2]"] {
            let line = format!("{{\"text\":\"a\",\"id\": {id} }}");
            let row = row(line.as_bytes()).expect("a row");
            assert_eq!(serde_json::to_string(&row.id).expect("JSON"), id);
        }
        let (id, _) = article(br#"{"text":"a","id":"caf\u00e9"}"#).expect("an article");
        assert_eq!(id.name().as_deref(), Some("café"));
    }
}
