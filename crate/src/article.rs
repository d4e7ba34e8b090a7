//! The article as pasted, and the paragraphs found in it.

pub mod furniture;
pub(crate) mod kind;
pub(crate) mod split;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// An article: its text, untouched, and the paragraphs found in it.
///
/// ```
/// use leitmotif::{Article, Kind};
///
/// let article = Article::split("A new bridge\n\nBy Ann Lee and Bo Chen\n\nThe bridge was opened to the public on Monday.");
/// assert_eq!(article.paragraphs().len(), 3);
/// assert_eq!(article.paragraph_text(0), Some("A new bridge"));
/// assert_eq!(article.paragraphs()[0].kind, Kind::Heading);
/// assert_eq!(article.paragraphs()[1].kind, Kind::Furniture);
/// assert_eq!(article.paragraphs()[2].kind, Kind::Body);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article<'t> {
    text: Cow<'t, str>,
    paragraphs: Vec<Paragraph>,
    way: Split,
}

/// How a text becomes paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Split {
    /// As the text's own shape suggests, block by block.
    #[default]
    Auto,
    /// At blank lines alone: the lines between two of them are one paragraph.
    Blank,
    /// Every line is a paragraph.
    Line,
    /// Blank lines separate, and lines broken at a common width (e-mail, PDF) are joined again.
    Unwrap,
}

impl Split {
    /// Every way, [`Auto`](Split::Auto) first.
    pub const ALL: [Split; 4] = [Split::Auto, Split::Blank, Split::Line, Split::Unwrap];

    /// The name used in project files and in JavaScript: `"auto"`, `"blank"`, `"line"` or `"unwrap"`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ["auto", "blank", "line", "unwrap"][self as usize]
    }
}

/// One paragraph of an [`Article`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the article's text, in bytes, without the white space around it.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its position in the document, counted in paragraphs. Two paragraphs are neighbours only
    /// where the position differs by one: rows given to [`Article::from_rows`] may leave gaps.
    pub pos: u32,
}

/// What a paragraph is. A guess for the reader to see, never a reason to drop text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Running text.
    #[default]
    Body,
    /// A headline or a heading between paragraphs.
    Heading,
    /// What a page puts around its article: bylines, captions, menus, cookie lines.
    Furniture,
}

impl Kind {
    /// The name used in exports and in JavaScript: `"body"`, `"heading"` or `"furniture"`.
    ///
    /// ```
    /// assert_eq!(leitmotif::Kind::default().as_str(), "body");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Body => "body",
            Kind::Heading => "heading",
            Kind::Furniture => "furniture",
        }
    }
}

impl<'t> Article<'t> {
    /// Finds the paragraphs of a pasted text.
    ///
    /// Blank lines separate paragraphs. Within a block of lines, lines broken at a common width
    /// (e-mail, PDF), by feel or after each sentence are joined again, as the layout of the whole
    /// text shows it, indentation and double spacing included; otherwise every line is a paragraph.
    /// A bullet or a number starts a paragraph, but a list of short items stays with the line that
    /// leads in to it. Mail headers, signatures, addresses, fences and front matter are
    /// one paragraph each; page numbers and running heads stand alone.
    ///
    /// Line ends are CR, LF, CRLF, FF, U+0085 and U+2029; VT and U+2028 too where a text has no
    /// others, beside which they only break a line inside its paragraph. White space is what Unicode
    /// calls so. A line of nothing but white space and of what cannot be seen either (byte order mark,
    /// zero-width space, soft hyphen, joiners, direction marks) is blank; at the edge of another line
    /// these belong to it, and its shape is judged without them.
    ///
    /// What holds for any text: spans lie on character boundaries, are in order, disjoint, hold a
    /// visible character, and neither begin nor end with white space; every character that is not
    /// white space is in one of them, those of blank lines aside. A text of single lines separated by
    /// one blank line each gives exactly these lines; so does any result that is written out so and
    /// split again. Time is linear in the length.
    ///
    /// ```
    /// let article = leitmotif::Article::split("It was still raining when the\nparade began.\r\n\u{a0}\r\nNobody left.");
    /// assert_eq!(article.paragraph_text(0), Some("It was still raining when the\nparade began."));
    /// assert_eq!(article.paragraph_text(1), Some("Nobody left."));
    /// ```
    #[must_use]
    pub fn split(text: &'t str) -> Self {
        Self::split_as(text, Split::Auto)
    }

    /// Finds the paragraphs of a text in a given way; [`way`](Self::way) tells which one a guess has found.
    ///
    /// What holds for any text after [`split`](Self::split) holds here too.
    ///
    /// ```
    /// use leitmotif::{Article, Split};
    ///
    /// let text = "A new bridge\nNobody had asked for it.\n\nIt is green.";
    /// assert_eq!(Article::split_as(text, Split::Line).paragraphs().len(), 3);
    /// assert_eq!(Article::split_as(text, Split::Blank).paragraphs().len(), 2);
    /// assert_eq!(Article::split_as(text, Split::Auto).way(), Split::Line);
    /// ```
    #[must_use]
    pub fn split_as(text: &'t str, split: Split) -> Self {
        let (mut paragraphs, way) = split::paragraphs(text, split);
        paragraphs.iter_mut().zip(0..).for_each(|(paragraph, pos)| paragraph.pos = pos);
        Self::new(Cow::Borrowed(text), paragraphs, way)
    }

    /// Takes paragraphs that were split elsewhere, with their positions in the document.
    ///
    /// The text becomes the rows joined by blank lines. Each row is one paragraph, in the order
    /// given; a row without visible text gives an empty span, so that row and paragraph agree by
    /// index.
    ///
    /// ```
    /// let article = leitmotif::Article::from_rows([(4, "The river is clean again."), (9, "Fish came back.")]);
    /// assert_eq!(article.paragraphs()[1].pos, 9);
    /// assert_eq!(article.text(), "The river is clean again.\n\nFish came back.");
    /// ```
    #[must_use]
    pub fn from_rows<'r>(rows: impl IntoIterator<Item = (u32, &'r str)>) -> Article<'static> {
        let mut text = String::new();
        let mut paragraphs = Vec::new();
        for (index, (pos, row)) in rows.into_iter().enumerate() {
            if index > 0 {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(row);
            let own = split::trimmed(row);
            paragraphs.push(Paragraph { span: start + own.start..start + own.end, kind: Kind::Body, pos });
        }
        Article::new(Cow::Owned(text), paragraphs, Split::Blank)
    }

    /// The text, as given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs, in the order of the text.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The text of one paragraph, or `None` where there is no such paragraph.
    #[must_use]
    pub fn paragraph_text(&self, index: usize) -> Option<&str> {
        self.paragraphs.get(index).map(|paragraph| &self.text[paragraph.span.clone()])
    }

    /// How the paragraphs were found: never [`Split::Auto`], except in [`Article::default`].
    #[must_use]
    pub fn way(&self) -> Split {
        self.way
    }

    fn new(text: Cow<'t, str>, mut paragraphs: Vec<Paragraph>, way: Split) -> Self {
        kind::assign(&text, &mut paragraphs);
        Article { text, paragraphs, way }
    }
}
