//! The crate as others get it: what is in the package, what it depends on, and its example, run.

use std::path::Path;
use std::process::{Command, Output};

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    cargo
}

fn succeeded(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("cargo runs");
    assert!(status.success(), "{command:?}\n{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("UTF-8")
}

#[test]
fn a_native_build_depends_on_nothing_of_wasm() {
    let tree = |further: &[&str]| {
        let arguments =
            ["tree", "--offline", "-p", "leitmotif", "-e", "normal", "--prefix", "none", "-f", "{p}"];
        let output = succeeded(&mut cargo(&[&arguments[..], further].concat()));
        output.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect::<Vec<_>>()
    };
    let native = tree(&[]);
    assert!(native.iter().any(|name| name == "libm"), "{native:?}");
    for name in ["wasm-bindgen", "js-sys", "web-sys", "rlsf"] {
        assert!(!native.iter().any(|own| own == name), "{name} is among {native:?}");
    }
    assert!(tree(&["--features", "wasm"]).iter().any(|name| name == "wasm-bindgen"));
}

#[test]
fn the_package_holds_what_it_needs_and_nothing_else() {
    let list = succeeded(&mut cargo(&["package", "--offline", "-p", "leitmotif", "--allow-dirty", "--list"]));
    let files: Vec<&str> = list.lines().collect();
    let whole = [
        ".cargo_vcs_info.json",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "examples/folder.rs",
        "model/README.md",
        "model/furniture.safetensors",
        "model/leitmotif.safetensors",
        "model/leitmotif.safetensors.sha256",
    ];
    for name in &whole {
        // Where the project is no git repository, cargo writes no .cargo_vcs_info.json.
        assert!(files.contains(name) || name.starts_with('.'), "{name} is missing from the package");
    }
    let sources = files.iter().filter(|name| name.starts_with("src/") && name.ends_with(".rs"));
    let further: Vec<_> =
        files.iter().filter(|name| !whole.contains(name) && !name.starts_with("src/")).collect();
    assert!(sources.count() > 20 && further.is_empty(), "the package holds {further:?} too");
}

#[test]
fn the_example_gives_the_same_lines_whatever_the_number_of_threads() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("articles");
    std::fs::create_dir_all(&folder).expect("the folder for tests");
    for number in 0..40 {
        let article =
            "A quiet year\n\nBy Ann Lee\n\nThe mill bought robots and doubled its output of steel.\n\n";
        let text = article.repeat(1 + number * 7 % 11);
        std::fs::write(folder.join(format!("{number:02}.txt")), text).expect("an article");
    }
    std::fs::write(folder.join("notes.md"), "No article.").expect("a file beside them");
    let run = |threads: &str| {
        let arguments = ["run", "--offline", "--quiet", "-p", "leitmotif", "--example", "folder", "--"];
        succeeded(cargo(&arguments).arg(&folder).env("RAYON_NUM_THREADS", threads))
    };
    let one = run("1");
    let names: Vec<&str> = one.lines().filter_map(|line| line.split('\t').next()).collect();
    assert!(names.is_sorted() && names[0] == "00.txt" && names[names.len() - 1] == "39.txt", "{one}");
    assert!(
        one.contains("\tbody\t") && one.contains("\tindustry\n") && one.contains("\tfurniture\t"),
        "{one}"
    );
    for threads in ["2", "7"] {
        assert_eq!(run(threads), one, "{threads} threads");
    }
    let nowhere =
        cargo(&["run", "--offline", "-q", "-p", "leitmotif", "--example", "folder", "--", "nowhere"])
            .output();
    assert!(!nowhere.expect("cargo runs").status.success());
}
