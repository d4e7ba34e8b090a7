//! The folder that a delivered file is bundled from: the site's code with that of www/npm and www/embed, and a module of
//! www/npm in the place of one of the site's, so that the engine is beside the code or inside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::esbuild;
use crate::project::{Project, create, list, read, write};
use crate::run::run;
use crate::{fallback, wasm, wasm_text};

/// The module that says where the engine is: the package's own, of the same name in www/npm, stands for the site's.
const PLACE: &str = "engine-place.js";

/// The modules that a bundle is made of.
pub(crate) struct Workshop<'a> {
    project: &'a Project,
    folder: PathBuf,
}

impl<'a> Workshop<'a> {
    /// Lays out `target/pack/<name>` from an assembled site.
    ///
    /// # Errors
    /// When a file is missing, or cannot be read or written.
    pub(crate) fn new(project: &'a Project, site: &Path, name: &str) -> Result<Self> {
        let folder = project.target("pack").join(name);
        empty(&folder)?;
        copy_code(site, &folder)?;
        for room in ["npm", "embed"] {
            for path in list(&project.www().join(room))? {
                if path.extension().is_some_and(|extension| extension == "js") {
                    let name = path.file_name().unwrap_or_default();
                    write(&folder.join(room).join(name), &read(&path)?)?;
                }
            }
        }
        write(&folder.join(PLACE), format!("export * from \"./npm/{PLACE}\";\n").as_bytes())?;
        let bytes = folder.join("npm/wasm-bytes.js");
        let module = String::from_utf8(read(&bytes)?).context("www/npm/wasm-bytes.js is not UTF-8")?;
        let fallback = read(&site.join("wasm").join(fallback::FILE))?;
        let fallback = String::from_utf8(fallback).context("the fallback engine is not UTF-8")?;
        write(&bytes, wasm_text::inside(&module, &read(&engine(site))?, &fallback)?.as_bytes())?;
        Ok(Self { project, folder })
    }

    /// Where the modules are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts another text in the place of a module.
    ///
    /// # Errors
    /// When there is no such module.
    pub(crate) fn replace(&self, module: &str, text: &str) -> Result<()> {
        let place = self.folder.join(module);
        ensure!(place.is_file(), "the site has no {module} any more");
        write(&place, text.as_bytes())
    }

    /// Bundles modules, run in this order, into one classic script that asks for no other file: the engine is inside it.
    ///
    /// # Errors
    /// When esbuild is missing or fails.
    pub(crate) fn classic(&self, modules: &[&str]) -> Result<String> {
        self.script(modules, &[])
    }

    /// The same for a thread beside the page: the page hands its compiled engine over, and without one reads by itself.
    ///
    /// # Errors
    /// As [`classic`](Self::classic).
    pub(crate) fn worker(&self, module: &str) -> Result<String> {
        self.script(&[module], &[&format!("--external:./wasm/{}", fallback::FILE)])
    }

    fn script(&self, modules: &[&str], further: &[&str]) -> Result<String> {
        let entry = self.folder.join("classic.js");
        let imports: String = modules.iter().map(|module| format!("import \"./{module}\";\n")).collect();
        write(&entry, imports.as_bytes())?;
        let output = self.folder.join("bundle/classic.js");
        let mut esbuild = esbuild::bundle(self.project, &self.folder);
        esbuild
            .arg("classic.js")
            .arg("--format=iife")
            // A classic script has no address of its own; only messages and the service worker, which is not packed, ask.
            .arg("--define:import.meta.url=document.baseURI")
            .args(further)
            .arg(format!("--outfile={}", output.display()));
        run(&format!("bundling {}", modules.join(" and ")), &mut esbuild)?;
        String::from_utf8(read(&output)?).context("the bundle is not UTF-8")
    }
}

/// The wasm file of a site.
pub(crate) fn engine(site: &Path) -> PathBuf {
    site.join(format!("wasm/{}_bg.wasm", wasm::NAME))
}

/// Makes a folder that holds nothing.
///
/// # Errors
/// When what is in it cannot be removed.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    create(folder)
}

fn copy_code(site: &Path, to: &Path) -> Result<()> {
    create(to)?;
    for path in list(site)? {
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_code(&path, &place)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            write(&place, &read(&path)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;

    #[test]
    fn the_package_s_own_modules_take_the_place_of_the_site_s() {
        let scratch = Scratch::new();
        for (place, text) in [
            ("site/page.js", "page"),
            ("site/engine-place.js", "of the site"),
            ("site/index.html", "no module"),
            ("site/wasm/leitmotif_wasm_bg.wasm", "\0asm\u{1}\0\0\0\u{b}\u{1}\0"),
            ("site/wasm/leitmotif_wasm.fallback.js", "fallback"),
            ("www/npm/engine-place.js", "of the package"),
            ("www/npm/wasm-bytes.js", "const CODE = \"\";\nconst DATA = \"\";"),
            ("www/npm/package.json", "{}"),
            ("www/embed/frame.js", "frame"),
            ("target/pack/npm/stale.js", "old"),
        ] {
            scratch.file(place, text);
        }
        let project = Project::at(&scratch.0);
        let workshop = Workshop::new(&project, &scratch.0.join("site"), "npm").unwrap();
        let files = crate::project::tree(workshop.folder()).unwrap();
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            [
                "embed/frame.js",
                "engine-place.js",
                "npm/engine-place.js",
                "npm/wasm-bytes.js",
                "page.js",
                "wasm/leitmotif_wasm.fallback.js",
            ]
        );
        let text = |name| fs::read_to_string(workshop.folder().join(name)).unwrap();
        assert_eq!(text("engine-place.js"), "export * from \"./npm/engine-place.js\";\n");
        assert_eq!(text("npm/engine-place.js"), "of the package");
        assert!(text("npm/wasm-bytes.js").ends_with("\nconst DATA = \"AA==\";"));
        assert!(workshop.replace("assets.js", "").unwrap_err().to_string().contains("assets.js"));
    }

    #[test]
    fn what_was_in_a_folder_is_gone_when_it_is_emptied() {
        let scratch = Scratch::new();
        scratch.file("npm/old/part.js", "old");
        empty(&scratch.0.join("npm")).unwrap();
        assert!(list(&scratch.0.join("npm")).unwrap().is_empty());
    }
}
