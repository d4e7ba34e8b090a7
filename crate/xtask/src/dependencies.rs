//! What the dependencies are: their licences, and what is known against them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::project::{Project, read};
use crate::run::{answer, cargo, command, run};

/// Checks that every dependency of a build on this machine, and of the page's wasm, has a licence of deny.toml's list, and that
/// all that is locked comes from the one registry, with a hash; and with cargo-deny, where it is installed, on every machine.
///
/// # Errors
/// When a dependency has another licence or none, or comes from elsewhere.
pub(crate) fn licences(project: &Project) -> Result<String> {
    let allowed = allowed(&String::from_utf8(read(&project.root().join("deny.toml"))?)?)?;
    let everything = ["--workspace", "--all-features", "-e", "all"];
    let wasm = ["-p", "leitmotif", "--no-default-features", "--features", "wasm", "-e", "normal"];
    let mut packages = tree(project, &everything)?;
    packages.extend(tree(project, &[&wasm[..], &["--target", "wasm32-unknown-unknown"]].concat())?);
    packages.sort();
    packages.dedup();
    let refused: Vec<_> = packages
        .iter()
        .filter_map(|(package, licence)| Some(format!("{package}: {}", refusal(licence, &allowed)?)))
        .collect();
    ensure!(refused.is_empty(), "licences that deny.toml does not allow:\n    {}", refused.join("\n    "));
    let locked = sources(project)?;
    let checked = format!("packages: {}; locked, with a hash each: {locked}", packages.len());
    if !has_deny() {
        return Ok(format!("{checked}; cargo deny SKIPPED: cargo install --locked cargo-deny"));
    }
    // It looks at the crates of every system; a build has fetched those of this one.
    let mut fetch = cargo();
    fetch.current_dir(project.root()).args(["fetch", "--locked"]);
    if run("cargo fetch", &mut fetch).is_err() {
        return Ok(format!("{checked}; cargo deny SKIPPED: crates of other systems are out of reach"));
    }
    let mut deny = cargo();
    deny.current_dir(project.root()).args(["deny", "--offline", "check", "licenses", "bans", "sources"]);
    run("cargo deny", &mut deny)?;
    Ok(format!("{checked}; cargo deny: licences, bans and sources on every system"))
}

/// Checks the lock files, those of the workspaces for fuzzing and measuring among them, and npm's; how many packages they name.
fn sources(project: &Project) -> Result<usize> {
    let mut count = 0;
    let text = |place: &str| Ok::<_, anyhow::Error>(String::from_utf8(read(&project.root().join(place))?)?);
    for place in ["Cargo.lock", "crate/fuzz/Cargo.lock", "crate/bench/Cargo.lock"] {
        count += locked_crates(&text(place)?).with_context(|| place.to_owned())?;
    }
    let place = "www/package-lock.json";
    Ok(count + locked_npm(&serde_json::from_str(&text(place)?)?).context(place)?)
}

/// The packages of a Cargo.lock that are from elsewhere than this project: all from one registry, each with its hash.
fn locked_crates(lock: &str) -> Result<usize> {
    let mut registries = Vec::new();
    let mut count = 0;
    for package in lock.split("[[package]]").skip(1) {
        let field =
            |name: &str| package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        let name = field("name").unwrap_or("a package without a name");
        let Some(source) = field("source") else { continue };
        ensure!(source.starts_with("\"registry+"), "{name} comes from {source}, not from a registry");
        ensure!(field("checksum").is_some(), "{name} is locked without a hash");
        if !registries.contains(&source) {
            registries.push(source);
        }
        count += 1;
    }
    ensure!(
        count > 0 && registries.len() == 1,
        "{count} packages from {registries:?}: one registry is meant"
    );
    Ok(count)
}

/// The packages of a package-lock.json, each with its hash.
fn locked_npm(lock: &Value) -> Result<usize> {
    let packages = lock["packages"].as_object().context("no list of packages")?;
    let mut count = 0;
    for (place, package) in packages.iter().filter(|(place, _)| !place.is_empty()) {
        let hash = package["integrity"].as_str().unwrap_or_default();
        ensure!(hash.starts_with("sha512-"), "{place} is locked without a hash");
        count += 1;
    }
    ensure!(count > 0, "no package");
    Ok(count)
}

/// Asks what is known against the dependencies, in Rust and in the page's test tools, where the network tells.
///
/// # Errors
/// When something is.
pub(crate) fn advisories(project: &Project) -> Result<String> {
    let rust = if has_deny() {
        let mut deny = cargo();
        deny.current_dir(project.root()).args(["deny", "check", "advisories"]);
        match run("cargo deny check advisories", &mut deny) {
            Ok(_) => "Rust: none".to_owned(),
            // Its own word for a database that could not be fetched.
            Err(problem) if format!("{problem}").contains("failed to fetch advisory database") => {
                "Rust SKIPPED: the advisory database is out of reach".to_owned()
            }
            Err(problem) => return Err(problem),
        }
    } else {
        "Rust SKIPPED: cargo install --locked cargo-deny".to_owned()
    };
    Ok(format!("{rust}; {}", npm_audit(&project.www())?))
}

