//! Paragraphs of an HTML file, by the rules of the page's walk over pasted blocks: what a browser shows, block by block.

use std::cell::Cell;

use anyhow::{Result, ensure};
use attributes::OpenTag;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{Attribute, TokenizerResult};
use leitmotif::Article;
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

// With its path, since a fuzz target takes this file in as it stands.
#[path = "html/attributes.rs"]
mod attributes;

/// Elements nested deeper are refused. The parser looks through all that are open at every tag; browsers give up at 512.
const DEEPEST: usize = 3000;
/// Tags with more attributes are refused. The parser compares each with all others; pages have some dozen in a tag.
const MOST_ATTRIBUTES: usize = 2000;

/// Reads a document. Whatever the markup, its shown text comes out: the parser is the one browsers follow.
///
/// # Errors
/// When the markup would take more time or memory than its size warrants.
pub(crate) fn article(html: &str) -> Result<Article<'static>> {
    let paragraphs = paragraphs(html)?;
    Ok(Article::from_rows((0..).zip(paragraphs.iter().map(String::as_str))))
}

/// Parses piece by piece, to stop where markup explodes: a few hundred bytes nest no deeper than that.
fn parse(html: &str) -> Result<Html> {
    const PIECE: usize = 256;
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), Default::default());
    let tokenizer = Tokenizer::new(Shown { builder, tokens: Cell::new(0) }, Default::default());
    let (mut at, mut known, mut tag) = (0, 0, OpenTag::new());
    while at < html.len() {
        let rest = &html[at..];
        let most = rest.len().min(PIECE);
        let end = (most..).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let end = match rest[..end].find('<') {
            Some(0) => 1,
            Some(sign) => sign,
            None => end,
        };
        let told = tokenizer.sink.tokens.get();
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(&rest[..end]));
        // A script or a declared encoding stops it; nothing is run or decoded here.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        let attributes = tag.follow(&rest[..end], tokenizer.sink.tokens.get() > told);
        ensure!(attributes <= MOST_ATTRIBUTES, "a tag has more than {MOST_ATTRIBUTES} attributes");
        at += end;
        let document = tokenizer.sink.builder.sink.0.borrow();
        let nodes = document.tree.nodes().len();
        let depth = |node: ego_tree::NodeRef<Node>| node.ancestors().take(DEEPEST + 1).count();
        let deepest = document.tree.nodes().rev().take(nodes - known).map(depth).max().unwrap_or(0);
        ensure!(deepest <= DEEPEST, "elements nest deeper than {DEEPEST}, which no browser would show");
        // A tag has three bytes. Formatting that is never closed is made anew in every paragraph.
        ensure!(nodes <= 1000 + 4 * at, "unclosed formatting makes more elements than the file has tags");
        known = nodes;
    }
    tokenizer.end();
    Ok(tokenizer.sink.builder.sink.finish())
}

/// Builds the tree, counts the tokens, and leaves of the attributes what is read of them. The tree builder compares those of each
/// formatting element with those of all that are open, and keeps three of a kind: so there are few kinds.
struct Shown<Sink: TreeSink> {
    builder: TreeBuilder<Sink::Handle, Sink>,
    tokens: Cell<usize>,
}

/// An attribute without what is not read, by the walk or by the tree builder; `None` where nothing is.
fn read_of(mut attribute: Attribute) -> Option<Attribute> {
    attribute.value = match &*attribute.name.local {
        "style" => {
            let read = [HIDDEN_STYLES, BLOCK_STYLES].concat().into_iter();
            let read: Vec<_> =
                read.filter(|declaration| declares(&attribute.value, &[*declaration])).collect();
            if read.is_empty() {
                return None;
            }
            read.join(";").into()
        }
        // By their presence; the last three end SVG and MathML.
        "hidden" | "open" | "color" | "face" | "size" => StrTendril::new(),
        // Hidden fields in tables, and HTML within MathML.
        "type" | "encoding" => attribute.value,
        _ => return None,
    };
    Some(attribute)
}

