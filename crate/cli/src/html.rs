//! Paragraphs of an HTML file, by the rules of the page's walk over pasted blocks: what a browser shows, block by block.

use leitmotif::Article;
use scraper::node::Element;
use scraper::{Html, Node};

/// Reads a document. Whatever the markup, its shown text comes out: the parser is the one browsers follow.
pub(crate) fn article(html: &str) -> Article<'static> {
    let paragraphs = paragraphs(html);
    Article::from_rows((0..).zip(paragraphs.iter().map(String::as_str)))
}

/// The paragraphs shown: white space collapsed, `<br>` as a line feed, the cells of a table row joined by tabs.
fn paragraphs(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let mut walk = Walk::default();
    // Not by recursion: a file may nest its elements as deep as it likes.
    let mut node = document.tree.root();
    loop {
        walk.open(node.value());
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            walk.close(node.value());
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                walk.end_block();
                return walk.shown;
            };
            node = parent;
        }
    }
}

/// Where the walk stands.
#[derive(Default)]
struct Walk {
    /// Elements that are open, from the first that is not shown.
    hidden: usize,
    /// `<pre>` elements that are open.
    preformatted: usize,
    /// The text since the last block began or ended.
    text: String,
    /// Finished paragraphs of the innermost cell, or of the page.
    shown: Vec<String>,
    /// The rows around it, with what came before each, and the paragraphs of their cells.
    rows: Vec<(Vec<String>, Vec<Vec<String>>)>,
}

impl Walk {
    fn open(&mut self, node: &Node) {
        match node {
            Node::Element(element) if self.hidden > 0 || is_hidden(element) => self.hidden += 1,
            Node::Element(element) => match element.name() {
                "br" => self.text.push('\n'),
                "tr" => {
                    self.end_block();
                    self.rows.push((std::mem::take(&mut self.shown), Vec::new()));
                }
                name => {
                    self.preformatted += usize::from(name == "pre");
                    if is_block(element) {
                        self.end_block();
                    }
                }
            },
            Node::Text(text) if self.hidden == 0 => self.push(text),
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match element.name() {
            "td" | "th" => {
                self.end_block();
                let cell = std::mem::take(&mut self.shown);
                match self.rows.last_mut() {
                    Some((_, cells)) => cells.push(cell),
                    None => self.shown = cell,
                }
            }
            "tr" => self.end_row(),
            name => {
                self.preformatted -= usize::from(name == "pre");
                if is_block(element) {
                    self.end_block();
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            // No-break spaces stay.
            if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.text.push(c);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// The text so far as paragraphs: two line feeds end one, as they do where a page is written with `<br><br>`.
    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut lines = Vec::new();
        for line in text.split('\n').chain([""]) {
            if line.chars().any(is_visible) {
                lines.push(line.trim());
            } else if !lines.is_empty() {
                self.shown.push(lines.join("\n"));
                lines.clear();
            }
        }
    }

    /// A row of data is a paragraph; a row that holds whole texts is there for the layout.
    fn end_row(&mut self) {
        self.end_block();
        let stray = std::mem::take(&mut self.shown);
        let Some((before, cells)) = self.rows.pop() else {
            self.shown = stray;
            return;
        };
        self.shown = before;
        self.shown.extend(stray);
        if cells.iter().all(|cell| cell.len() < 2) {
            let row: Vec<_> = cells.into_iter().flatten().collect();
            if !row.is_empty() {
                self.shown.push(row.join("\t"));
            }
        } else {
            self.shown.extend(cells.into_iter().flatten());
        }
    }
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What a browser does not show, and what stands in only where something else cannot be shown.
fn is_hidden(element: &Element) -> bool {
    const HIDDEN: &[&str] = &[
        "head", "script", "style", "noscript", "template", "title", "svg", "audio", "video", "canvas",
        "iframe", "object", "datalist", "select", "textarea", "rp",
    ];
    HIDDEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || styled(element, &["display:none", "visibility:hidden"])
        || (element.name() == "dialog" && element.attr("open").is_none())
}

fn is_block(element: &Element) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "ul",
        "xmp",
    ];
    BLOCKS.contains(&element.name()) || styled(element, &["display:block", "display:flex", "display:grid"])
}

fn styled(element: &Element, declarations: &[&str]) -> bool {
    element.attr("style").is_some_and(|style| {
        let style: String = style.split_ascii_whitespace().collect::<String>().to_ascii_lowercase();
        style.split(';').any(|declaration| {
            let declaration = declaration.strip_suffix("!important").unwrap_or(declaration);
            declarations.contains(&declaration)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn visible(text: &str) -> String {
        text.chars().filter(|&c| is_visible(c)).collect()
    }

    /// Where paragraphs begin, counted in visible characters, less the first.
    fn boundaries(paragraphs: &[String]) -> Vec<usize> {
        let mut at = 0;
        let starts = paragraphs.iter().map(|text| (at, at += visible(text).chars().count()).0);
        starts.skip(1).collect()
    }

    #[test]
    fn golden_html_is_read_block_by_block() {
        let rows = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/pastes/html.jsonl");
        let rows = std::fs::read_to_string(rows).expect("the golden pastes");
        let (mut both, mut found, mut wanted, mut pastes) = (0, 0, 0, 0);
        for row in rows.lines() {
            let paste: Value = serde_json::from_str(row).expect("a paste");
            let judged = paste["paragraphs"].as_array().expect("paragraphs");
            let judged: Vec<_> = judged.iter().map(|text| text.as_str().expect("text").to_owned()).collect();
            let read = paragraphs(paste["html"].as_str().expect("html"));
            assert_eq!(visible(&read.concat()), visible(&judged.concat()), "{}: text is lost", paste["id"]);
            let (a, b) = (boundaries(&read), boundaries(&judged));
            let here = a.iter().filter(|place| b.contains(place)).count();
            if here < a.len().max(b.len()) {
                println!("{}: {here} of {} found and {} judged\n{read:#?}", paste["id"], a.len(), b.len());
            }
            (both, found, wanted, pastes) = (both + here, found + a.len(), wanted + b.len(), pastes + 1);
        }
        let f1 = 2.0 * both as f64 / (found + wanted) as f64;
        println!("html: {pastes} pastes, {wanted} boundaries, F1 {f1:.4}");
        assert!(pastes >= 20 && f1 >= 0.97, "boundary F1 {f1}");
    }

    #[test]
    fn any_markup_is_read() {
        assert_eq!(paragraphs(""), Vec::<String>::new());
        assert_eq!(paragraphs("a < b & c</p></td></x>"), ["a < b & c"]);
        assert_eq!(paragraphs("<p>One<p>Two<br>lines<br>&nbsp;<br>Three"), ["One", "Two\nlines", "Three"]);
        assert_eq!(paragraphs("<table><tr><td>1<td> <td>2</table>3"), ["1\t2", "3"]);
        let layout =
            "<table><tr><td><p>Menu</p></td><td><p>One</p><table><tr><td>1<td>2</table></td></tr></table>";
        assert_eq!(paragraphs(layout), ["Menu", "One", "1\t2"]);
        let deep = format!("{}deep{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
        assert_eq!(paragraphs(&deep), ["deep"]);
    }
}
