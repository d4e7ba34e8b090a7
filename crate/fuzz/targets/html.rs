//! Any bytes as an HTML file, read as `leitmotif label` does.

#![no_main]

// The command line is no library: its module is taken in as it stands.
#[path = "../../cli/src/html.rs"]
mod html;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(article) = html::article(&leitmotif_fuzz::text::of(bytes)) {
        assert!((0..article.paragraphs().len()).all(|index| article.paragraph_text(index).is_some()));
    }
});
