//! Running child processes: progress while they run, their output only when they fail.

use std::env;
use std::io::{self, BufRead, BufReader, IsTerminal, PipeReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

/// How long output may still come after the child has ended: a grandchild may hold the pipe open.
const AFTERMATH: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// A command whose environment is free of what cargo set for xtask itself.
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_outer_cargo) {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// The cargo that runs xtask: the active toolchain's own.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()).as_ref() as &Path)
}

/// Whether cargo set the variable to describe the package it runs, here xtask. A build script that
/// watches such a variable would run again on every call.
fn is_of_outer_cargo(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_BIN_")
        || matches!(
            name,
            "CARGO_MANIFEST_DIR"
                | "CARGO_MANIFEST_PATH"
                | "CARGO_CRATE_NAME"
                | "CARGO_PRIMARY_PACKAGE"
                | "OUT_DIR"
        )
}

/// Runs a command to its end, showing what is running and for how long; returns all it printed
/// (both streams, in order), less cargo's lines of progress.
///
/// # Errors
/// When it cannot be started, or ends with anything but success: then the error holds the output.
pub(crate) fn run(label: &str, command: &mut Command) -> Result<String> {
    let started = Instant::now();
    let (mut child, lines) = start(command)?;
    let mut progress = Progress::new(label, started);
    let mut output = String::new();
    let status = follow(&mut child, &lines, |line| {
        if let Some(line) = line.filter(|line| !is_cargo_progress(line)) {
            output.push_str(line);
            output.push('\n');
        }
        progress.tick(line);
    })
    .with_context(|| format!("lost sight of {}", shown(command)))?;
    progress.finish(status.success());
    if !status.success() {
        bail!("{} failed ({status})\n\n{}", shown(command), output.trim_end());
    }
    Ok(output)
}

/// The standard output of a short command, without progress, or `None` when it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Says one line about what is being done.
pub(crate) fn say(line: &str) {
    eprintln!("  {line}");
}

fn start(command: &mut Command) -> Result<(Child, Receiver<String>)> {
    let (reader, writer) = io::pipe().context("cannot open a pipe")?;
    command.stdout(writer.try_clone().context("cannot open a pipe")?).stderr(writer);
    let child = command.spawn().with_context(|| format!("cannot start {}", shown(command)));
    // The command holds the pipe's write end: as long as it does, the reader would see no end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let child = child?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || read_lines(reader, &sender));
    Ok((child, lines))
}

fn read_lines(reader: PipeReader, sender: &mpsc::Sender<String>) {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
        if sender.send(text).is_err() {
            return;
        }
        line.clear();
    }
}

fn follow(
    child: &mut Child,
    lines: &Receiver<String>,
    mut saw: impl FnMut(Option<&str>),
) -> io::Result<ExitStatus> {
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => saw(Some(&line)),
            Err(RecvTimeoutError::Disconnected) => return child.wait(),
            Err(RecvTimeoutError::Timeout) => {
                saw(None);
                if let Some(status) = child.try_wait()? {
                    while let Ok(line) = lines.recv_timeout(AFTERMATH) {
                        saw(Some(&line));
                    }
                    return Ok(status);
                }
            }
        }
    }
}

/// Whether a line only tells that cargo goes on: shown while it runs, of no use after a failure.
fn is_cargo_progress(line: &str) -> bool {
    let mut words = line.split_whitespace();
    line.starts_with("  ")
        && matches!(
            words.next(),
            Some("Checking" | "Compiling" | "Documenting" | "Downloaded" | "Downloading")
        )
        && words.next().is_some()
}

/// The command as one would type it, without its environment.
fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = format!("`{}", name.to_string_lossy());
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text.push('`');
    text
}

/// A spinner on a terminal; elsewhere a line when the work turns out to be long, and one now and then.
struct Progress {
    label: String,
    started: Instant,
    next_line: Duration,
    last: String,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(label: &str, started: Instant) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("  {spinner} {prefix} {elapsed}  {wide_msg:.dim}");
            let bar = ProgressBar::new_spinner().with_prefix(label.to_owned());
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar
        });
        Self { label: label.to_owned(), started, next_line: Duration::from_secs(2), last: String::new(), bar }
    }

    fn tick(&mut self, line: Option<&str>) {
        if let Some(line) = line.map(str::trim).filter(|line| !line.is_empty()) {
            self.last = line.to_owned();
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.last.clone());
            bar.tick();
        } else if self.started.elapsed() >= self.next_line {
            let last: String = self.last.chars().take(80).collect();
            say(&format!("{} … {:.0} s  {last}", self.label, self.started.elapsed().as_secs_f64()));
            self.next_line = self.started.elapsed() + Duration::from_secs(30);
        }
    }

    fn finish(self, succeeded: bool) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let outcome = if succeeded { "" } else { "failed after " };
        say(&format!("{}: {outcome}{:.1} s", self.label, self.started.elapsed().as_secs_f64()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = command("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn success_returns_both_streams_in_order() {
        let output = run("a test", &mut shell("echo one; echo two >&2; echo three")).unwrap();
        assert_eq!(output, "one\ntwo\nthree\n");
    }

    #[test]
    fn failure_tells_command_status_and_output() {
        let error = run("a test", &mut shell("echo the reason; exit 3")).unwrap_err().to_string();
        assert!(error.contains("`sh -c"), "{error}");
        assert!(error.contains("exit status: 3"), "{error}");
        assert!(error.ends_with("the reason"), "{error}");
    }

    #[test]
    fn cargos_progress_is_left_out_and_its_findings_are_not() {
        let script =
            "echo '   Compiling a v1.0.0'; echo 'error: bad'; echo '  Checking'; echo 'Compiling is hard'";
        let output = run("a test", &mut shell(script)).unwrap();
        assert_eq!(output, "error: bad\n  Checking\nCompiling is hard\n");
    }

    #[test]
    fn a_missing_program_is_an_error_that_names_it() {
        let error = format!("{:#}", run("a test", &mut command("no-such-program-here")).unwrap_err());
        assert!(error.contains("no-such-program-here"), "{error}");
    }

    #[test]
    fn a_grandchild_that_keeps_the_pipe_does_not_hold_us_up() {
        let pid = run("a test", &mut shell("sleep 600 & echo $!")).unwrap();
        // Had we waited for its end, there would be nothing left to kill.
        assert!(answer(command("kill").arg(pid.trim())).is_some(), "the grandchild has already ended");
    }

    #[test]
    fn cargos_description_of_xtask_is_not_handed_on() {
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_VERSION", "CARGO_BIN_NAME", "OUT_DIR"] {
            assert!(is_of_outer_cargo(name), "{name}");
        }
        for name in ["CARGO", "CARGO_HOME", "CARGO_NET_OFFLINE", "PATH", "RUSTUP_TOOLCHAIN"] {
            assert!(!is_of_outer_cargo(name), "{name}");
        }
    }
}
