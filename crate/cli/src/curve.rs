//! `leitmotif curve`: quality against size. Each setting is cross-validated by document, and weighed as a model trained on everything.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use brotli::enc::BrotliEncoderParams;
use serde::{Deserialize, Serialize};

use crate::artifact;
use crate::console::{print, say};
use crate::crossval::{self, Hold};
use crate::figures::{Figures, Share};
use crate::gold;
use crate::recipe::Recipe;
use crate::record::{Book, Recorded, Stamp};
use crate::seeds::Seeds;
use crate::train::{Material, progress};

/// The points of the star: one setting at a time leaves the recipe.
const STAR: [&str; 3] = ["features=4000,8000,12000,16000,24000", "weight_bits=4,5,6,8", "unseen=0,3000,8000"];

/// Quality against size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Curve {
    /// Names of the files of rows.
    pub(crate) rows: String,
    pub(crate) paragraphs: usize,
    /// The recipe first.
    pub(crate) points: Vec<Point>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Point {
    /// `name=value`, or empty for the recipe itself.
    pub(crate) setting: String,
    /// What the model holds, of both kinds.
    pub(crate) features: usize,
    pub(crate) macro_f1: f64,
    /// 95 %, by document.
    pub(crate) interval: [f64; 2],
    /// Mean average precision.
    pub(crate) ap: f64,
    /// Verdict none on the paragraphs without a theme.
    pub(crate) none: Share,
    /// Of the model file.
    pub(crate) bytes: usize,
    /// The same, compressed.
    pub(crate) brotli: usize,
}

/// Prints the curve over the rows of `real`, which must be those that were counted, as a Markdown table, a line when it is known.
/// `over` are axes as in [`STAR`], which stands in where there are none; with `record` the curve goes into the file of figures.
pub(crate) fn run(seeds: &Path, real: &[PathBuf], over: &[String], record: Option<&Path>) -> Result<()> {
    // At the beginning: a file that cannot be read stops the run before it has cost time, and the commit is the one it started from.
    let book = record.map(Book::read).transpose()?;
    let stamp = Stamp::of_embedded();
    let axes = if over.is_empty() { STAR.map(str::to_owned).into() } else { over.to_vec() };
    let settings = star(&axes)?;
    let seeds = Seeds::read(seeds)?;
    let rows = gold::read(real)?;
    let mut points = Vec::with_capacity(settings.len());
    let mut printed = print(HEADING);
    let start = Instant::now();
    for (number, (setting, recipe)) in settings.iter().enumerate() {
        // Nobody to see it, and nothing to record it in: not worth the hours.
        if record.is_none() {
            std::mem::replace(&mut printed, Ok(()))?;
        }
        say(&format!(
            "{} of {}, {} s: {}",
            number + 1,
            settings.len(),
            start.elapsed().as_secs(),
            if setting.is_empty() { "the recipe" } else { setting }
        ));
        let judged = crossval::judge(&seeds, &rows, recipe, Hold::Documents, None)?;
        let figures = Figures::of(&judged, &rows, &seeds.themes);
        let material = Material::new(&seeds, recipe);
        let bar = progress(6);
        let model = material.grow(&material.all(), recipe, &bar)?;
        bar.finish_and_clear();
        let bytes = artifact::to_bytes(&model);
        let point = Point {
            setting: setting.clone(),
            features: model.fingerprints.len(),
            macro_f1: figures.average.f1,
            interval: figures.average.interval,
            ap: figures.average.ap,
            none: figures.none,
            bytes: bytes.len(),
            brotli: brotli_bytes(&bytes)?,
        };
        printed = printed.and_then(|()| print(&line(&point)));
        points.push(point);
    }
    if let (Some(path), Some(mut book)) = (record, book) {
        let names = real.iter().map(|path| gold::name(path)).collect::<Vec<_>>().join(" ");
        let curve = Curve { rows: names, paragraphs: rows.len(), points };
        book.curve = Some(Recorded { stamp, figures: curve });
        book.write(path)?;
    }
    printed
}

/// The recipe, and then each value of each axis with all else as in the recipe; what is the recipe itself is there once.
fn star(axes: &[String]) -> Result<Vec<(String, Recipe)>> {
    let mut settings = vec![(String::new(), Recipe::default())];
    for axis in axes {
        let Some((name, values)) = axis.split_once('=') else {
            bail!("{axis:?} is not name=value,value,…")
        };
        for value in values.split(',') {
            let setting = format!("{name}={}", value.trim());
            let mut recipe = Recipe::default();
            recipe.set(name, value.trim()).with_context(|| format!("--over {setting}"))?;
            if settings.iter().all(|(_, known)| *known != recipe) {
                settings.push((setting, recipe));
            }
        }
    }
    ensure!(settings.len() > 1, "every setting is the recipe's own: nothing to compare");
    Ok(settings)
}

/// Length in bytes after brotli at its best: quality 11, a window of 2²⁴ bytes.
pub(crate) fn brotli_bytes(bytes: &[u8]) -> Result<usize> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters).context("brotli")?;
    Ok(compressed.len())
}

const HEADING: &str = "\
| setting | features | macro-F1 | 95 % interval | mean AP | none right | model, bytes | brotli |
|---|--:|--:|--:|--:|--:|--:|--:|";

fn line(point: &Point) -> String {
    let Point { setting, features, macro_f1, interval: [low, high], ap, none, bytes, brotli } = point;
    let setting = if setting.is_empty() { "the recipe" } else { setting };
    format!(
        "| {setting} | {features} | {macro_f1:.3} | {low:.3} to {high:.3} | {ap:.3} | {:.3} | {bytes} | {brotli} |",
        none.share
    )
}

/// The curve as a Markdown table.
pub(crate) fn table(curve: &Curve) -> String {
    let mut out = HEADING.to_owned();
    for point in &curve.points {
        // Writing to a String cannot fail.
        let _ = write!(out, "\n{}", line(point));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_has_its_middle_once() {
        let recipe = Recipe::default();
        let axes = [
            format!("features=100,{},200", recipe.features),
            format!("weight_bits={},2", recipe.weight_bits),
        ];
        let names: Vec<String> = star(&axes).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["", "features=100", "features=200", "weight_bits=2"]);
        assert!(star(&STAR.map(str::to_owned)).unwrap().len() > 8);
        for wrong in ["features", "features=many", "colour=1"] {
            assert!(star(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
        assert!(star(&[format!("features={}", recipe.features)]).is_err());
    }

    #[test]
    fn brotli_shrinks_what_repeats_and_gives_it_back() {
        let bytes = b"steel and rivers, ".repeat(200);
        assert!(brotli_bytes(&bytes).unwrap() < 60);
        assert!(brotli_bytes(b"").unwrap() < 4);
    }
}
