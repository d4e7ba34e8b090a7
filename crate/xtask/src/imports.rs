//! Which modules of a bundled site are loaded at once, because the first one imports them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::project::read;

/// The module `entry` of a site and all that it imports statically, directly or not, in the order found. Made for what esbuild
/// minifies: the import statements stand without spaces.
///
/// # Errors
/// When a module cannot be read.
pub(crate) fn at_once(site: &Path, entry: &str) -> Result<Vec<String>> {
    let mut modules = vec![entry.to_owned()];
    let mut next = 0;
    while let Some(module) = modules.get(next) {
        let code =
            String::from_utf8(read(&site.join(module))?).with_context(|| format!("{module} is not UTF-8"))?;
        for imported in statics(&code) {
            if !modules.contains(&imported) {
                modules.push(imported);
            }
        }
        next += 1;
    }
    Ok(modules)
}

/// The modules beside it that code imports statically: `from"./x.js"` or `import"./x.js"`.
fn statics(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in ["from\"./", "import\"./"] {
        for (at, _) in code.match_indices(statement) {
            let name = code[at + statement.len()..].split('"').next().unwrap_or_default();
            if name.ends_with(".js") {
                found.push((at, name.to_owned()));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn static_imports_are_followed_and_dynamic_ones_are_not() {
        let scratch = Scratch::new();
        scratch.file("page.js", "import{a}from\"./a.js\";import\"./b.js\";x=()=>import(\"./later.js\");");
        scratch.file("a.js", "import{b}from\"./b.js\";export{b as a};");
        scratch.file("b.js", "export const b=1;");
        scratch.file("later.js", "");
        assert_eq!(at_once(&scratch.0, "page.js").unwrap(), ["page.js", "a.js", "b.js"]);
    }
}
