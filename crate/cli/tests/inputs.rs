//! What `leitmotif label` takes from a file, a line or a pipe, and what it says of the rest.

mod command;

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use command::{command, file, leitmotif, objects, scratch, text};

/// With `given` on standard input.
fn piped(arguments: &[&str], given: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    child.stdin.take().expect("a pipe").write_all(given).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn docs(output: &Output) -> Vec<Value> {
    objects(output).iter().map(|line| line["doc"].clone()).collect()
}

const LINES: &str =
    "\u{feff}\n{\"id\":\"a\",\"text\":\"The mill makes steel.\"}\n{\"id\":2,\"text\":\"Rivers.\"}\n";

#[test]
fn a_line_may_hold_anything_beside_what_is_needed() {
    let further = json!({"source": {"owner": "ann"}, "labels": "none yet", "sure": "yes", "single": null, "register": 3});
    let line = |own: Value| {
        let mut line = own.as_object().expect("an object").clone();
        line.extend(further.as_object().expect("an object").clone());
        format!("{}\n", Value::from(line))
    };
    let article = line(json!({"id": "a", "text": "The mill makes steel.", "doc": [1], "pos": -1}));
    let output = leitmotif(&["label", "--format", "jsonl", &file("further.jsonl", article.as_bytes())]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_eq!(objects(&output)[0]["doc"], "a");

    // A document may have a number for a name, and the rows know each other: the second is a heading before a text.
    let rows: String = [("Steel for the bay", 0), ("The mill makes steel, and the port ships it.", 1)]
        .map(|(text, pos)| line(json!({"id": pos, "text": text, "doc": 12, "pos": pos})))
        .concat();
    let label = |name, rows: &str| {
        let output = leitmotif(&["label", "--paragraphs", &file(name, rows.as_bytes())]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
        output.stdout
    };
    assert!(
        label("number.jsonl", &rows) == label("name.jsonl", &rows.replace("\"doc\":12", "\"doc\":\"12\""))
    );
    assert!(
        label("number.jsonl", &rows) != label("alone.jsonl", &rows.replace("\"doc\":12", "\"doc\":null"))
    );
}

#[test]
fn a_field_that_is_needed_and_wrong_is_named() {
    let rows =
        "{\"text\":\"a\",\"doc\":{}}\n{\"text\":\"a\",\"pos\":-1}\n{\"text\":7}\n{\"text\":\"Steel.\"}\n";
    let path = file("named.jsonl", rows.as_bytes());
    let output = leitmotif(&["label", "--paragraphs", &path]);
    let told = text(&output.stderr);
    for (line, problem) in [
        (1, "\"doc\" is an object, not a text or a number"),
        (2, "\"pos\" is -1, not a whole number"),
        (3, "\"text\" is 7, not a text"),
    ] {
        let told = told.lines().find(|told| told.contains(&format!("named.jsonl, line {line}: not a row")));
        assert!(told.is_some_and(|told| told.contains(problem)), "line {line}: {told:?}");
    }
    let output = leitmotif(&["label", "--format", "jsonl", &path]);
    assert!(text(&output.stderr).contains("line 3: not an article"), "{}", text(&output.stderr));
    assert_eq!(objects(&output).len(), 3);
}

#[test]
fn an_id_is_given_back_digit_by_digit() {
    let ids = ["98765432109876543210987654321", "1.50", "-0", "\"caf\\u00e9\"", "[1, {\"b\": 2}]"];
    let rows: String = ids.map(|id| format!("{{\"id\":{id},\"text\":\"Steel.\"}}\n")).concat();
    let path = file("ids.jsonl", rows.as_bytes());
    let output = leitmotif(&["label", "--paragraphs", &path]);
    for (line, id) in text(&output.stdout).lines().zip(ids) {
        assert!(line.starts_with(&format!("{{\"id\":{id},\"themes\"")), "{line}");
    }
    assert_eq!(text(&output.stdout).lines().count(), ids.len());
    let docs: Vec<Value> = objects(&leitmotif(&["label", "--format", "jsonl", &path]))
        .iter()
        .map(|line| line["doc"].clone())
        .collect();
    assert_eq!(docs, [ids[0], "1.50", "-0", "café", ids[4]]);
}

#[test]
fn json_lines_by_a_pipe_are_articles_and_that_is_said() {
    let output = piped(&["label", "--format", "jsonl", "-"], LINES.as_bytes());
    assert_eq!((output.status.code(), docs(&output)), (Some(0), vec!["a".into(), "2".into()]));
    let told = text(&output.stderr);
    assert!(told.contains("-: the first line is an article") && told.contains("--input"), "{told}");

    // Said beforehand, there is nothing to say; and the other way round it is one article.
    let output = piped(&["label", "--format", "jsonl", "--input", "jsonl", "-"], LINES.as_bytes());
    assert_eq!((docs(&output).len(), text(&output.stderr)), (2, ""));
    let output = piped(&["label", "--format", "jsonl", "--input", "text", "-"], LINES.as_bytes());
    assert!(docs(&output).iter().all(|doc| doc == "-"));
    let prose = "The mill makes steel.\n\nRivers are clean again.\n";
    let output = piped(&["label", "--format", "jsonl", "-"], prose.as_bytes());
    assert_eq!((docs(&output), text(&output.stderr)), (vec!["-".into(), "-".into()], ""));
    let page = b"<h1>Steel</h1><p>The mill makes <b>steel</b>.</p>";
    let output = piped(&["label", "--format", "jsonl", "--input", "html", "-"], page);
    assert_eq!(objects(&output)[1]["text"], "The mill makes steel.");

    // JSON that is no article a line.
    let output = piped(&["label", "--format", "jsonl", "-"], b"[{\"id\":1,\n\"text\":\"Steel.\"}]\n");
    assert!(text(&output.stderr).contains("-: the first line is JSON"), "{}", text(&output.stderr));
    let output = piped(&["label", "--paragraphs", "--input", "text", "-"], LINES.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--input can only be jsonl"), "{}", text(&output.stderr));
}

#[test]
fn a_file_whose_ending_does_not_tell_is_told_by_its_first_line() {
    let output = leitmotif(&["label", "--format", "jsonl", &file("export.dat", LINES.as_bytes())]);
    assert_eq!(docs(&output).len(), 2);
    assert!(text(&output.stderr).contains("export.dat: the first line is an article"));
    let json = file("export.json", LINES.as_bytes());
    let output = leitmotif(&["label", "--format", "jsonl", &json]);
    assert_eq!((output.status.code(), docs(&output).len()), (Some(1), 0));
    assert!(text(&output.stderr).contains("--input jsonl"), "{}", text(&output.stderr));
    let output = leitmotif(&["label", "--format", "jsonl", "--input", "jsonl", &json]);
    assert_eq!((output.status.code(), docs(&output).len()), (Some(0), 2));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_text() {
    let steel = "\u{feff}The mill makes steel.\n";
    for output in [
        leitmotif(&["label", "--format", "jsonl", &file("mark.txt", steel.as_bytes())]),
        piped(&["label", "--format", "jsonl", "-"], steel.as_bytes()),
    ] {
        let line = &objects(&output)[0];
        assert_eq!((&line["text"], &line["start"]), (&"The mill makes steel.".into(), &0.into()));
    }
    let page = "\u{feff}<p>The mill makes steel.</p>";
    let output = leitmotif(&["label", "--format", "jsonl", &file("mark.html", page.as_bytes())]);
    assert_eq!(objects(&output)[0]["text"], "The mill makes steel.");
}

#[test]
fn where_there_is_no_text_it_is_said() {
    let nothing = file("nothing.txt", b"");
    let lines = file("nothings.jsonl", b"{\"id\":1,\"text\":\"Steel.\"}\n{\"id\":2,\"text\":\" \"}\n");
    let output = leitmotif(&["label", "--format", "jsonl", &nothing, &lines]);
    assert_eq!((output.status.code(), docs(&output).len()), (Some(0), 1));
    let told: Vec<&str> = text(&output.stderr).lines().collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("nothing.txt: there is no text in it"), "{told:?}");
    assert!(told[1].contains("nothings.jsonl, line 2: there is no text in it"), "{told:?}");
}

#[test]
fn nothing_from_a_file_drives_the_terminal() {
    let line = "{\"id\":\"a\\u001b]0;b\",\"text\":\"Steel\\u001b[31m and\\u009b1m more.\"}\n{\"text\":3}\n";
    let path = scratch("terminal").join("x\u{1b}[2J.jsonl").display().to_string();
    std::fs::write(&path, line).expect("a file");
    for further in [&["--paragraphs", "--format", "table"][..], &[]] {
        let output = leitmotif(&[&["label", &path][..], further].concat());
        let shown = text(&output.stdout);
        assert!(shown.contains("Steel␛[31m and\u{fffd}1m more.") && shown.contains("a␛]0;b"), "{shown:?}");
        assert!(text(&output.stderr).contains("x␛[2J.jsonl, line 2"), "{}", text(&output.stderr));
        for stream in [shown, text(&output.stderr)] {
            assert!(!stream.contains(|c: char| c.is_control() && c != '\n'), "{stream:?}");
        }
    }
}
