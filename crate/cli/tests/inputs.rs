//! What `leitmotif label` takes from a file, a line or a pipe, and what it says of the rest.

mod command;

use serde_json::{Value, json};

use command::{file, leitmotif, objects, text};

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
