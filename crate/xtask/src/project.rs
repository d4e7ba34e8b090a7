//! Where things are in the project, and small file helpers.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The project's folders. Everything xtask writes lies under `target/` or `www/node_modules/`.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project that this xtask belongs to.
    ///
    /// # Errors
    /// When the folder no longer holds the project (it was moved after xtask was compiled).
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets the variable at run time too; the compiled-in value serves a binary started by hand.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .join("../..")
            .canonicalize()
            .with_context(|| format!("{}: the project is not there", manifest.display()))?;
        ensure!(
            root.join("crate/xtask/Cargo.toml").is_file(),
            "{} does not look like the project (no crate/xtask): start xtask with `cargo xtask`",
            root.display()
        );
        Ok(Self { root })
    }

    /// A project at a folder of the caller's choice.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder that holds the workspace's Cargo.toml.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The static page as written.
    pub(crate) fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// Something below `target/`.
    pub(crate) fn target(&self, below: &str) -> PathBuf {
        self.root.join("target").join(below)
    }
}

/// Reads a file; the error names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it; the error names it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        create(folder)?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// Creates a folder and those above it; the error names it.
pub(crate) fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))
}

/// The entries of a folder, sorted by name so that nothing depends on the file system's order.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot list the folder {}", folder.display());
    let mut entries = fs::read_dir(folder)
        .with_context(context)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(context)?;
    entries.sort();
    Ok(entries)
}

/// Every file below a folder: its path from there, with `/`, and its path.
pub(crate) fn tree(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for path in list(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(tree(&path)?.into_iter().map(|(place, path)| (format!("{name}/{place}"), path)));
        } else {
            files.insert(name, path);
        }
    }
    Ok(files)
}

/// A mark that says from which inputs something was made, so that making it again can be skipped.
///
/// The mark is written only after the work is done: an interrupted run leaves none.
pub(crate) struct Stamp {
    file: PathBuf,
    mark: String,
}

impl Stamp {
    /// The mark of `inputs`, kept in `file`.
    pub(crate) fn new(file: PathBuf, inputs: &[&[u8]]) -> Self {
        let mut hasher = DefaultHasher::new();
        inputs.hash(&mut hasher);
        Self { file, mark: format!("{:016x}\n", hasher.finish()) }
    }

    /// Whether the work was already done from these inputs.
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|mark| mark == self.mark)
    }

    /// Records that the work is done.
    pub(crate) fn set(&self) -> Result<()> {
        write(&self.file, self.mark.as_bytes())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// An empty folder of one test, removed when the test ends.
    pub(crate) struct Scratch(pub(crate) PathBuf);

    impl Scratch {
        pub(crate) fn new() -> Self {
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let name =
                format!("leitmotif-xtask-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let folder = env::temp_dir().join(name);
            fs::create_dir_all(&folder).unwrap();
            Self(folder.canonicalize().unwrap())
        }

        pub(crate) fn file(&self, path: &str, text: &str) -> PathBuf {
            let path = self.0.join(path);
            write(&path, text.as_bytes()).unwrap();
            path
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_stamp_is_fresh_only_for_the_inputs_it_was_set_for() {
        let scratch = Scratch::new();
        let file = scratch.0.join("deep/stamp");
        let stamp = Stamp::new(file.clone(), &[b"wasm", b"settings"]);
        assert!(!stamp.is_fresh(), "nothing was done yet");
        stamp.set().unwrap();
        assert!(Stamp::new(file.clone(), &[b"wasm", b"settings"]).is_fresh());
        assert!(!Stamp::new(file.clone(), &[b"wasmsettings"]).is_fresh(), "the split counts");
        assert!(!Stamp::new(file, &[b"wasm2", b"settings"]).is_fresh());
    }

    #[test]
    fn reading_a_missing_file_names_it() {
        let error = read(Path::new("no/such/file")).unwrap_err();
        assert!(error.to_string().contains("no/such/file"), "{error}");
    }
}
