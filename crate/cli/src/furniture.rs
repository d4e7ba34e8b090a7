//! Learning the furniture weights: from whole pages, from their articles alone, and from the written articles.
//!
//! The first stage learns from looks, the second from places, which hold first-stage scores: these are out of fold, by
//! page. The cuts are chosen on second-stage scores that are out of fold too.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use leitmotif::furniture::{Block, LOOKS, PLACES, Weights, places};
use ndarray::Array2;
use sha2::{Digest, Sha256};

use crate::artifact::{Tensor, container};
use crate::furniture_seeds::{Label, Passage, Source};
use crate::logistic::Logistic;

/// Folds of the scores that the second stage and the cuts come from.
const FOLDS: usize = 5;

/// Weight decay of each stage: the second has few pages to learn from.
const RIDGE: [f64; 2] = [2.0, 300.0];

/// A paragraph of a written article counts this much against one of a real page.
const WRITTEN: f64 = 0.3;

/// Where a page's frame is seen, precision counts for more than recall: the cut maximises F with this beta (van Rijsbergen).
const BETA: f64 = 0.3;

/// Learns from the passages.
pub(crate) fn fit(passages: &[&Passage]) -> Weights {
    let passages: Vec<Passage> =
        passages.iter().flat_map(|own| [Some((*own).clone()), own.article_alone()]).flatten().collect();
    let all = |_: &Passage| true;
    let mut looks: Vec<Vec<f64>> = vec![Vec::new(); passages.len()];
    for fold in 0..FOLDS {
        let stage = look_stage(&passages, |own| own.fold(FOLDS) != fold);
        for (own, logits) in passages.iter().zip(&mut looks).filter(|(own, _)| own.fold(FOLDS) == fold) {
            *logits = own.blocks.iter().map(|block| look_logit(&stage, block)).collect();
        }
    }
    let rows: Vec<Vec<[f64; PLACES]>> =
        passages.iter().zip(&looks).map(|(own, looks)| places(&own.blocks, looks)).collect();
    let mut logits: Vec<Vec<f64>> = vec![Vec::new(); passages.len()];
    for fold in 0..FOLDS {
        let stage = place_stage(&passages, &rows, |own| own.fold(FOLDS) != fold);
        for (index, own) in passages.iter().enumerate().filter(|(_, own)| own.fold(FOLDS) == fold) {
            debug_assert_eq!(own.blocks.len(), rows[index].len());
            logits[index] = rows[index].iter().map(|place| place_logit(&stage, place)).collect();
        }
    }
    let look = look_stage(&passages, all);
    let place = place_stage(&passages, &rows, all);
    let (look_steps, look_scale) = steps(&look);
    let (place_steps, place_scale) = steps(&place);
    let mut weights = Weights {
        scale: [(look_scale, look.bias as f32), (place_scale, place.bias as f32)],
        cut: best_cut(&passages, &logits) as f32,
        looks: [0; LOOKS],
        places: [0; PLACES],
    };
    weights.looks.copy_from_slice(&look_steps);
    weights.places.copy_from_slice(&place_steps);
    weights
}

/// Rows that teach: what they are is known.
fn teaching(passages: &[Passage], is: impl Fn(&Passage) -> bool) -> Vec<(usize, usize)> {
    let passages = passages.iter().enumerate().filter(|(_, own)| is(own));
    passages
        .flat_map(|(number, own)| {
            let known = own.labels.iter().enumerate().filter(|(_, label)| **label != Label::Unclear);
            known.map(move |(row, _)| (number, row))
        })
        .collect()
}

fn learn(passages: &[Passage], rows: &[(usize, usize)], inputs: &Array2<f64>, ridge: f64) -> Logistic {
    let targets: Vec<bool> =
        rows.iter().map(|(number, row)| passages[*number].labels[*row] == Label::Furniture).collect();
    let weight = |own: &Passage| if own.source == Source::Written { WRITTEN } else { 1.0 };
    let weights: Vec<f64> = rows.iter().map(|(number, _)| weight(&passages[*number])).collect();
    Logistic::fit(inputs.view(), &targets, &weights, ridge)
}

fn look_stage(passages: &[Passage], is: impl Fn(&Passage) -> bool) -> Logistic {
    // The article alone has no look that the page has not.
    let rows = teaching(passages, |own| own.source != Source::ArticleAlone && is(own));
    let mut inputs = Array2::zeros((rows.len(), LOOKS));
    for (at, (number, row)) in rows.iter().enumerate() {
        for look in &passages[*number].blocks[*row].looks {
            inputs[(at, usize::from(*look))] = 1.0;
        }
    }
    learn(passages, &rows, &inputs, RIDGE[0])
}

fn place_stage(
    passages: &[Passage],
    places: &[Vec<[f64; PLACES]>],
    is: impl Fn(&Passage) -> bool,
) -> Logistic {
    let rows = teaching(passages, is);
    let inputs = Array2::from_shape_fn((rows.len(), PLACES), |(at, k)| places[rows[at].0][rows[at].1][k]);
    learn(passages, &rows, &inputs, RIDGE[1])
}

fn look_logit(stage: &Logistic, block: &Block) -> f64 {
    stage.bias + block.looks.iter().map(|look| stage.weights[usize::from(*look)]).sum::<f64>()
}

