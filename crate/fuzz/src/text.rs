//! What holds for every text.

use leitmotif::plain::PlainReading;
use leitmotif::{Article, Certainty, Classifier, Reading, Split};

/// Bytes as a text; what is not UTF-8 becomes U+FFFD.
pub fn of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// White space, and what leaves no mark on the page: written down a second time, not taken from the engine.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || "\u{ad}\u{61c}\u{180e}\u{feff}".contains(c)
        || ('\u{200b}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{2064}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// In every way of splitting, each visible character is in exactly one paragraph; splitting what came out again, written
/// with a blank line between, changes nothing.
pub fn splits(text: &str) {
    for way in Split::ALL {
        let article = Article::split_as(text, way);
        assert_eq!(article.text(), text);
        assert!(article.way() == way || way == Split::Auto && article.way() != Split::Auto, "{way:?}");
        covers(&article);
        assert_eq!(article, Article::split_as(text, way), "{way:?}, a second time");
    }
    let blocks = Article::split_as(text, Split::Blank);
    assert_eq!(parts(&Article::split_as(&parts(&blocks).join("\n\n"), Split::Blank)), parts(&blocks));
    // As `Article::split` claims: of single lines with blank lines between.
    let lines: Vec<String> = parts(&Article::split(text)).iter().map(|part| one_line(part)).collect();
    assert_eq!(parts(&Article::split(&lines.join("\n\n"))), lines);
}

fn parts<'a>(article: &'a Article) -> Vec<&'a str> {
    (0..article.paragraphs().len()).filter_map(|index| article.paragraph_text(index)).collect()
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn one_line(text: &str) -> String {
    text.replace(ends_line, " ")
}

/// Spans in order, apart, on character boundaries, with something to see in them and no white space at their ends; between them
/// nothing to see. A line with something to see stands in one of them whole, but for the white space around it.
fn covers(article: &Article) {
    let (text, paragraphs) = (article.text(), article.paragraphs());
    let mut at = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let gap =
            text.get(at..paragraph.span.start).expect("a span that begins on a character, after the last");
        assert!(gap.chars().all(is_invisible), "{gap:?} before paragraph {index} is lost");
        let own = text.get(paragraph.span.clone()).expect("a span that ends on a character");
        assert!(own.trim() == own && !own.chars().all(is_invisible), "{own:?}");
        assert_eq!(paragraph.pos as usize, index);
        at = paragraph.span.end;
    }
    assert!(text[at..].chars().all(is_invisible), "{:?} is lost at the end", &text[at..]);
    let mut end = 0;
    for line in text.split_inclusive(ends_line) {
        end += line.len();
        let start = end - line.trim_start().len();
        let own = start..start + line.trim().len();
        let holder = paragraphs.get(paragraphs.partition_point(|paragraph| paragraph.span.end <= start));
        let whole = holder.is_some_and(|holder| holder.span.start <= own.start && own.end <= holder.span.end);
        assert!(whole || line.chars().all(is_invisible), "{line:?} has lost its edges");
    }
}

/// A reading is of the article's paragraphs, its numbers are what they are called, its evidence adds up to the logits, and its
/// offsets mean the same text in bytes, UTF-16 code units and code points. A second reading is the same.
pub fn reads(text: &str) {
    let classifier = Classifier::embedded();
    let reading = classifier.read(text);
    sound(classifier, &reading);
    offsets(classifier, &reading);
    let again = classifier.read(text);
    assert_eq!(again.paragraphs, reading.paragraphs);
    assert_eq!(again.profile, reading.profile);
}

/// What holds for a reading by any model.
pub fn sound(classifier: &Classifier, reading: &Reading) {
    assert_eq!(reading.paragraphs.len(), reading.article.paragraphs().len());
    for (index, (read, paragraph)) in reading.paragraphs.iter().zip(reading.article.paragraphs()).enumerate()
    {
        assert_eq!((&read.span, read.kind, read.pos), (&paragraph.span, paragraph.kind, paragraph.pos));
        assert!(read.probability.iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", read.probability);
        assert_eq!(read.verdict.runner_up.is_some(), read.verdict.certainty == Certainty::Unsure);
        for theme in 0..classifier.themes().len() {
            let evidence = classifier.evidence(reading, index, theme).expect("evidence of what was read");
            assert_eq!(evidence.logit, read.logit[theme]);
            let mut at = read.span.start;
            let (mut sum, mut size) = (evidence.bias + evidence.context, evidence.logit.abs());
            for word in &evidence.words {
                assert!(at <= word.span.start && word.span.end <= read.span.end, "{:?}", word.span);
                assert!(reading.article.text().get(word.span.clone()).is_some_and(|word| !word.is_empty()));
                at = word.span.end;
                sum += word.logit;
                size += word.logit.abs();
            }
            let most = 1e-9 * (1.0 + size + evidence.bias.abs() + evidence.context.abs());
            assert!((sum - evidence.logit).abs() <= most, "{sum} is not {}", evidence.logit);
        }
    }
    let profile = &reading.profile;
    let shares: f64 = profile.shares.iter().map(|share| share.words).sum();
    let whole = if profile.words > 0 { 1.0 } else { 0.0 };
    assert!((shares - whole).abs() < 1e-9, "shares add up to {shares}");
}

/// The offsets that leave the crate count UTF-16 code units: in these, in code points and in bytes they cut out the same text.
fn offsets(classifier: &Classifier, reading: &Reading) {
    let text = reading.article.text();
    let units: Vec<u16> = text.encode_utf16().collect();
    let points: Vec<char> = text.chars().collect();
    // Code points before each code unit; the second half of a pair is none.
    let mut before = vec![0];
    for unit in &units {
        before.push(before[before.len() - 1] + usize::from(!(0xDC00..0xE000).contains(unit)));
    }
    let plain = serde_json::to_value(PlainReading::of(classifier, reading, true)).expect("plain data");
    let cut = |part: &serde_json::Value| {
        let [start, end] = ["start", "end"].map(|key| part[key].as_u64().expect("an offset") as usize);
        let shown = String::from_utf16(&units[start..end]).expect("whole characters");
        assert!(
            shown.chars().eq(points[before[start]..before[end]].iter().copied()),
            "{shown:?} in code points"
        );
        shown
    };
    for (index, part) in plain["paragraphs"].as_array().expect("paragraphs").iter().enumerate() {
        assert_eq!(cut(part), text[reading.paragraphs[index].span.clone()]);
        for explained in part["evidence"].as_array().expect("evidence") {
            let theme = classifier.themes().iter().position(|theme| explained["theme"] == theme.id[..]);
            let evidence = classifier.evidence(reading, index, theme.expect("a theme")).expect("evidence");
            let words: Vec<String> = explained["words"].as_array().expect("words").iter().map(cut).collect();
            assert!(words.iter().eq(evidence.words.iter().map(|word| &text[word.span.clone()])));
        }
    }
}
