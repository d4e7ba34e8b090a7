//! Where answers go: standard output, a file that appears when it is whole, or what is no file at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::unfinished::{self, Unfinished};

/// So many links lead on at most; more are a circle.
const MOST_LINKS: usize = 40;

pub(super) enum Output {
    Standard(BufWriter<Stdout>),
    /// A pipe, a device, or a file that this process was given open: written as it comes.
    Direct(BufWriter<File>),
    File(Partial),
}

/// A file that is being written beside the one that it becomes; dropped before that, it is removed.
pub(super) struct Partial {
    writer: BufWriter<File>,
    unfinished: Unfinished,
    becomes: PathBuf,
}

/// What a path leads to, links followed.
enum Target {
    /// Standard output by its name, as /dev/stdout.
    Standard,
    /// Another of the files that this process has open, as /dev/fd/3: what is written goes behind what is there.
    Open,
    /// A pipe, a device, a socket.
    Other,
    /// A file that is there, to be replaced.
    File(PathBuf, Metadata),
    /// None is there yet.
    Nothing(PathBuf),
}

impl Output {
    /// Standard output, or what a path names.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn open(path: Option<&Path>) -> Result<Output> {
        match path {
            Some(path) => Self::named(path).with_context(|| format!("cannot write {}", path.display())),
            None => Ok(Self::standard()),
        }
    }

    fn standard() -> Output {
        Output::Standard(BufWriter::new(io::stdout()))
    }

    fn named(path: &Path) -> Result<Output> {
        let open = |how: &mut OpenOptions| Ok(Output::Direct(BufWriter::new(how.open(path)?)));
        match Target::of(path)? {
            Target::Standard => Ok(Self::standard()),
            Target::Open => open(OpenOptions::new().append(true)),
            Target::Other => open(OpenOptions::new().write(true)),
            Target::File(becomes, before) => {
                // Who may not write to the file may not replace it.
                OpenOptions::new().write(true).open(&becomes)?;
                let partial = Partial::beside(becomes, true)?;
                keep_access(partial.writer.get_ref(), &before)?;
                Ok(Output::File(partial))
            }
            Target::Nothing(becomes) => Ok(Output::File(Partial::beside(becomes, false)?)),
        }
    }

    /// Everything is written.
    ///
    /// # Errors
    /// When it cannot be: then there is no file, or still the one that was there before.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut writer) => writer.flush(),
            Output::Direct(mut writer) => writer.flush(),
            Output::File(mut partial) => {
                partial.writer.flush()?;
                partial.writer.get_ref().sync_all()?;
                partial.unfinished.becomes(&partial.becomes)
            }
        }
    }
}

impl Partial {
    fn beside(becomes: PathBuf, private: bool) -> io::Result<Partial> {
        let (file, unfinished) = unfinished::create(folder_of(&becomes), private)?;
        Ok(Partial { writer: BufWriter::new(file), unfinished, becomes })
    }
}

impl Target {
    fn of(path: &Path) -> Result<Target> {
        if path.to_string_lossy().ends_with(std::path::is_separator) {
            bail!("it is a folder: name a file");
        }
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            if let Some(number) = open_file(&path) {
                return Ok(if number == 1 { Target::Standard } else { Target::Open });
            }
            let about = match fs::symlink_metadata(&path) {
                Ok(about) => about,
                Err(problem) if problem.kind() == ErrorKind::NotFound && path.file_name().is_some() => {
                    return Ok(Target::Nothing(path));
                }
                Err(problem) => return Err(problem.into()),
            };
            if about.is_symlink() {
                path = folder_of(&path).join(fs::read_link(&path)?);
            } else if about.is_dir() {
                bail!("it is a folder: name a file");
            } else if about.is_file() {
                return Ok(Target::File(path, about));
            } else {
                return Ok(Target::Other);
            }
        }
        bail!("its links lead in a circle")
    }
}

/// The number under which this process has a file open, where a path is such a number's: what it links to may be no path at all.
fn open_file(path: &Path) -> Option<u32> {
    let number = path.file_name()?.to_str()?.parse().ok()?;
    let folder = fs::canonicalize(folder_of(path)).ok()?;
    let own = ["/proc/self/fd", "/dev/fd"]
        .into_iter()
        .filter_map(|own| fs::canonicalize(own).ok())
        .any(|own| own == folder);
    own.then_some(number)
}

/// The folder that a path is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Who might read and write the old file may read and write the new one, and nobody else.
fn keep_access(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (before.uid(), before.gid()) {
            // Not everyone may give a file away; then it is the one's who wrote it.
            let _ = fchown(file, Some(before.uid()), Some(before.gid()));
        }
    }
    file.set_permissions(before.permissions())
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(writer) => writer.write(bytes),
            Output::Direct(writer) => writer.write(bytes),
            Output::File(partial) => partial.writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(writer) => writer.flush(),
            Output::Direct(writer) => writer.flush(),
            Output::File(partial) => partial.writer.flush(),
        }
    }
}
