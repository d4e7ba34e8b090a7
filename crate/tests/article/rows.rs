//! Rows of the project's JSON lines: just the fields these tests read.

use std::path::PathBuf;

pub(crate) struct Row {
    pub(crate) doc: String,
    pub(crate) pos: u32,
    pub(crate) text: String,
}

/// The rows of a file; `None` where there is no such file.
pub(crate) fn read(path: &PathBuf) -> Option<Vec<Row>> {
    let lines = std::fs::read_to_string(path).ok()?;
    Some(
        lines
            .lines()
            .map(|line| Row {
                doc: string(line, "doc"),
                pos: after(line, "pos").split([',', '}']).next().unwrap().trim().parse().unwrap(),
                text: string(line, "text"),
            })
            .collect(),
    )
}

/// What follows `"key":`. The keys looked for never stand in a text as `"key":` unescaped.
fn after<'l>(line: &'l str, key: &str) -> &'l str {
    let key = format!("\"{key}\":");
    line.split_once(&key).unwrap_or_else(|| panic!("no {key} in {line}")).1.trim_start()
}

fn string(line: &str, key: &str) -> String {
    let mut chars = after(line, key).strip_prefix('"').unwrap().chars();
    let mut text = String::new();
    loop {
        match chars.next().expect("an unfinished string") {
            '"' => return text,
            '\\' => match chars.next().unwrap() {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'u' => {
                    let code: String = chars.by_ref().take(4).collect();
                    text.extend(char::from_u32(u32::from_str_radix(&code, 16).unwrap()));
                }
                plain => text.push(plain),
            },
            plain => text.push(plain),
        }
    }
}
