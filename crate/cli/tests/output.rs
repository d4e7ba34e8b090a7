//! Where the command's output goes: files, links, pipes, full disks, readers that leave, signals that end it.

mod command;

use std::path::Path;
use std::process::{Command, Stdio};

use command::{command, file, leitmotif, scratch, seeds, text};

/// Documents of a few paragraphs.
fn rows(documents: usize) -> String {
    let sentences =
        ["The mill makes steel.", "Rivers are clean again.", "The council met on Monday.", "By Ann Lee"];
    let row = |n: usize| {
        let (doc, text) = (n / 3, sentences[n % 4]);
        format!("{{\"id\":{n},\"doc\":\"d{doc}\",\"pos\":{},\"text\":\"{text}\"}}\n", n % 3)
    };
    (0..3 * documents).map(row).collect()
}

#[test]
fn an_output_file_appears_whole_or_not_at_all() {
    let folder = scratch("output");
    let path = |name: &str| folder.join(name).display().to_string();
    let rows = file("output.jsonl", rows(300).as_bytes());
    let printed = leitmotif(&["label", "--paragraphs", &rows]);
    let written = leitmotif(&["label", "--paragraphs", &rows, "--output", &path("out.jsonl")]);
    assert_eq!((written.status.code(), written.stdout.len()), (Some(0), 0), "{}", text(&written.stderr));
    assert!(std::fs::read(path("out.jsonl")).expect("the output") == printed.stdout);
    let names = || std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(names(), 1, "nothing else is left");

    let itself = leitmotif(&["label", "--paragraphs", &path("out.jsonl"), "--output", &path("out.jsonl")]);
    assert_eq!(itself.status.code(), Some(1));
    assert!(text(&itself.stderr).contains("among the inputs"), "{}", text(&itself.stderr));
    assert!(std::fs::read(path("out.jsonl")).expect("the output") == printed.stdout, "the input was touched");
    for bad in [folder.display().to_string(), path("no/such/folder.jsonl")] {
        let output = leitmotif(&["label", "--paragraphs", &rows, "--output", &bad]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    }
    assert_eq!(names(), 1);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let rows = file("pipe.jsonl", rows(20_000).as_bytes());
    let mut child = command(&["label", "--paragraphs", &rows])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut first = [0; 100];
    std::io::Read::read_exact(child.stdout.as_mut().expect("a pipe"), &mut first).expect("the first bytes");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// A command whose reader is gone before it writes.
fn unread(arguments: &[&str]) -> std::process::Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    child.wait_with_output().expect("it ends")
}

#[test]
fn every_subcommand_ends_quietly_when_its_reader_leaves() {
    let gold = seeds("gold/articles.jsonl");
    let errors = std::env::temp_dir().join(format!("leitmotif-unread-{}.jsonl", std::process::id()));
    let twice = file("twice.jsonl", b"{\"coder_a\": [\"industry\"], \"coder_b\": []}\n");
    for arguments in [
        &["evaluate", &gold, "--errors", &errors.display().to_string()][..],
        &["agreement", &twice],
        &["label", &gold, "--paragraphs"],
        &["label", "--help"],
    ] {
        let output = unread(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
    }
    let written = std::fs::read_to_string(&errors).expect("the errors are written all the same");
    let _ = std::fs::remove_file(&errors);
    assert!(written.lines().count() > 10, "{written}");
}

#[test]
fn a_full_output_is_an_error_in_words() {
    if !Path::new("/dev/full").exists() {
        println!("SKIPPED: no /dev/full here");
        return;
    }
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it can be opened");
    let gold = seeds("gold/articles.jsonl");
    let twice = file("full.jsonl", b"{\"coder_a\": [\"industry\"], \"coder_b\": []}\n");
    for arguments in [&["evaluate", &gold][..], &["agreement", &twice], &["label", "--paragraphs", &gold]] {
        let output =
            command(arguments).stdout(full()).stderr(Stdio::piped()).output().expect("the command runs");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.starts_with("leitmotif: cannot write ") && told.contains("No space left"), "{told}");
    }
    // Where nobody can be told, the exit status tells.
    let output = command(&["label", "nowhere.txt"]).stderr(full()).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::io::Read;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::os::unix::process::ExitStatusExt;
    use std::time::{Duration, Instant};

    use super::*;

    fn label(rows: &str, output: &Path) -> std::process::Output {
        leitmotif(&["label", "--paragraphs", rows, "--output", &output.display().to_string()])
    }

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_replaced_with_its_permissions() {
        let folder = scratch("links");
        let rows = file("links.jsonl", rows(20).as_bytes());
        let printed = leitmotif(&["label", "--paragraphs", &rows]).stdout;
        fs::create_dir(folder.join("deep")).expect("a folder");
        let old = folder.join("deep/old.jsonl");
        fs::write(&old, "old").expect("a file");
        fs::set_permissions(&old, Permissions::from_mode(0o600)).expect("permissions");
        symlink("deep/old.jsonl", folder.join("middle")).expect("a link");
        symlink(folder.join("middle"), folder.join("link")).expect("a link");
        // To nothing yet.
        symlink("deep/new.jsonl", folder.join("ahead")).expect("a link");
        symlink("circle", folder.join("circle")).expect("a link");
        for (link, leads_to) in [("link", "deep/old.jsonl"), ("ahead", "deep/new.jsonl")] {
            let output = label(&rows, &folder.join(link));
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
            assert!(folder.join(link).is_symlink(), "{link} was replaced");
            assert!(fs::read(folder.join(leads_to)).expect("the output") == printed, "{link}");
        }
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o7777;
        assert_eq!(mode(&old), 0o600);
        assert_eq!(fs::read_dir(folder.join("deep")).expect("the folder").count(), 2, "nothing else is left");
        let output = label(&rows, &folder.join("circle"));
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains("circle"), "{}", text(&output.stderr));
    }

    #[test]
    fn what_is_no_file_is_written_into() {
        let folder = scratch("devices");
        let rows = file("devices.jsonl", rows(20).as_bytes());
        let printed = leitmotif(&["label", "--paragraphs", &rows]).stdout;
        let pipe = folder.join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let path = pipe.clone();
        let reader = std::thread::spawn(move || fs::read(path).expect("the pipe"));
        assert_eq!(label(&rows, &pipe).status.code(), Some(0));
        assert!(fs::symlink_metadata(&pipe).expect("it is there").file_type().is_fifo(), "it was replaced");
        assert!(reader.join().expect("it ends") == printed);

        symlink("/dev/null", folder.join("null")).expect("a link");
        assert_eq!(label(&rows, &folder.join("null")).status.code(), Some(0));
        let null = fs::symlink_metadata("/dev/null").expect("it is there").file_type();
        assert!(null.is_char_device() && folder.join("null").is_symlink());

        if !Path::new("/dev/stdout").exists() {
            println!("SKIPPED: no /dev/stdout here");
            return;
        }
        assert!(label(&rows, Path::new("/dev/stdout")).stdout == printed);
        // Where it is a file that has something already, it keeps that.
        let log = folder.join("log");
        fs::write(&log, "before\n").expect("a file");
        for name in ["/dev/stdout", "/dev/fd/1"] {
            let open = fs::OpenOptions::new().append(true).open(&log).expect("a file");
            let status = command(&["label", "--paragraphs", &rows, "--output", name])
                .stdout(open)
                .status()
                .expect("it runs");
            assert!(status.success());
        }
        assert!(fs::read(&log).expect("the file") == [b"before\n", &printed[..], &printed].concat());
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 3, "nothing else is left");
    }

    /// Whether this process, and with it each that it starts, ignores a signal; told by Linux alone.
    fn ignored(number: i32) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .is_some_and(|mask| mask >> (number - 1) & 1 == 1)
    }

    #[test]
    fn a_signal_leaves_nothing_unfinished_behind() {
        for (name, number) in [("INT", 2), ("TERM", 15)] {
            if ignored(number) {
                println!(
                    "SKIPPED SIG{name}: whoever started the tests ignores it, as a script does for what it starts with \"&\""
                );
                continue;
            }
            let folder = scratch("signals");
            fs::write(folder.join("out.jsonl"), "old").expect("a file");
            let output = folder.join("out.jsonl").display().to_string();
            // Waits for its input without end.
            let mut child = command(&["label", "--paragraphs", "-", "--output", &output])
                .stdin(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the command runs");
            // Held: to wait for a child closes what would be its end.
            let _input = child.stdin.take();
            let names = || fs::read_dir(&folder).expect("the folder").count();
            let start = Instant::now();
            while names() < 2 {
                assert!(start.elapsed() < Duration::from_secs(30), "no unfinished file appears");
                std::thread::sleep(Duration::from_millis(10));
            }
            let id = child.id().to_string();
            assert!(Command::new("kill").args(["-s", name, &id]).status().expect("kill").success());
            let status = child.wait().expect("it ends");
            // A shell says 128 and this number.
            assert_eq!((status.signal(), names()), (Some(number), 1), "{name}");
            assert_eq!(fs::read_to_string(&output).expect("the old one"), "old");
            let mut told = String::new();
            child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("UTF-8");
            assert_eq!(told, "");
        }
    }
}