fn place_logit(stage: &Logistic, place: &[f64; PLACES]) -> f64 {
    stage.bias + place.iter().zip(&stage.weights).map(|(value, weight)| value * weight).sum::<f64>()
}

/// Weights as whole steps, and the step.
fn steps(stage: &Logistic) -> (Vec<i8>, f32) {
    let largest = stage.weights.iter().fold(1e-6f64, |largest, weight| largest.max(weight.abs()));
    let step = (largest / 127.0) as f32;
    let steps =
        stage.weights.iter().map(|weight| (weight / f64::from(step)).round().clamp(-127.0, 127.0) as i8);
    (steps.collect(), step)
}

/// The cut for whole pages: the best F. What a rule knows lies above any cut.
fn best_cut(passages: &[Passage], logits: &[Vec<f64>]) -> f64 {
    let mut rows: Vec<(f64, bool)> = Vec::new();
    for (own, logits) in passages.iter().zip(logits).filter(|(own, _)| own.source == Source::Page) {
        let labels = own.labels.iter().zip(&own.blocks).zip(logits);
        rows.extend(labels.filter(|((label, _), _)| **label != Label::Headline).map(
            |((label, block), logit)| {
                let logit = if block.has_sign() { f64::INFINITY } else { *logit };
                // What is unclear to the learner is furniture by the page's own account.
                (logit, *label != Label::Body)
            },
        ));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = rows.iter().filter(|row| row.1).count() as f64;
    let (mut best, mut hits) = ((0.0, f64::INFINITY), 0.0);
    for (at, (logit, furniture)) in rows.iter().enumerate() {
        hits += f64::from(u8::from(*furniture));
        let f = (1.0 + BETA * BETA) * hits / ((at + 1) as f64 + BETA * BETA * all);
        if f > best.0 && logit.is_finite() {
            best = (f, *logit);
        }
    }
    best.1
}

/// Trains from the seeds: the weights' file.
pub(crate) fn grow(seeds: &Path) -> Result<Vec<u8>> {
    let (passages, hashes) = crate::furniture_seeds::read(seeds)?;
    let weights = fit(&passages.iter().collect::<Vec<_>>());
    let mut corpus = Sha256::new();
    hashes.iter().for_each(|(name, hash)| corpus.update(format!("{hash}  {name}\n")));
    Ok(to_bytes(&weights, &crate::seeds::hex(&corpus.finalize())))
}

/// The engine reads the tensors from the file's end, in this order.
fn to_bytes(weights: &Weights, seeds: &str) -> Vec<u8> {
    let floats =
        |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let bytes = |steps: &[i8]| steps.iter().map(|step| *step as u8).collect::<Vec<u8>>();
    let [(look, look_bias), (place, place_bias)] = weights.scale;
    container(
        &BTreeMap::from([
            ("format".to_owned(), "leitmotif furniture 1".to_owned()),
            ("seeds_sha256".to_owned(), seeds.to_owned()),
        ]),
        vec![
            Tensor::new("scale", "F32", &[2, 2], floats(&[look, look_bias, place, place_bias])),
            Tensor::new("cut", "F32", &[1], floats(&[weights.cut])),
            Tensor::new("look.weight", "I8", &[LOOKS], bytes(&weights.looks)),
            Tensor::new("place.weight", "I8", &[PLACES], bytes(&weights.places)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_those_of_the_file() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/furniture.safetensors");
        let bytes = std::fs::read(path).expect("the weights' file");
        let file =
            safetensors::SafeTensors::deserialize(&bytes).expect("a file that the format's own crate reads");
        let embedded = Weights::embedded();
        let looks = file.tensor("look.weight").expect("first-stage weights");
        assert_eq!(looks.data(), embedded.looks.map(|step| step as u8));
        let places = file.tensor("place.weight").expect("second-stage weights");
        assert_eq!(places.data(), embedded.places.map(|step| step as u8));
        assert_eq!(file.tensor("cut").expect("the cut").data(), embedded.cut.to_le_bytes());
        assert!(embedded.cut.is_finite());
    }

    #[test]
    fn menus_are_learned_from_labels_alone() {
        // Invented pages: short lines around sentences, none of which a rule knows.
        let page = |number: u32| {
            let line = "Ten places for a walk by the lake";
            let text = "The council said that the bridge was too narrow for the buses which cross it every day of the week, \
                        and that a second one would be built next to it by the end of the year.";
            let texts = [line, line, line, text, text, text, text, line, line];
            let labels = texts.map(|own| if own == line { Label::Furniture } else { Label::Body });
            Passage {
                source: Source::Page,
                number,
                blocks: Block::all(texts.into_iter()),
                labels: labels.to_vec(),
            }
        };
        let pages: Vec<Passage> = (0..10).map(page).collect();
        let weights = fit(&pages.iter().collect::<Vec<_>>());
        let blocks = &pages[0].blocks;
        let looks: Vec<f64> = blocks.iter().map(|block| weights.look_logit(block)).collect();
        assert!(looks[0] > 0.0 && looks[4] < 0.0, "{looks:?}");
        assert_eq!(fit(&pages.iter().collect::<Vec<_>>()), weights);
    }
}
