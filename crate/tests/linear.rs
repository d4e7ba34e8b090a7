//! The cost of a text is linear in its length, whatever its shape: reading it whole costs about what reading sixteen pieces
//! of it costs. A step that is quadratic would make it sixteen times as much.
//!
//! Work is the processor time of this thread as the kernel counts it, which other load does not add to.

use std::hint::black_box;

use leitmotif::Classifier;

/// Bytes of the long text.
const SIZE: usize = 80_000;

/// Less than this many nanoseconds is lost among the kernel's ticks.
const LEAST: u64 = 20_000_000;

/// Nanoseconds that this thread has run, where the kernel tells.
fn spent() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

/// What reading a text so many times costs.
fn work(text: &str, times: usize) -> Option<u64> {
    let before = spent()?;
    (0..times).for_each(|_| {
        black_box(Classifier::embedded().read(black_box(text)));
    });
    Some(spent()? - before)
}

#[test]
fn sixteen_times_the_text_is_about_sixteen_times_the_work() {
    if spent().is_none() {
        println!("SKIPPED: no /proc/thread-self/schedstat here");
        return;
    }
    let shapes: &[(&str, &str, &str)] = &[
        (
            "paragraphs",
            "",
            "The council of Port Sel will renew the drains of forty streets, its engineer said.\n\n",
        ),
        ("one line", "", "steel mills of the north "),
        ("one word", "", "steel"),
        ("short lines", "", "a\n"),
        ("short paragraphs", "", "a\n\n"),
        (
            "mail",
            "",
            "> the drains of the old quarter were\n> laid before the war, and nobody has\n> a map of them.\n",
        ),
        (
            "broken lines",
            "",
            "the drains of the old quarter were laid\nbefore the war and nobody has a map of\nthem.\n",
        ),
        ("list", "The town wants:\n", "- a\n"),
        ("list before a lead", "", "- a\n"),
        ("leads", "", "It wants:\n- a\n- b\n"),
        ("fields", "", "From: a\nTo: b\n"),
        ("fences", "", "```\na\n"),
        ("rulers", "", "---\n"),
        ("numbers", "", "12\n"),
        ("quotes", "", ">"),
        ("white space", "", " \t"),
        ("invisible", "a", "\u{200b}"),
        ("line ends", "", "\r"),
        ("soft breaks", "a\n", "\u{2028}a"),
        ("Chinese", "", "港口将在五月疏浚，工程师说。"),
        ("Chinese words", "", "港"),
        ("apostrophes", "", "a'b"),
        ("hyphens", "", "a-\n"),
        ("digits", "", "1,"),
        ("marks", "a", "\u{301}"),
        ("links", "", "https://a.example/b\n"),
        ("bylines", "", "By Ann Lee\n\n"),
        ("dates", "", "May 3, 2022 14:55\n\n"),
        ("menu", "", "Share\n\nHome\n\nSport\n\nThe mayor said so to the council on Monday.\n\n"),
        ("joiners", "", "👩\u{200d}🚀"),
        ("capitals", "", "aB"),
        ("stops", "", ". "),
        ("brackets", "", "(a"),
    ];
    let mut steep = Vec::new();
    for (name, head, unit) in shapes {
        let text = |length: usize| [head, &unit.repeat(length / unit.len())[..], "It wants:\n"].concat();
        let (pieces, whole) = (work(&text(SIZE / 16), 16), work(&text(SIZE), 1));
        let (Some(pieces), Some(whole)) = (pieces, whole) else { continue };
        let ratio = whole as f64 / pieces.max(1) as f64;
        println!("{name:<19} {:>7.1} ns a byte, {ratio:>5.2} times the work", whole as f64 / SIZE as f64);
        if whole > LEAST && ratio > 2.0 {
            steep.push(*name);
        }
    }
    assert!(steep.is_empty(), "cost grows faster than the text: {steep:?}");
}
