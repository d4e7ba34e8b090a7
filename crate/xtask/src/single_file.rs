//! A page as one file that runs by a double click, without server and network: `dist/leitmotif.html`, and `dist/embed.html`
//! for the frames of other pages, which may be in a sandbox and then load no modules either.
//!
//! From `file:` a browser loads neither modules nor wasm. So the modules become one inline classic script (esbuild bundles
//! them), the engine's bytes and the texts stand in it, the style sheets stand in the page, and a policy of hashes lets
//! nothing else in and nothing out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::hash;
use crate::project::{Project, list, read, write};
use crate::workshop::Workshop;

/// Writes `leitmotif.html` and `embed.html` from an assembled site into `dist`; returns their paths.
///
/// # Errors
/// When esbuild is missing or fails, or a page refers to a file that cannot be put into it.
pub(crate) fn pack(project: &Project, site: &Path, dist: &Path) -> Result<[PathBuf; 2]> {
    let page = Workshop::new(project, site, "page")?;
    page.replace("assets.js", &assets(site)?)?;
    let inside = String::from_utf8(read(&page.folder().join(WORKER_INSIDE))?)
        .with_context(|| format!("{WORKER_INSIDE} is not UTF-8"))?;
    page.replace(WORKER_INSIDE, &with_worker(&inside, &page.worker(WORKER)?)?)?;
    page.replace("trust.js", &format!("export * from \"./{WORKER_INSIDE}\";\n"))?;
    let frame = Workshop::new(project, site, "frame")?;
    Ok([
        single(&page, &site.join("index.html"), "page.js", &dist.join("leitmotif.html"))?,
        single(&frame, &project.www().join("embed/embed.html"), "embed/frame.js", &dist.join("embed.html"))?,
    ])
}

/// The thread that reads beside the page, and the module that holds its code in the page of one file.
const WORKER: &str = "reading-worker.js";
const WORKER_INSIDE: &str = "npm/worker-inside.js";

/// The module with the thread's code in it.
fn with_worker(module: &str, code: &str) -> Result<String> {
    let place = "const CODE = \"\";";
    ensure!(module.matches(place).count() == 1, "www/{WORKER_INSIDE} must say {place} once");
    Ok(module.replacen(place, &format!("const CODE = {};", serde_json::to_string(code.trim())?), 1))
}

