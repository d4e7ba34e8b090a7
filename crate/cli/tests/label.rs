//! `leitmotif label` and `leitmotif evaluate` as a user runs them: the real command, real files.

mod command;

use serde_json::Value;

use command::{file, leitmotif, objects, scratch, seeds, text};

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
fn rows_keep_their_ids_in_every_shape() {
    let rows = "{\"id\":\"b, 1\",\"doc\":\"b\",\"text\":\"The mill makes steel.\"}\n{\"id\":1.50,\"text\":\"Rivers.\"}\n\
                {\"text\":\"Nameless.\"}\n";
    let path = file("shapes.jsonl", rows.as_bytes());
    let csv = leitmotif(&["label", "--paragraphs", "--format", "csv", &path]);
    let lines: Vec<&str> = text(&csv.stdout).lines().collect();
    assert!(lines[0].starts_with("id,doc,pos,kind,themes,certainty,p_urbanization,"), "{}", lines[0]);
    for (line, begin) in lines[1..].iter().zip(["\"b, 1\",b,0,body,", "1.50,,0,", ",,0,"]) {
        assert!(line.starts_with(begin), "{line}");
    }
    let table = leitmotif(&["label", "--paragraphs", "--format", "table", &path]);
    for (line, begin) in text(&table.stdout).lines().zip(["b, 1 0 body", "1.50 0 ", "0 "]) {
        let plain = line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.starts_with(begin), "{line}");
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
    let mut model = std::fs::read(seeds("../crate/model/leitmotif.safetensors")).expect("the model");
    model.truncate(model.len() - 100);
    let cut = file("cut.safetensors", &model);
    for arguments in [["label", "--model", &cut, "-"], ["evaluate", "--model", &cut, &cut]] {
        let told = leitmotif(&arguments);
        assert!(text(&told.stderr).contains("cut.safetensors: cut or lengthened"), "{}", text(&told.stderr));
    }
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

const PAGE: &str = "<!doctype html><title>The Orr Post</title><nav><a href=/>Home</a></nav><h1>Robots for the mill</h1>\
    <p>By Ann Lee</p><p>The mill bought robots and <b>doubled</b> its output of&nbsp;steel.</p>\
    <script>alert('no')</script><p hidden>Nobody sees this.</p>";

#[test]
fn an_html_page_is_read_as_a_browser_shows_it() {
    let path = file("page.html", PAGE.as_bytes());
    let output = leitmotif(&["label", "--format", "jsonl", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lines = objects(&output);
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().expect("a text")).collect();
    let steel = "The mill bought robots and doubled its output of\u{a0}steel.";
    assert_eq!(texts, ["Home", "Robots for the mill", "By Ann Lee", steel]);
    assert_eq!(lines[3]["themes"], serde_json::json!(["industry"]));
    assert_eq!(lines[2]["kind"], "furniture");
    let table = leitmotif(&["label", &path]);
    assert!(text(&table.stdout).contains(": 4 paragraphs"), "{}", text(&table.stdout));
}

#[test]
fn a_markdown_file_is_text_with_headings() {
    let path = file(
        "notes.md",
        b"# Robots for the mill\n\nThe mill bought robots\nand doubled its output of steel.\n",
    );
    let output = leitmotif(&["label", "--format", "jsonl", &path]);
    assert_eq!(output.status.code(), Some(0));
    let lines = objects(&output);
    assert_eq!((&lines[0]["kind"], &lines[0]["text"]), (&"heading".into(), &"# Robots for the mill".into()));
    assert_eq!(lines[lines.len() - 1]["kind"], "body");
}

#[test]
fn markup_that_would_explode_is_refused_and_the_rest_goes_on() {
    let deep = file("deep.html", "<div>".repeat(100_000).as_bytes());
    let page = file("sound.html", PAGE.as_bytes());
    let output = leitmotif(&["label", &deep, &page]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("deep.html: elements nest deeper than 3000"),
        "{}",
        text(&output.stderr)
    );
    assert!(text(&output.stdout).contains("sound.html: 4 paragraphs"));
}

#[test]
fn a_folder_is_searched_in_the_order_of_names_and_what_is_left_out_is_told() {
    let folder = scratch("corpus");
    std::fs::create_dir_all(folder.join("b/c")).expect("folders");
    let steel = "The mill bought robots and doubled its output of steel.";
    for name in ["z.txt", "b/c/one.MD", "b/a.txt", "a.md"] {
        std::fs::write(folder.join(name), steel).expect("a file");
    }
    std::fs::write(folder.join("b/page.html"), PAGE).expect("a file");
    std::fs::write(
        folder.join("b/two.jsonl"),
        "{\"id\":\"one\",\"text\":\"Steel.\"}\n{\"text\":\"Rivers.\"}\n",
    )
    .expect("a file");
    std::fs::write(folder.join("scan.pdf"), b"%PDF").expect("a file");
    std::fs::write(folder.join("README"), "none").expect("a file");
    let path = folder.display().to_string();
    let output = leitmotif(&["label", "--format", "jsonl", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut docs: Vec<String> =
        objects(&output).iter().map(|line| line["doc"].as_str().expect("a name").to_owned()).collect();
    docs.dedup();
    let inside = |name: &str| folder.join(name).display().to_string();
    let lines = format!("{}:2", inside("b/two.jsonl"));
    let expected = [
        inside("a.md"),
        inside("b/a.txt"),
        inside("b/c/one.MD"),
        inside("b/page.html"),
        "one".to_owned(),
        lines,
        inside("z.txt"),
    ];
    assert_eq!(docs, expected);
    let told = text(&output.stderr);
    assert!(told.contains("7 articles labelled, 0 failed"), "{told}");
    assert!(told.contains("left out: .pdf 1, without ending 1"), "{told}");

    let empty = scratch("empty").display().to_string();
    let output = leitmotif(&["label", &empty]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("there is no .txt, .md, .html or .jsonl file"),
        "{}",
        text(&output.stderr)
    );
}

/// Documents of a few paragraphs; on request some are mixed with their neighbours.
fn rows(documents: usize, mixed: bool) -> String {
    let sentences =
        ["The mill makes steel.", "Rivers are clean again.", "The council met on Monday.", "By Ann Lee"];
    let row = |doc: usize, pos: usize| {
        let text = sentences[(doc * 7 + pos) % 4].repeat(1 + (doc + pos) % 5);
        format!("{{\"id\":\"{doc}-{pos}\",\"doc\":\"d{doc}\",\"pos\":{pos},\"text\":\"{text}\"}}\n")
    };
    (0..documents)
        .flat_map(|doc| (0..1 + doc % 6).map(move |pos| (doc ^ usize::from(mixed && pos == 2), pos)))
        .map(|(doc, pos)| row(doc, pos))
        .collect()
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads_and_any_neighbouring_file() {
    let rows = rows(4_000, true);
    let path = file("threads.jsonl", rows.as_bytes());
    for further in [&["--paragraphs"][..], &["--format", "csv"], &["--format", "table"]] {
        let run = |threads: &str| leitmotif(&[&["label", "--threads", threads, &path][..], further].concat());
        let one = run("1");
        assert_eq!(one.status.code(), Some(0), "{}", text(&one.stderr));
        for threads in ["2", "5"] {
            assert!(run(threads).stdout == one.stdout, "{threads} threads, {further:?}");
        }
    }
    let ids: Vec<Value> = objects(&leitmotif(&["label", "--paragraphs", &path]))
        .iter()
        .map(|line| line["id"].clone())
        .collect();
    let given: Vec<Value> =
        rows.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row")["id"].clone()).collect();
    assert_eq!(ids, given);
}

#[test]
fn a_number_of_threads_that_helps_nobody_is_refused() {
    for threads in ["0", "257", "100000"] {
        let output = leitmotif(&["label", "--threads", threads, "-"]);
        assert_eq!(output.status.code(), Some(1), "{threads} threads");
        assert!(text(&output.stderr).contains("1..=256"), "{}", text(&output.stderr));
    }
}

#[test]
fn documents_are_whole_wherever_the_rows_are_cut_into_windows() {
    // Three windows and more.
    let one = rows(2_000, false);
    let many: String =
        (0..40).map(|copy| one.replace("\"doc\":\"d", &format!("\"doc\":\"{copy}-d"))).collect();
    assert!(many.len() > 9 << 20, "{} bytes", many.len());
    let run =
        |name: &str, rows: &str| leitmotif(&["label", "--paragraphs", &file(name, rows.as_bytes())]).stdout;
    let alone = run("window.jsonl", &one);
    let together = run("windows.jsonl", &many);
    // Nothing in an answer says which copy it is.
    assert!(together == alone.repeat(40), "a document was cut");
}

#[test]
fn rows_of_a_document_that_stand_too_far_apart_are_told_with_their_lines() {
    let filler = rows(12_000, false);
    assert!(filler.len() > 1 << 20, "{} bytes are a window", filler.len());
    let row = |doc: &str, pos: u32| {
        format!(
            "{{\"id\":\"{doc}{pos}\",\"doc\":\"{doc}\",\"pos\":{pos},\"text\":\"The mill makes steel.\"}}\n"
        )
    };
    let lines = filler.lines().count();
    let halves = |apart: &[&str]| {
        let part = |pos| apart.iter().map(|doc| row(doc, pos)).collect::<String>();
        format!("{}{}{filler}{}", part(0), part(1), part(2))
    };

    let output = leitmotif(&["label", "--paragraphs", &file("apart.jsonl", halves(&["torn"]).as_bytes())]);
    let told = text(&output.stderr);
    assert!(output.status.success(), "every row is answered: {told}");
    assert_eq!(objects(&output).len(), lines + 3);
    let place = format!("apart.jsonl, line {}: the rows of document \"torn\"", lines + 3);
    assert!(told.contains(&place) && told.contains("up to line 2 "), "{told}");
    assert_eq!(told.matches("stand together").count(), 1, "{told}");

    // Each is told once; of many the rest is counted.
    let torn: Vec<String> = (0..25).map(|n| format!("torn-{n}")).collect();
    let torn: Vec<&str> = torn.iter().map(String::as_str).collect();
    let output = leitmotif(&["label", "--paragraphs", &file("torn.jsonl", halves(&torn).as_bytes())]);
    let told = text(&output.stderr);
    assert_eq!(told.matches("were read without these").count(), 10, "{told}");
    assert!(told.contains("in 15 further places"), "{told}");

    // Together, or each its own document: nothing to tell.
    let together = format!("{}{}{filler}", row("whole", 1), row("whole", 0));
    let output = leitmotif(&["label", "--paragraphs", &file("together.jsonl", together.as_bytes())]);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn every_kind_of_bad_line_is_told_and_the_exit_status_says_so() {
    let mut rows =
        b"{\"id\":1,\"text\":\"Steel.\"}\n\n{\"id\":2}\n{\"id\":3,\"text\":\"caf\xE9\"}\n[1]\n".to_vec();
    rows.extend(b"{\"id\":5,\"text\":\"a\",\"text\":\"b\"}\n{\"id\":6,\"text\":\"Rivers.\"");
    rows.extend(b"\n{\"id\":7,\"doc\":\"d\",\"pos\":4,\"text\":\"One.\"}\n{\"id\":8,\"doc\":\"d\",\"pos\":4,\"text\":\"Two.\"}\r\n");
    let path = file("kinds.jsonl", &rows);
    for further in [&["--paragraphs"][..], &["--format", "jsonl"]] {
        let output = leitmotif(&[&["label", &path][..], further].concat());
        assert_eq!(output.status.code(), Some(2));
        let told = text(&output.stderr);
        for (line, problem) in [
            (3, "missing field `text` (column 8)"),
            (4, "not UTF-8 (byte 19 of the line)"),
            (5, "no JSON object"),
            (6, "duplicate field `text`"),
            (7, "EOF while parsing an object"),
        ] {
            let told = told.lines().find(|told| told.contains(&format!("kinds.jsonl, line {line}:")));
            assert!(told.is_some_and(|told| told.contains(problem)), "line {line}: {told:?}");
        }
        assert_eq!(
            told.contains("line 9: document \"d\" has position 4 in line 8 too"),
            further.len() == 1,
            "{told}"
        );
        assert!(
            told.contains("3 rows labelled, 5 failed") || told.contains("3 articles labelled, 5 failed"),
            "{told}"
        );
        assert_eq!(objects(&output).len(), 3);
    }
    let nothing = leitmotif(&["label", "--paragraphs", &file("nothing.jsonl", b"one\ntwo\n")]);
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(1), 0));
    assert_eq!(leitmotif(&["label", "--no-such-option"]).status.code(), Some(1));
    let help = leitmotif(&["label", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    for part in ["Exit status: 0", "start, end  bytes of UTF-8", "\"start\", \"end\", \"themes\""] {
        assert!(text(&help.stdout).contains(part), "{part} in\n{}", text(&help.stdout));
    }
}