impl<Sink: TreeSink> TokenSink for Shown<Sink> {
    type Handle = Sink::Handle;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<Sink::Handle> {
        if let Token::TagToken(tag) = &mut token {
            tag.attrs = std::mem::take(&mut tag.attrs).into_iter().filter_map(read_of).collect();
        }
        // An error is told of within a tag too.
        self.tokens.set(self.tokens.get() + usize::from(!matches!(token, Token::ParseError(_))));
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The paragraphs shown: white space collapsed, `<br>` as a line feed, the cells of a table row joined by tabs.
fn paragraphs(html: &str) -> Result<Vec<String>> {
    let document = parse(html)?;
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
                return Ok(walk.shown);
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

/// As [`Article::split`] has it.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What a browser does not show, and what stands in only where something else cannot be shown.
fn is_hidden(element: &Element) -> bool {
    const HIDDEN: &[&str] = &[
        "head", "script", "style", "noscript", "template", "title", "svg", "audio", "video", "canvas",
        "iframe", "object", "datalist", "select", "textarea", "rp",
    ];
    HIDDEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || styled(element, HIDDEN_STYLES)
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
    BLOCKS.contains(&element.name()) || styled(element, BLOCK_STYLES)
}

const HIDDEN_STYLES: &[&str] = &["display:none", "visibility:hidden"];
const BLOCK_STYLES: &[&str] = &["display:block", "display:flex", "display:grid"];

fn styled(element: &Element, declarations: &[&str]) -> bool {
    element.attr("style").is_some_and(|style| declares(style, declarations))
}

/// Whether a style has one of the declarations.
fn declares(style: &str, declarations: &[&str]) -> bool {
    let style: String = style.split_ascii_whitespace().collect::<String>().to_ascii_lowercase();
    style.split(';').any(|declaration| {
        let declaration = declaration.strip_suffix("!important").unwrap_or(declaration);
        declarations.contains(&declaration)
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
            let read = paragraphs(paste["html"].as_str().expect("html")).expect("sound markup");
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

    fn read(html: &str) -> Vec<String> {
        paragraphs(html).expect("markup that does not explode")
    }

    #[test]
    fn any_markup_is_read() {
        assert_eq!(read(""), Vec::<String>::new());
        assert_eq!(read("a < b & c</p></td></x>"), ["a < b & c"]);
        assert_eq!(read("<p>One<p>Two<br>lines<br>&nbsp;<br>Three"), ["One", "Two\nlines", "Three"]);
        assert_eq!(read("<table><tr><td>1<td> <td>2</table>3"), ["1\t2", "3"]);
        let layout =
            "<table><tr><td><p>Menu</p></td><td><p>One</p><table><tr><td>1<td>2</table></td></tr></table>";
        assert_eq!(read(layout), ["Menu", "One", "1\t2"]);
        let deep = format!("{}deep{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
        assert_eq!(read(&deep), ["deep"]);
    }

    #[test]
    fn long_pages_and_tags_across_pieces_are_read() {
        // Tags, references, line ends and wide characters fall on every byte of a piece.
        let paragraph = "<p class=\"a b\">Steel &amp; <b>Ste&euml;l</b>\r\n河 of the Orr</p>\r\n";
        let page = paragraph.repeat(2_000);
        let found = read(&page);
        assert_eq!(found.len(), 2_000);
        assert!(found.iter().all(|text| text == "Steel & Steël 河 of the Orr"), "{:?}", found[0]);
    }

    #[test]
    fn markup_that_explodes_is_refused() {
        let deep = paragraphs(&"<div>".repeat(200_000)).unwrap_err().to_string();
        assert!(deep.contains("deeper"), "{deep}");
        // Ends in between: the elements are open all the same.
        let hidden = paragraphs(&"<div><b>".repeat(200_000)).unwrap_err().to_string();
        assert!(hidden.contains("deeper"), "{hidden}");
        // Of each kind three are made anew in every paragraph.
        let mut kinds = String::new();
        for name in ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"] {
            for kind in 0..8 {
                let has = |bit: u32, attribute: &'static str| if kind & bit == 0 { "" } else { attribute };
                let tag = format!("<{name}{}{}{}>", has(1, " color"), has(2, " face"), has(4, " size"));
                kinds += &tag.repeat(3);
            }
        }
        let made_anew = paragraphs(&format!("<p>{kinds}{}", "<p>x".repeat(50_000))).unwrap_err().to_string();
        assert!(made_anew.contains("formatting"), "{made_anew}");
    }

    #[test]
    fn formatting_that_differs_in_what_nobody_reads_is_of_one_kind() {
        let fonts: String = (0..2_500)
            .map(|n| format!("<font size={n} class=c{n} style='color:#{n}; font-size: {n}px'>"))
            .collect();
        let document = parse(&format!("<p>{fonts}Steel{}", "<p>x".repeat(1_000))).expect("no explosion");
        // Each paragraph, its text, and the three fonts that it is in.
        assert!(document.tree.nodes().len() < 2_500 + 1_000 * 5 + 20, "{}", document.tree.nodes().len());
        assert_eq!(read("<p>A<font style='color: red; DISPLAY : none !important'>B</font>C"), ["AC"]);
        assert_eq!(read("<span style='display:\nblock'>A</span><span style='x'>B</span>"), ["A", "B"]);
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_refused_before_it_ends() {
        let many = |count: usize| (0..count).map(|n| format!(" a{n}=\"<b x> y\"")).collect::<String>();
        assert_eq!(read(&format!("<p{}>Steel</p{}>", many(2_000), many(2_000))), ["Steel"]);
        for opening in
            ["<p", "</p", "&lt<p", "<!-- <b a=\" --><p", "<script>if (a<b) c = '</script", "<svg><path"]
        {
            // Without an end: the parser would never tell of it.
            let problem = paragraphs(&format!("<p>Steel</p>{opening}{}", many(2_001))).unwrap_err();
            assert!(problem.to_string().contains("more than 2000 attributes"), "{opening}: {problem}");
        }
    }

    #[test]
    fn what_only_looks_like_attributes_is_no_attribute() {
        let words = "a b ".repeat(5_000);
        for page in [
            format!("<p data-x=\"{words}\">Steel"),
            format!("<!-- {words}<i> {words} --><p>Steel"),
            format!("<script>if (i<n) {words} </script><style>a<b {words}</style><p>Steel"),
            format!("<textarea><p {words}</textarea><p>Steel"),
            format!("<p>Steel<p hidden>{words}"),
        ] {
            assert_eq!(read(&page), ["Steel"], "{}", &page[..20]);
        }
        assert_eq!(read(&format!("1 < 2, {words}")).len(), 1);
    }

    #[test]
    fn the_corpus_of_the_fuzz_target_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus/html");
        let mut inputs = 0;
        for entry in std::fs::read_dir(folder).expect("the corpus") {
            let path = entry.expect("an entry").path();
            println!("{}", path.display());
            let page = String::from_utf8_lossy(&std::fs::read(&path).expect("an input")).into_owned();
            if let Ok(shown) = paragraphs(&page) {
                assert!(shown.iter().all(|text| text.chars().any(is_visible)), "{shown:?}");
            }
            inputs += 1;
        }
        assert!(inputs > 0, "the corpus is empty");
    }
}