/// The page at `html`, which the module `entry` starts, as the file `to`.
fn single(workshop: &Workshop, html: &Path, entry: &str, to: &Path) -> Result<PathBuf> {
    let script = workshop.classic(&["npm/inline.js", entry])?;
    let text = |path: &Path| {
        String::from_utf8(read(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
    };
    let sheet = |name: &str| text(&html.with_file_name(name));
    let packed =
        page(&text(html)?, &script, sheet).with_context(|| format!("{} cannot be packed", html.display()))?;
    write(to, packed.as_bytes())?;
    Ok(to.to_owned())
}

/// The module that has the texts inside, with the same names as www/assets.js.
fn assets(site: &Path) -> Result<String> {
    let mut texts = String::new();
    for (folder, ending) in [("", "json"), ("samples/", "txt")] {
        for path in list(&site.join(folder))? {
            if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let text = String::from_utf8(read(&path)?).with_context(|| format!("{name} is not UTF-8"))?;
                writeln!(texts, "  \"{folder}{name}\": {},", serde_json::to_string(&text)?)?;
            }
        }
    }
    Ok(format!(
        "const texts = {{\n{texts}}};\n\
         export async function textFile(path) {{\n  \
           if (!Object.hasOwn(texts, path)) throw new Error(`${{path}}: not packed`);\n  \
           return texts[path];\n}}\n"
    ))
}

/// The page with script and style inside it.
fn page(html: &str, script: &str, sheet: impl Fn(&str) -> Result<String>) -> Result<String> {
    let script = script.trim();
    ensure!(
        !script.to_ascii_lowercase().contains("</script"),
        "the bundle holds the end of a script element"
    );
    let mut styles = Vec::new();
    let mut packed = String::new();
    let mut policies = Vec::new();
    for line in html.lines() {
        let tag = line.trim();
        let indent = &line[..line.len() - line.trim_start().len()];
        if tag.contains("http-equiv=\"Content-Security-Policy\"") {
            policies.push((trusted_types(tag), tag.contains("; worker-src ")));
            writeln!(packed, "{indent}{POLICY_MARK}")?;
        } else if attribute(tag, "link", "rel") == Some("stylesheet") {
            let name = attribute(tag, "link", "href").context("a style sheet without href")?;
            let style = sheet(name)?;
            ensure!(
                !style.to_ascii_lowercase().contains("</style"),
                "{name} holds the end of a style element"
            );
            ensure!(!style.contains("url(") && !style.contains("@import"), "{name} asks for another file");
            let media = attribute(tag, "link", "media")
                .map(|media| format!(" media=\"{media}\""))
                .unwrap_or_default();
            writeln!(packed, "{indent}<style{media}>{style}</style>")?;
            styles.push(hash::policy_source(style.as_bytes()));
        } else if is_left_out(tag) {
        } else if tag == "</body>" {
            writeln!(packed, "<script>{script}</script>\n{line}")?;
        } else {
            writeln!(packed, "{line}")?;
        }
    }
    let [(trusted_types, works)] = policies[..] else {
        bail!("a page must have one policy on a line of its own")
    };
    ensure!(packed.contains("<script>"), "a page must have </body> on a line of its own");
    // A thread's code stands inside the page.
    let workers = if works { "worker-src blob:; " } else { "" };
    let policy = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {} 'wasm-unsafe-eval'; \
         style-src {}; img-src data: blob:; connect-src 'none'; {workers}base-uri 'none'; \
         form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types {trusted_types}\">",
        hash::policy_source(script.as_bytes()),
        styles.join(" ")
    );
    if let Some(line) = packed.lines().find(|line| asks_for_a_file(line)) {
        bail!("the page asks for a file that is not packed:\n    {}", line.trim());
    }
    Ok(packed.replacen(POLICY_MARK, &policy, 1))
}

/// The page's own Trusted Types policies, which its code makes here too.
fn trusted_types(policy: &str) -> &str {
    let names = policy.split("; trusted-types ").nth(1).unwrap_or("'none'");
    names.split([';', '"']).next().unwrap_or(names)
}

const POLICY_MARK: &str = "<!-- policy -->";

/// What a page of one file has no use for: its modules, the manifest, and icons that lie beside it.
fn is_left_out(tag: &str) -> bool {
    let link = attribute(tag, "link", "rel");
    matches!(link, Some("modulepreload" | "manifest" | "apple-touch-icon" | "preload"))
        || (link == Some("icon")
            && !attribute(tag, "link", "href").is_some_and(|href| href.starts_with("data:")))
        || attribute(tag, "script", "src").is_some()
}

/// Whether a line of markup has an element that loads something when the page opens.
fn asks_for_a_file(line: &str) -> bool {
    let tag = line.trim();
    let address = attribute(tag, "link", "href").or_else(|| {
        ["img", "script", "iframe", "source", "audio", "video", "object", "embed"]
            .iter()
            .find_map(|element| attribute(tag, element, "src"))
    });
    address.is_some_and(|address| !address.starts_with("data:"))
}

