//! Labelling a corpus takes memory for what is being read, not for the corpus: here on a file that a test can afford;
//! `cargo xtask corpora` measures a gigabyte.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Most memory of the command, in kilobytes: what it needs for any corpus takes half of that, and these rows, all held, twice.
const MOST: u64 = 64_000;

const SIZE: usize = 16_000_000;

/// Many short rows: what is kept of each weighs more than its text.
fn corpus() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many-rows.jsonl");
    let mut file =
        std::io::BufWriter::new(std::fs::File::create(&path).expect("the folder for tests can be written"));
    let (mut size, mut doc) = (0, 0);
    while size < SIZE {
        for pos in 0..10 {
            let row = format!(
                "{{\"id\":\"{doc}-{pos}\",\"doc\":\"{doc}\",\"pos\":{pos},\"text\":\"The mill makes steel.\"}}\n"
            );
            file.write_all(row.as_bytes()).expect("a row");
            size += row.len();
        }
        doc += 1;
    }
    file.flush().expect("the rows");
    path
}

#[test]
fn a_corpus_is_never_held_as_a_whole() {
    if !Path::new("/proc/self/status").exists() {
        println!("SKIPPED: no /proc here to tell how much memory a process takes");
        return;
    }
    let path = corpus();
    let mut child = Command::new(env!("CARGO_BIN_EXE_leitmotif"))
        .args(["label", "--paragraphs"])
        .arg(&path)
        .stdout(Stdio::null())
        .spawn()
        .expect("the command runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        // Ended, but not yet waited for, it has no memory any more.
        let known = std::fs::read_to_string(&status).unwrap_or_default();
        let mark = known
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(mark.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(child.wait().expect("it has ended").success());
    let _ = std::fs::remove_file(&path);
    println!("{} MB of rows, at most {} MB resident", SIZE / 1_000_000, peak / 1000);
    assert!(peak > 1000 && peak < MOST, "{peak} kB resident at most, {MOST} allowed");
}
