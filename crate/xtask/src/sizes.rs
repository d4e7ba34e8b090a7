//! What readers load, in bytes, and what takes them.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::project::{Project, write};
use crate::run::{command, run};
use crate::{fallback, wasm};

/// The most that the wasm file, model included, and its glue may weigh together, with brotli: 120 KB of 1,000 bytes.
pub(crate) const BUDGET: u64 = 120_000;

/// Prints what the wasm file, the model inside it and the JavaScript around it weigh, raw and with brotli; returns
/// the total of wasm and glue with brotli. Told above the total, and not in it: leitmotif.js with the modules that it imports,
/// and the fallback engine, which nobody loads beside the wasm.
///
/// # Errors
/// When Node is missing or cannot read the files, or the total is beyond [`BUDGET`].
pub(crate) fn report(project: &Project, site: &Path) -> Result<u64> {
    let script = project.target("wasm/sizes.mjs");
    write(&script, SCRIPT.as_bytes())?;
    let mut node = command("node");
    node.arg(&script)
        .arg(site.join(format!("wasm/{}_bg.wasm", wasm::NAME)))
        .arg(project.root().join("crate/model/leitmotif.safetensors"))
        .arg(site.join(format!("wasm/{}_bg.js", wasm::NAME)))
        .arg(site.join("wasm").join(fallback::FILE))
        .args(MODULES.map(|module| site.join(module)));
    let output = run("compressing with brotli", &mut node)?;
    print!("{output}");
    let total = total(&output).with_context(|| format!("no total in what Node said:\n{output}"))?;
    ensure!(
        total <= BUDGET,
        "what readers load weighs {total} bytes with brotli, {} more than allowed: make something smaller, or argue for \
         another budget in crate/xtask/src/sizes.rs",
        total - BUDGET
    );
    Ok(total)
}

/// leitmotif.js and what it imports.
const MODULES: [&str; 8] = [
    "leitmotif.js",
    "engine-load.js",
    "engine-place.js",
    "leitmotif-error.js",
    "reading-rows.js",
    "steps.js",
    "text-limit.js",
    "wasm-file.js",
];

/// The last number of the last line.
fn total(output: &str) -> Option<u64> {
    output.lines().last()?.strip_prefix("total")?.split_ascii_whitespace().last()?.parse().ok()
}

/// Each part of the model is compressed alone; code is what the wasm file weighs beyond the model.
const SCRIPT: &str = r#"import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [wasm, model, glue, fallback, ...modules] = process.argv.slice(2).map((path) => ({ path, bytes: readFileSync(path) }));
const weigh = (bytes) => [bytes.length, brotliCompressSync(bytes).length];
const tell = (name, [raw, packed]) =>
  console.log(name.padEnd(30) + String(raw).padStart(9) + String(packed).padStart(9));
const less = (a, b) => a.map((n, i) => n - b[i]);
const plus = (a, b) => a.map((n, i) => n + b[i]);

console.log("".padEnd(30) + "raw".padStart(9) + "brotli".padStart(9));
const whole = weigh(wasm.bytes);
const inside = weigh(model.bytes);
tell("wasm: code and words", less(whole, inside));
tell("wasm: model", inside);
const start = 8 + Number(model.bytes.readBigUInt64LE(0));
tell("  its header", weigh(model.bytes.subarray(0, start)));
const header = JSON.parse(model.bytes.toString("utf8", 8, start));
for (const [name, { data_offsets }] of Object.entries(header)) {
  if (name !== "__metadata__") tell(`  ${name}`, weigh(model.bytes.subarray(...data_offsets.map((at) => start + at))));
}
tell("wasm: glue", weigh(glue.bytes));
tell("(leitmotif.js and its parts)", modules.map(({ bytes }) => weigh(bytes)).reduce(plus));
tell(`(${basename(fallback.path)})`, weigh(fallback.bytes));
tell("total", plus(whole, weigh(glue.bytes)));
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_off_the_last_line() {
        assert_eq!(total("wasm   2 1\ntotal       349104   155487\n"), Some(155_487));
        assert_eq!(total("wasm   2 1\n"), None);
        assert_eq!(total(""), None);
    }

    #[test]
    fn parts_and_total_of_small_files_are_told() {
        let scratch = crate::project::tests::Scratch::new();
        let project = Project::at(&scratch.0);
        let header = r#"{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#;
        let model = format!("{}\0\0\0\0\0\0\0{header}ab", header.len() as u8 as char);
        scratch.file("crate/model/leitmotif.safetensors", &model);
        scratch.file("site/wasm/leitmotif_wasm_bg.wasm", &format!("code {model}"));
        scratch.file("site/wasm/leitmotif_wasm_bg.js", "glue");
        scratch.file("site/wasm/leitmotif_wasm.fallback.js", &"translated ".repeat(100));
        for module in MODULES {
            scratch.file(&format!("site/{module}"), "more glue");
        }
        let total = report(&project, &scratch.0.join("site")).unwrap();
        assert!(total > 50 && total < 200, "{total}");
    }
}
