//! Where answers go: standard output, or a file that appears when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub(super) enum Output {
    Standard(BufWriter<Stdout>),
    File(Partial),
}

/// A file that is being written beside the one that it becomes; dropped before that, it is removed.
pub(super) struct Partial {
    writer: BufWriter<File>,
    path: PathBuf,
    becomes: PathBuf,
}

impl Output {
    /// Standard output, or a file.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub(super) fn open(path: Option<&Path>) -> Result<Output> {
        let Some(becomes) = path else { return Ok(Output::Standard(BufWriter::new(io::stdout()))) };
        let Some(name) = becomes.file_name().filter(|_| !becomes.is_dir()) else {
            bail!("the output {} is a folder: name a file", becomes.display());
        };
        let mut partial = OsString::from(".");
        partial.push(name);
        partial.push(format!(".{}.partial", std::process::id()));
        let path = becomes.with_file_name(partial);
        let file = File::create(&path).with_context(|| format!("cannot write {}", becomes.display()))?;
        let writer = BufWriter::new(file);
        Ok(Output::File(Partial { writer, path, becomes: becomes.to_owned() }))
    }

    /// Everything is written.
    ///
    /// # Errors
    /// When it cannot be: then there is no file, or still the one that was there before.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut writer) => writer.flush(),
            Output::File(mut partial) => {
                partial.writer.flush()?;
                partial.writer.get_ref().sync_all()?;
                fs::rename(&partial.path, &partial.becomes)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(writer) => writer.write(bytes),
            Output::File(partial) => partial.writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(writer) => writer.flush(),
            Output::File(partial) => partial.writer.flush(),
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After it was renamed there is nothing of that name.
        let _ = fs::remove_file(&self.path);
    }
}
