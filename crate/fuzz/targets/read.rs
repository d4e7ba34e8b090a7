//! Any text, read whole: verdicts, evidence, offsets.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    leitmotif_fuzz::text::reads(&leitmotif_fuzz::text::of(bytes));
});