/// The value of an attribute where the line begins with that element.
fn attribute<'a>(tag: &'a str, element: &str, name: &str) -> Option<&'a str> {
    let inside = tag.strip_prefix('<')?.strip_prefix(element)?.strip_prefix(' ')?;
    let written = format!("{name}=\"");
    let start = if inside.starts_with(&written) { 0 } else { inside.find(&format!(" {written}"))? + 1 };
    inside[start + written.len()..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<!doctype html>\n<html>\n  <head>\n    \
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; trusted-types a b\">\n    \
        <link rel=\"icon\" href=\"data:image/svg+xml,x\">\n    <link rel=\"manifest\" href=\"m.webmanifest\">\n    \
        <link rel=\"stylesheet\" href=\"style.css\">\n    <link rel=\"stylesheet\" href=\"print.css\" media=\"print\">\n    \
        <script type=\"module\" src=\"page.js\"></script>\n  </head>\n  <body>\n    <p>Text\n  </body>\n</html>\n";

    fn packed(html: &str, script: &str) -> Result<String> {
        page(html, script, |name| Ok(format!("/* {name} */")))
    }

    #[test]
    fn script_and_styles_stand_in_the_page_under_their_hashes() {
        let page = packed(HTML, "run();\n").unwrap();
        assert!(page.contains("<style>/* style.css */</style>"), "{page}");
        assert!(page.contains("<style media=\"print\">/* print.css */</style>"), "{page}");
        assert!(page.contains("<script>run();</script>\n  </body>"), "{page}");
        for part in ["run();", "/* style.css */", "/* print.css */"] {
            assert!(page.contains(&hash::policy_source(part.as_bytes())), "{part} in {page}");
        }
        assert!(page.contains("connect-src 'none'"), "{page}");
        assert!(page.contains("; trusted-types a b\">"), "{page}");
        for gone in ["'self'", "manifest\"", "page.js", "rel=\"stylesheet\""] {
            assert!(!page.contains(gone), "{gone} in {page}");
        }
        assert!(page.contains("href=\"data:image/svg+xml,x\""), "{page}");
    }

    #[test]
    fn a_thread_is_allowed_where_the_page_has_one_and_only_from_inside_it() {
        assert!(!packed(HTML, "run();").unwrap().contains("worker-src"));
        let with = HTML.replace("; trusted-types", "; worker-src 'self'; trusted-types");
        let page = packed(&with, "run();").unwrap();
        assert!(page.contains("; worker-src blob:; ") && !page.contains("'self'"), "{page}");
    }

    #[test]
    fn the_thread_s_code_stands_in_the_module_as_a_string() {
        let module = with_worker("const CODE = \"\";\n", "say(\"a\\b\");\n").unwrap();
        assert_eq!(module, "const CODE = \"say(\\\"a\\\\b\\\");\";\n");
        assert!(with_worker("const OTHER = 1;", "").is_err());
    }

    #[test]
    fn samples_and_json_are_packed_and_nothing_else() {
        let scratch = crate::project::tests::Scratch::new();
        for place in [
            "wasm/leitmotif_wasm_bg.wasm",
            "samples/001.txt",
            "samples/note.md",
            "codebook.json",
            "manifest.webmanifest",
        ] {
            scratch.file(place, place);
        }
        let module = assets(&scratch.0).unwrap();
        for (place, packed) in [
            ("\"samples/001.txt\"", true),
            ("\"codebook.json\"", true),
            ("note.md", false),
            ("manifest", false),
        ] {
            assert_eq!(module.contains(place), packed, "{place} in {module}");
        }
    }

    #[test]
    fn what_would_be_asked_for_is_an_error() {
        let html = HTML.replace("<p>Text", "<img alt=\"\" src=\"picture.png\">");
        let error = packed(&html, "run();").unwrap_err().to_string();
        assert!(error.contains("picture.png"), "{error}");
        let error =
            page(HTML, "run();", |_| Ok("a { background: url(x.png) }".into())).unwrap_err().to_string();
        assert!(error.contains("style.css"), "{error}");
    }

    #[test]
    fn a_bundle_that_would_end_its_element_is_an_error() {
        assert!(packed(HTML, "x = '</SCRIPT>'").is_err());
    }

    #[test]
    fn a_page_without_policy_or_body_is_an_error() {
        assert!(packed(&HTML.replace("http-equiv", "name"), "run();").is_err());
        assert!(packed(&HTML.replace("</body>", ""), "run();").is_err());
    }

    #[test]
    fn attributes_are_found_by_element_and_name() {
        let tag = "<link rel=\"stylesheet\" href=\"a.css\" data-href=\"b\">";
        assert_eq!(attribute(tag, "link", "rel"), Some("stylesheet"));
        assert_eq!(attribute(tag, "link", "href"), Some("a.css"));
        assert_eq!(attribute(tag, "link", "media"), None);
        assert_eq!(attribute(tag, "script", "src"), None);
    }
}
