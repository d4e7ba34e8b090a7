//! Any text, in every way of splitting.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    leitmotif_fuzz::text::splits(&leitmotif_fuzz::text::of(bytes));
});
