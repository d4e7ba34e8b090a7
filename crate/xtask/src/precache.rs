//! The service worker's list of the site's files: each with its hash, so that a version is taken whole or not at all.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::hash;
use crate::project::{read, write};
use crate::site::Plan;

/// The worker's place in the site; it does not list itself.
const WORKER: &str = "sw.js";
/// What stands in the worker's source where the list and the version go.
const FILES: &str = "/* files */ {}";
const VERSION: &str = "/* version */ \"none\"";

/// Puts the list of all files of `plan` into its service worker: the plan then holds the written file `out` in the worker's
/// place. A site without a worker stays as it is.
///
/// # Errors
/// When a file cannot be read, has a name that needs escaping in an address, or the worker has no place for the list.
pub(crate) fn complete(plan: &mut Plan, out: &Path) -> Result<()> {
    let Some(source) = plan.remove(WORKER) else { return Ok(()) };
    let worker = String::from_utf8(read(&source)?).context("the service worker is not UTF-8")?;
    let list = list(plan)?;
    let version = &hash::hex(list.as_bytes())[..16];
    let written = fill(&fill(&worker, FILES, &list)?, VERSION, &format!("\"{version}\""))?;
    write(out, written.as_bytes())?;
    plan.insert(WORKER.to_owned(), out.to_owned());
    Ok(())
}

/// The files as a JavaScript object, path → SHA-256, in the order of their paths.
fn list(plan: &Plan) -> Result<String> {
    let mut list = String::from("{\n");
    for (place, source) in plan {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        ensure!(
            place.chars().all(plain),
            "{place}: only letters, digits, '.', '_' and '-' in the site's file names"
        );
        writeln!(list, "  \"{place}\": \"{}\",", hash::hex(&read(source)?))?;
    }
    list.push('}');
    Ok(list)
}

fn fill(worker: &str, mark: &str, value: &str) -> Result<String> {
    ensure!(worker.matches(mark).count() == 1, "the service worker must hold {mark} once");
    Ok(worker.replacen(mark, value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    fn site(page: &str) -> (Scratch, Plan) {
        let scratch = Scratch::new();
        let worker = "const FILES = /* files */ {};\nconst VERSION = /* version */ \"none\";\n";
        let files = [("index.html", page), ("wasm/engine.wasm", "wasm"), ("sw.js", worker)];
        let plan =
            files.map(|(place, text)| (place.to_owned(), scratch.file(place, text))).into_iter().collect();
        (scratch, plan)
    }

    fn written(page: &str) -> String {
        let (scratch, mut plan) = site(page);
        let out = scratch.0.join("out/sw.js");
        complete(&mut plan, &out).unwrap();
        assert_eq!(plan["sw.js"], out);
        std::fs::read_to_string(out).unwrap()
    }

    #[test]
    fn the_list_holds_every_file_but_the_worker_with_its_hash() {
        let worker = written("page");
        assert!(worker.contains(&format!("\"index.html\": \"{}\"", hash::hex(b"page"))), "{worker}");
        assert!(worker.contains(&format!("\"wasm/engine.wasm\": \"{}\"", hash::hex(b"wasm"))), "{worker}");
        assert!(!worker.contains("\"sw.js\""), "{worker}");
    }

    #[test]
    fn another_byte_anywhere_is_another_version() {
        let version = |worker: &str| worker.split("VERSION = ").nth(1).unwrap().to_owned();
        assert_eq!(version(&written("page")), version(&written("page")));
        assert_ne!(version(&written("page")), version(&written("pagf")));
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_is_an_error() {
        let (scratch, mut plan) = site("page");
        scratch.file("sw.js", "const FILES = {};");
        let error = complete(&mut plan, &scratch.0.join("out")).unwrap_err().to_string();
        assert!(error.contains("/* files */"), "{error}");
    }

    #[test]
    fn a_name_that_an_address_would_escape_is_an_error() {
        let (scratch, mut plan) = site("page");
        plan.insert("two words.txt".to_owned(), scratch.file("two words.txt", ""));
        let error = complete(&mut plan, &scratch.0.join("out")).unwrap_err().to_string();
        assert!(error.contains("two words.txt"), "{error}");
    }
}