fn npm_audit(www: &Path) -> Result<String> {
    let mut npm = command("npm");
    npm.args(["audit", "--json", "--no-fund"]).current_dir(www);
    // Its exit status tells of findings and of failures alike; what it prints tells them apart.
    let Ok(output) = npm.output() else { return Ok("npm SKIPPED: npm is missing".to_owned()) };
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let Some(found) = findings(&report) else {
        let why = unanswered(&report).with_context(|| format!("npm audit fails: {}", report["error"]))?;
        return Ok(format!("npm SKIPPED: the registry does not answer audits ({why})"));
    };
    ensure!(found == 0, "npm audit knows of {found} vulnerable packages: run it in www/");
    Ok("npm: none".to_owned())
}

/// How many vulnerable packages a report of `npm audit --json` counts; `None` where it is no such report.
fn findings(report: &Value) -> Option<u64> {
    report.get("metadata")?.get("vulnerabilities")?.get("total")?.as_u64()
}

/// Why a registry gave no report: what it answered, or that it could not be reached; `None` where the trouble is npm's own.
fn unanswered(report: &Value) -> Option<&str> {
    let message = report.get("message")?.as_str()?;
    message.rsplit("reason: ").next()?.split(" - ").next()
}

fn has_deny() -> bool {
    answer(cargo().args(["deny", "--version"])).is_some()
}

/// The packages of a dependency graph, each with the licence that it states.
fn tree(project: &Project, arguments: &[&str]) -> Result<Vec<(String, String)>> {
    let mut tree: Command = cargo();
    tree.current_dir(project.root()).args(["tree", "--offline", "--prefix", "none", "--format", "{p}|{l}"]);
    let output = answer(tree.args(arguments)).context("cargo tree tells nothing: build the project first")?;
    // After the name and version stands where a package lies, where that is no registry.
    let line = |line: &str| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let package: Vec<&str> = package.split(' ').take(2).collect();
        Some((package.join(" "), licence.trim().to_owned()))
    };
    let packages: Vec<_> = output.lines().filter_map(line).collect();
    ensure!(packages.len() > 3, "cargo tree tells of {} packages", packages.len());
    Ok(packages)
}

/// The list `allow` of deny.toml, the one array of that name.
fn allowed(deny: &str) -> Result<Vec<String>> {
    let Some((_, list)) = deny.split_once("\nallow = [") else { bail!("deny.toml has no list `allow`") };
    let list = list.split(']').next().unwrap_or_default();
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// What is wrong with a licence, if anything is.
fn refusal(licence: &str, allowed: &[String]) -> Option<String> {
    if licence.is_empty() {
        return Some("states no licence".to_owned());
    }
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) => {
            let fits = expression.evaluate(|asked| allowed.contains(&asked.to_string()));
            (!fits).then(|| licence.to_owned())
        }
        Err(problem) => Some(format!("{licence:?} is no licence expression ({})", problem.reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projects_own_list_is_read_and_decides() {
        let deny = Project::find().unwrap().root().join("deny.toml");
        let allowed = allowed(&String::from_utf8(read(&deny).unwrap()).unwrap()).unwrap();
        assert!(allowed.contains(&"MIT".to_owned()) && allowed.len() > 5, "{allowed:?}");
        for fine in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert_eq!(refusal(fine, &allowed), None);
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "", "do what you like"] {
            assert!(refusal(bad, &allowed).is_some(), "{bad}");
        }
    }

    #[test]
    fn what_is_locked_comes_from_one_registry_with_its_hash() {
        assert!(sources(&Project::find().unwrap()).unwrap() > 200);
        let package = |source: &str, rest: &str| {
            format!("[[package]]\nname = \"x\"\nversion = \"1.0.0\"\n{source}{rest}\n")
        };
        let (one, sum) = ("source = \"registry+one\"\n", "checksum = \"00\"\n");
        let own = package("", "");
        assert_eq!(locked_crates(&[own.clone(), package(one, sum)].concat()).unwrap(), 1);
        for bad in [
            own,
            package(one, ""),
            package("source = \"git+https://one.invalid/x\"\n", sum),
            [package(one, sum), package("source = \"registry+two\"\n", sum)].concat(),
        ] {
            assert!(locked_crates(&bad).is_err(), "{bad}");
        }
        let npm = |integrity: &str| serde_json::json!({"packages": {"": {}, "node_modules/x": {"integrity": integrity}}});
        assert_eq!(locked_npm(&npm("sha512-AA==")).unwrap(), 1);
        assert!(locked_npm(&npm("sha1-AA==")).is_err());
        assert!(locked_npm(&serde_json::json!({"packages": {"": {}}})).is_err());
    }

    #[test]
    fn findings_and_failures_of_npm_are_told_apart() {
        let report = serde_json::json!({ "metadata": { "vulnerabilities": { "total": 2 } } });
        assert_eq!(findings(&report), Some(2));
        assert_eq!(findings(&serde_json::json!({ "message": "405 Method Not Allowed" })), None);
        assert_eq!(findings(&Value::Null), None);
        let refused = "405 Method Not Allowed - POST https://registry.invalid/-/npm/v1/security";
        let cut = "request to http://registry.invalid/-/npm failed, reason: connect ECONNREFUSED 127.0.0.1:9";
        for (message, why) in [(refused, "405 Method Not Allowed"), (cut, "connect ECONNREFUSED 127.0.0.1:9")]
        {
            assert_eq!(unanswered(&serde_json::json!({ "message": message })), Some(why));
        }
        let own = serde_json::json!({ "error": { "code": "ENOLOCK", "summary": "no lock file" } });
        assert_eq!(unanswered(&own), None);
    }
}
