//! How many attributes the tag has that a tokenizer is in: it tells of a tag only when the tag is whole, and until then compares
//! each attribute with all before it.

/// Where in a tag one is: the states of the HTML standard's tokenizer, those with the same ways out being one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    TagOpen,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    /// In quotes, if in any.
    Value(Option<u8>),
}

/// Follows a tokenizer over its input.
pub(crate) struct OpenTag {
    state: State,
    attributes: usize,
}

impl OpenTag {
    pub(crate) fn new() -> OpenTag {
        OpenTag { state: State::Outside, attributes: 0 }
    }

    /// Takes a piece of input that the tokenizer has taken, each `<` being a piece of its own. `spoke`: whether it gave a token
    /// meanwhile. Within a tag it gives none: where it did, what looked like one was script, style or a comment.
    ///
    /// Returns the attributes that the open tag has so far; 0 outside of tags.
    pub(crate) fn follow(&mut self, piece: &str, spoke: bool) -> usize {
        if piece == "<" && (spoke || self.state == State::Outside) {
            *self = OpenTag { state: State::TagOpen, attributes: 0 };
            return 0;
        }
        for &byte in piece.as_bytes() {
            self.state = self.next(byte);
        }
        if spoke || self.state == State::Outside {
            *self = OpenTag::new();
        }
        self.attributes
    }

    fn next(&mut self, byte: u8) -> State {
        use State::{AfterName, BeforeName, BeforeValue, Name, Outside, TagName, TagOpen, Value};
        let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        match (self.state, byte) {
            (Outside, _) => Outside,
            (TagOpen, b'/') => TagOpen,
            (TagOpen, _) if byte.is_ascii_alphabetic() => TagName,
            (TagOpen, _) => Outside,
            (Value(Some(quote)), _) if byte == quote => BeforeName,
            (Value(Some(quote)), _) => Value(Some(quote)),
            (_, b'>') => Outside,
            (Value(None) | TagName, _) if space => BeforeName,
            (Value(None), _) => Value(None),
            (Name, _) if space => AfterName,
            (state, _) if space => state,
            (BeforeValue, b'"' | b'\'') => Value(Some(byte)),
            (BeforeValue, _) => Value(None),
            (_, b'/') => BeforeName,
            (Name | AfterName, b'=') => BeforeValue,
            (TagName | Name, _) => self.state,
            (BeforeName | AfterName, _) => {
                self.attributes += 1;
                Name
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes before the end of a text in which the tokenizer gave no token.
    fn attributes(text: &str) -> usize {
        let mut tag = OpenTag::new();
        text.split_inclusive('<')
            .flat_map(|part| part.strip_suffix('<').map_or([part, ""], |before| [before, "<"]))
            .filter(|piece| !piece.is_empty())
            .fold(0, |_, piece| tag.follow(piece, false))
    }

    #[test]
    fn attributes_are_counted_as_the_standard_has_them() {
        assert_eq!(attributes("<p"), 0);
        assert_eq!(attributes("text a b c"), 0);
        assert_eq!(attributes("<p a"), 1);
        assert_eq!(attributes("</p a b"), 2);
        assert_eq!(attributes("<p/a/b c\n=\n d e"), 4);
        assert_eq!(attributes("<p a=1 b='2 3>' c=\"4 <p 5\"d"), 4);
        assert_eq!(attributes("<p =a =b=c / /"), 1);
        assert_eq!(attributes("<p a=b/c d>"), 0);
        assert_eq!(attributes("<p a=b/c d><b x"), 1);
        assert_eq!(attributes("1 < 2 a b <3 c"), 0);
    }

    #[test]
    fn where_the_tokenizer_speaks_there_is_no_tag() {
        let mut tag = OpenTag::new();
        // A script: the first letters after the sign are text at once.
        tag.follow("<", false);
        assert_eq!(tag.follow("n a b c", true), 0);
        assert_eq!(tag.follow(" d e f", false), 0);
        // A reference before a tag is told of when the tag begins.
        tag.follow("<", true);
        assert_eq!(tag.follow("p a b", false), 2);
        // A comment that looked like an attribute in quotes ends; a tag begins.
        tag.follow("<", false);
        assert_eq!(tag.follow("b a=\" -->", true), 0);
        tag.follow("<", false);
        assert_eq!(tag.follow("p a b c", false), 3);
    }
}
