//! Themes are data: a model carries its own list, and paragraphs carry sets of positions in it.

use alloc::string::String;
use alloc::vec::Vec;

/// The most themes that a model can hold.
pub const MOST_THEMES: usize = 16;

/// An entry of the model's list of themes.
///
/// ```
/// let ecology = &leitmotif::Classifier::embedded().themes()[3];
/// assert_eq!((&ecology.id[..], ecology.name("en")), ("ecology", "Ecology"));
/// // A language that the model does not know: the first name there is.
/// assert_eq!(ecology.name("tlh"), ecology.names[0].1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The name in data and code: lower case, no spaces (`"opening-up"`).
    pub id: String,
    /// Display names as pairs (language tag, name), in the model's order; at least one.
    pub names: Vec<(String, String)>,
    /// The codebook's definition in a sentence, in English.
    pub definition: String,
}

impl Theme {
    /// The display name in `language` (a tag such as `"en"`), or else the first name there is.
    pub fn name(&self, language: &str) -> &str {
        let found = self.names.iter().find(|(tag, _)| tag == language).or(self.names.first());
        found.map_or(&self.id, |(_, name)| name)
    }
}

/// A set of themes, by position in the model's list.
///
/// ```
/// use leitmotif::Themes;
///
/// let themes: Themes = [0, 3].into_iter().collect();
/// assert!(themes.contains(3) && !themes.contains(1));
/// assert_eq!(themes.iter().collect::<Vec<_>>(), [0, 3]);
/// assert!(Themes::NONE.is_empty());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Themes(u16);

impl Themes {
    /// No theme: an answer of its own, not a missing one.
    pub const NONE: Themes = Themes(0);

    /// The set whose bit `n` stands for the theme at position `n`.
    pub fn from_bits(bits: u16) -> Self {
        Themes(bits)
    }

    /// The bit set.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// Whether the theme at `position` is in the set.
    pub fn contains(self, position: usize) -> bool {
        position < MOST_THEMES && self.0 >> position & 1 == 1
    }

    /// Adds the theme at `position`; positions from [`MOST_THEMES`] on are passed over.
    pub fn insert(&mut self, position: usize) {
        if position < MOST_THEMES {
            self.0 |= 1 << position;
        }
    }

    /// Whether no theme is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many themes are in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The positions in the set, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..MOST_THEMES).filter(move |position| self.contains(*position))
    }
}

impl FromIterator<usize> for Themes {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut themes = Themes::NONE;
        positions.into_iter().for_each(|position| themes.insert(position));
        themes
    }
}
