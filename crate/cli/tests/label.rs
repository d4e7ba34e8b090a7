//! `leitmotif label` and `leitmotif evaluate` as a user runs them: the real command, real files.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn leitmotif(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_leitmotif")).args(arguments).output().expect("the command runs")
}

fn seeds(name: &str) -> String {
    format!("{}/../../seeds/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A file of this test run, in the folder that cargo gives to tests.
fn file(name: &str, bytes: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder for tests can be written");
    path.display().to_string()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn objects(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

#[test]
fn an_article_as_json_lines_has_its_paragraphs_in_place() {
    let path = seeds("articles/001_e4ce4b60b7b2072c.txt");
    let article = std::fs::read_to_string(&path).expect("a seed article");
    let output = leitmotif(&["label", "--format", "jsonl", &path]);
    assert!(output.status.success());
    let lines = objects(&output);
    assert!(lines.len() > 20, "{} paragraphs", lines.len());
    for (pos, line) in lines.iter().enumerate() {
        assert_eq!(line["pos"], pos);
        let span = ["start", "end"].map(|key| line[key].as_u64().expect("an offset") as usize);
        assert_eq!(line["text"], article[span[0]..span[1]]);
        assert_eq!(line["probability"].as_object().expect("probabilities").len(), 5);
        assert_eq!(line["unsure"], line["certainty"] == "unsure");
    }
}

#[test]
fn the_table_and_the_csv_tell_the_same_paragraphs() {
    let path = seeds("articles/004_0cf619ff3bf5cef8.txt");
    let table = leitmotif(&["label", &path]);
    let table = text(&table.stdout);
    assert!(
        table.contains("furniture") && table.contains("share of") && table.contains("no theme"),
        "{table}"
    );
    let csv = leitmotif(&["label", "--format", "csv", &path]);
    let mut rows = text(&csv.stdout).lines();
    assert_eq!(
        rows.next(),
        Some(
            "doc,pos,kind,themes,certainty,p_urbanization,p_opening-up,p_industry,p_ecology,p_governance,text"
        )
    );
    let paragraphs = table.lines().filter(|line| line.contains("body") || line.contains("heading")).count()
        + table.lines().filter(|line| line.contains("  furniture ")).count();
    assert_eq!(rows.count(), paragraphs);
}

#[test]
fn rows_are_answered_in_their_order_whatever_their_kind_and_document() {
    let rows = r#"{"id":"b1","doc":"b","pos":1,"text":"The mill makes steel."}
{"id":"a0","doc":"a","pos":0,"text":"Copyright 2024. All rights reserved."}
{"id":"b0","doc":"b","pos":0,"text":"Steel"}
{"id":7,"text":""}
"#;
    let output = leitmotif(&["label", "--paragraphs", &file("rows.jsonl", rows.as_bytes())]);
    assert!(output.status.success());
    let lines = objects(&output);
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, ["b1", "a0", "b0"].map(Value::from).iter().chain([&Value::from(7)]).collect::<Vec<_>>());
    assert_eq!(lines[0]["themes"], serde_json::json!(["industry"]));
    assert_eq!(lines[1]["kind"], "furniture");
    for key in ["themes", "unsure", "kind", "probability"] {
        assert!(lines.iter().all(|line| !line[key].is_null()), "{key}");
    }
}

#[test]
fn a_bad_line_is_reported_with_its_number_and_the_rest_goes_on() {
    let rows = b"{\"id\":1,\"text\":\"Steel.\"}\nnot json\n{\"id\":3,\"text\":\"Rivers.\"}\n";
    for arguments in [&["label", "--paragraphs"][..], &["label", "--format", "jsonl"]] {
        let path = file(&format!("bad{}.jsonl", arguments.len()), rows);
        let output = leitmotif(&[arguments, &[&path[..]]].concat());
        assert!(!output.status.success());
        assert!(text(&output.stderr).contains("line 2"), "{}", text(&output.stderr));
        assert_eq!(objects(&output).len(), 2);
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let missing = leitmotif(&["label", "nowhere.txt"]);
    assert!(!missing.status.success() && text(&missing.stderr).contains("nowhere.txt"));
    let latin = file("latin.txt", b"caf\xE9 and steel");
    let output = leitmotif(&["label", &latin]);
    assert!(!output.status.success() && text(&output.stderr).contains("not UTF-8 (byte 3)"));
    let model = file("model.safetensors", b"<!doctype html>");
    let output = leitmotif(&["label", "--model", &model, &seeds("articles/004_0cf619ff3bf5cef8.txt")]);
    assert!(!output.status.success() && text(&output.stderr).contains(".safetensors"));
}

#[test]
fn the_seed_articles_are_read_far_better_than_by_chance() {
    let output = leitmotif(&["evaluate", &seeds("gold/articles.jsonl")]);
    let table = text(&output.stdout);
    assert!(table.starts_with("105 paragraphs of 5 documents"), "{table}");
    let average = table.lines().find(|line| line.starts_with("macro-average")).expect("the averages");
    let f1: f64 = average.split_whitespace().nth(4).expect("F1").parse().expect("a number");
    assert!(f1 > 0.7, "{table}");
}
