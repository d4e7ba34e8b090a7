//! Any bytes as the packed parts of a model file whose header is sound.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    leitmotif_fuzz::model::unpacks(bytes);
});
