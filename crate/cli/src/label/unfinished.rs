//! A file that is not whole yet: it has a hidden name, and is gone when the command ends before it is whole, be it by a signal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The file that there is, for whoever hears a signal. One at a time: a command has one output.
static PATH: Mutex<Option<PathBuf>> = Mutex::new(None);

/// So many names are tried: others of the same process number may have been left by a machine that lost its power.
const MOST_NAMES: u32 = 1000;

/// Removes the file when it is dropped, unless it became another.
pub(super) struct Unfinished;

/// A new file in `folder`; a private one nobody but its owner can open, until it is given other permissions.
///
/// # Errors
/// When none can be created.
pub(super) fn create(folder: &Path, private: bool) -> io::Result<(File, Unfinished)> {
    #[cfg(unix)]
    removal::on_signals()?;
    let mut how = OpenOptions::new();
    // New: never through a link that somebody left under this name.
    how.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut path = known();
    for number in 0..MOST_NAMES {
        let name = format!(".leitmotif-{}-{number}.partial", std::process::id());
        let own = folder.join(name);
        match how.open(&own) {
            Ok(file) => {
                *path = Some(own);
                return Ok((file, Unfinished));
            }
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

impl Unfinished {
    /// The file is whole, and has this name from now on.
    pub(super) fn becomes(self, whole: &Path) -> io::Result<()> {
        let mut path = known();
        if let Some(own) = &*path {
            fs::rename(own, whole)?;
        }
        *path = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = known().take() {
            // It may be gone already; nothing more can be done.
            let _ = fs::remove_file(path);
        }
    }
}

/// What is held stays true while a thread panics: a path is set or not.
fn known() -> MutexGuard<'static, Option<PathBuf>> {
    PATH.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
mod removal {
    use std::sync::Once;
    use std::{fs, io, thread};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    use super::known;

    static LISTENING: Once = Once::new();

    /// From now on the signals that end a command remove the file first; the command then ends of the signal all the same, as
    /// whoever waits for it expects (a shell says 130 or 143).
    pub(super) fn on_signals() -> io::Result<()> {
        let mut outcome = Ok(());
        LISTENING.call_once(|| outcome = listen());
        outcome
    }

    fn listen() -> io::Result<()> {
        let ignored = ignored();
        let heard = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
        let mut signals = Signals::new(heard)?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                // Held until the end, so that the file cannot come back.
                let path = known();
                if let Some(path) = &*path {
                    let _ = fs::remove_file(path);
                }
                let _ = emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// The signals that whoever started the command has it ignore, as `nohup` does, one bit each; they stay ignored. Where the
    /// system does not tell: the end of the terminal.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(1 << (SIGHUP - 1))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_link_under_the_hidden_name_is_not_followed_and_the_file_is_gone_when_it_is_dropped() {
        let folder = std::env::temp_dir().join(format!("leitmotif-unfinished-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (planted, other) = (format!(".leitmotif-{}-0.partial", std::process::id()), folder.join("other"));
        symlink(&other, folder.join(&planted)).unwrap();
        let names = || fs::read_dir(&folder).unwrap().count();
        let (file, unfinished) = create(&folder, true).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!other.exists() && names() == 2);
        drop(unfinished);
        assert!(folder.join(&planted).is_symlink() && names() == 1);
        let (_, unfinished) = create(&folder, false).unwrap();
        unfinished.becomes(&folder.join("whole")).unwrap();
        assert!(folder.join("whole").is_file() && names() == 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
