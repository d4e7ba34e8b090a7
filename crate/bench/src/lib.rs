//! The crate `fasttext` as wasm: a peer that a user might pick for the page.

#[cfg(target_arch = "wasm32")]
mod peer {
    use fasttext::FastText;
    use wasm_bindgen::prelude::*;

    /// A trained fastText model.
    #[wasm_bindgen]
    pub struct Peer(FastText);

    #[wasm_bindgen]
    impl Peer {
        /// Loads a model file; nothing where it is none.
        pub fn load(mut model: &[u8]) -> Option<Peer> {
            FastText::load(&mut model).ok().map(Peer)
        }

        /// For each label, the most probable first: its position in the list that it was trained with, and its probability.
        pub fn labels(&self, text: &str) -> Vec<f32> {
            let position = |label: &str| label.trim_start_matches("__label__").parse().unwrap_or(f32::NAN);
            let found = self.0.predict(text, usize::MAX, 0.0);
            found.iter().flat_map(|found| [position(&found.label), found.prob]).collect()
        }
    }
}
