//! `leitmotif evaluate`, `agreement`, `curve` and `card` as a user runs them, on small seeds and rows invented for this test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn leitmotif(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_leitmotif")).args(arguments).output().expect("the command runs")
}

/// What a command that must succeed prints.
fn printed(arguments: &[&str]) -> String {
    let output = leitmotif(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What a command that must fail says.
fn refused(arguments: &[&str]) -> String {
    let output = leitmotif(arguments);
    assert!(!output.status.success(), "{arguments:?} succeeded");
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// An empty folder of one test, in the system's place for such, outside of any work tree.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("leitmotif-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
        self.path(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Two ways to say something of each theme, and of none.
const SENTENCES: [(&[&str], [&str; 2]); 6] = [
    (&["urbanization"], ["New flats rise in the old town of", "Migrant families settle in the suburbs of"]),
    (
        &["opening-up"],
        ["Exports and foreign trade grow at the port of", "Customs clear foreign freight faster in"],
    ),
    (
        &["industry"],
        ["A steel factory buys robots for its mill in", "The plant makes machine tools and gears in"],
    ),
    (
        &["ecology"],
        ["Wetlands and clean rivers bring birds back to", "Less pollution reaches the forest near"],
    ),
    (
        &["governance"],
        ["The court and the council publish new rules in", "Officials answer for the audit held in"],
    ),
    (&[], ["The band sang and the crowd danced in", "Our team won the cup final played in"]),
];

const PLACES: [&str; 4] = ["Port Sel", "Marlow Bay", "Tarn", "Old Quay"];

/// 30 documents of four paragraphs, from two collections by one owner and one by another.
fn rows() -> String {
    let mut lines = String::new();
    for number in 0..120 {
        let (document, pos) = (number / 4, number % 4);
        let (codes, sentences) = SENTENCES[(document + pos * pos) % SENTENCES.len()];
        let place = PLACES[number % PLACES.len()];
        let source = ["ann/morning:a.csv", "ann/evening:b.csv", "ben/weekly:c.csv"][document % 3];
        // Every fifteenth is coded otherwise than its words say, so that there are errors to find.
        let codes = if number % 15 == 7 { &["governance", "ecology"][..] } else { codes };
        let row = json!({
            "id": format!("r{number}"),
            "doc": format!("d{document}"),
            "pos": pos,
            "source": source,
            "text": format!("{} {place}, and again {} {place}.", sentences[number / 2 % 2], sentences[0]),
            "labels": codes,
            "sure": number % 10 != 3,
        });
        lines.push_str(&format!("{row}\n"));
    }
    lines
}

/// Seeds of a few lines, and the rows, counted.
fn seeds(folder: &Folder) -> [String; 2] {
    let themes = std::fs::read_to_string(project("seeds/themes.json")).expect("the themes");
    folder.file("seeds/themes.json", &themes);
    folder.file(
        "seeds/glossary.tsv",
        "term\tthemes\nsteel\tindustry\nforeign trade\topening-up\nwetland\tecology\n",
    );
    folder.file("seeds/lexicon.tsv", "term\tthemes\tgrade\nfactory\tindustry\t3\ncourt\tgovernance\t2\n");
    folder.file("seeds/lexicon-further.tsv", "term\tthemes\tgrade\nfoundry\tindustry\t3\n");
    folder.file("seeds/counted/corrections.tsv", "id\tcodes\treason\nr0\tnone\ta test of corrections\n");
    let article = json!({"id": "w1", "paragraphs": [
        {"labels": ["ecology"], "text": "Otters are back in the river Sel."},
        {"labels": [], "text": "The choir sings on Friday."},
    ]});
    folder.file("seeds/written/en-test.jsonl", &format!("{article}\n"));
    let (seeds, rows) = (folder.path("seeds"), folder.file("rows.jsonl", &rows()));
    printed(&["count", &rows, "--seeds", &seeds]);
    [seeds, rows]
}

fn objects(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("a file was written");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

#[test]
fn brief_is_the_beginning_of_the_whole() {
    let folder = Folder::new("brief");
    let rows = folder.file("rows.jsonl", &rows());
    let whole = printed(&["evaluate", &rows]);
    let brief = printed(&["evaluate", "--brief", &rows]);
    assert!(whole.starts_with(brief.trim_end()) && whole.len() > 2 * brief.len(), "{whole}");
    assert!(brief.trim_end().lines().last().is_some_and(|line| line.starts_with("unsure")), "{brief}");
    for part in
        ["the surest", "came true", "by source", "ann  ", "ben/weekly", "15 to 40", "right of the bar"]
    {
        assert!(whole.contains(part), "{part} in\n{whole}");
    }
    assert!(whole.lines().all(|line| line.chars().count() <= 110), "{whole}");
}

#[test]
fn written_articles_are_rows_whose_register_is_their_file() {
    let folder = Folder::new("articles");
    let article = json!({"id": "a", "register": "a line of its own", "paragraphs": [
        {"labels": ["industry"], "text": "The mill makes steel."},
        {"labels": [], "text": "The band played on."},
    ]});
    let first = folder.file("en-first.jsonl", &format!("{article}\n"));
    let second = folder.file("en-second.jsonl", &format!("{article}\n{article}\n"));
    let table = printed(&["evaluate", &first, &second]);
    let group = |name: &str| table.lines().find(|line| line.starts_with(name)).map(str::to_owned);
    assert!(group("en-first").is_some_and(|line| line.split_whitespace().nth(1) == Some("2")), "{table}");
    assert!(group("en-second").is_some_and(|line| line.split_whitespace().nth(1) == Some("4")), "{table}");
    assert!(!table.contains("by source"), "{table}");
}

#[test]
fn errors_are_not_written_where_they_would_be_committed() {
    let folder = Folder::new("place");
    let rows = folder.file("rows.jsonl", &rows());
    folder.file("tree/.git/HEAD", "ref: refs/heads/main\n");
    folder.file("tree/deep/readme", "");
    let inside = folder.path("tree/deep/errors.jsonl");
    let problem = refused(&["evaluate", "--errors", &inside, &rows]);
    assert!(problem.contains("git work tree") && problem.contains("publishers"), "{problem}");
    assert!(!Path::new(&inside).exists());
    #[cfg(unix)]
    {
        let target = folder.file("tree/errors.jsonl", "");
        let link = folder.path("link.jsonl");
        std::os::unix::fs::symlink(target, &link).expect("a link");
        assert!(refused(&["evaluate", "--errors", &link, &rows]).contains("git work tree"));
    }
    let nowhere = folder.path("no/such/folder/errors.jsonl");
    assert!(refused(&["evaluate", "--errors", &nowhere, &rows]).contains("no folder"));
}

#[test]
fn held_out_documents_are_evaluated_recorded_and_their_errors_written() {
    let folder = Folder::new("crossval");
    let [seeds, rows] = seeds(&folder);
    let (errors, figures) = (folder.path("errors.jsonl"), folder.path("figures.json"));
    let command = ["evaluate", "--cross-validate", "--seeds", &seeds, "--figures", &figures, &rows];
    let table = printed(&[&command[..], &["--errors", &errors, "--record", "held-out"]].concat());
    assert!(table.starts_with("120 paragraphs of 30 documents"), "{table}");

    let lines = objects(&errors);
    let right = table.lines().find(|line| line.starts_with("exactly right")).expect("the curve");
    let share: f64 = right.split_whitespace().last().expect("a share").parse().expect("a number");
    assert_eq!(lines.len(), (120.0 * (1.0 - share)).round() as usize, "{table}");
    assert!(lines.len() >= 8, "the eight wrong codes at least: {}", lines.len());
    assert!(lines.windows(2).all(|pair| pair[0]["loss"].as_f64() >= pair[1]["loss"].as_f64()));
    for line in &lines {
        let text = line["text"].as_str().expect("the text");
        let wrong = line["wrong"].as_array().expect("the wrong themes");
        assert!(!wrong.is_empty() && line["codes"] != line["verdict"], "{line}");
        for theme in wrong {
            let coded = line["codes"].as_array().expect("codes").contains(&theme["theme"]);
            assert_eq!(theme["error"], if coded { "missed" } else { "added" });
            for word in theme["words"].as_array().expect("words") {
                assert!(text.contains(word[0].as_str().expect("a word")) && word[1].is_f64(), "{line}");
            }
        }
        assert_eq!(line["probability"].as_object().expect("probabilities").len(), 5);
    }

    // By source: another way, so not under the same name; and one model knows nothing of "ann" and one nothing of "ben".
    let by_source = [&command[..], &["--by-source"]].concat();
    let problem = refused(&[&by_source[..], &["--record", "held-out"]].concat());
    assert!(problem.contains("another way"), "{problem}");
    let table = printed(&[&by_source[..], &["--brief", "--record", "held-out sources"]].concat());
    assert!(table.starts_with("120 paragraphs of 30 documents") && !table.contains("by length"), "{table}");
    printed(&[&command[..], &["--brief", "--record", "held-out"]].concat());
    let book: Value =
        serde_json::from_str(&std::fs::read_to_string(&figures).expect("figures")).expect("a JSON file");
    let kept = book["evaluations"]["held-out"].as_array().expect("a list");
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0]["macro_f1"], kept[1]["macro_f1"]);
    assert!(kept[0]["figures"].is_null() && kept[1]["figures"]["paragraphs"] == 120);
    assert_eq!(kept[1]["way"], "documents");
    assert_eq!(book["evaluations"]["held-out sources"][0]["way"], "sources");

    // Figures of other settings than the recipe's must not enter the card.
    let problem = refused(&[&command[..], &["--set", "cost=0.2", "--record", "held-out"]].concat());
    assert!(problem.contains("--record"), "{problem}");
}

#[test]
fn sources_cannot_be_held_out_where_there_is_one() {
    let folder = Folder::new("one-source");
    let [seeds, rows] = seeds(&folder);
    let text = std::fs::read_to_string(&rows).expect("the rows");
    let one = folder.file("one.jsonl", &text.replace("ben/weekly", "ann/weekly"));
    let problem = refused(&["evaluate", "--cross-validate", "--by-source", "--seeds", &seeds, &one]);
    assert!(problem.contains("two or more"), "{problem}");
    assert!(refused(&["evaluate", "--by-source", &rows]).contains("--cross-validate"));
}

#[test]
fn a_curve_is_a_markdown_table_whose_models_shrink() {
    let folder = Folder::new("curve");
    let [seeds, rows] = seeds(&folder);
    let figures = folder.path("figures.json");
    let table = printed(&[
        "curve",
        "--seeds",
        &seeds,
        "--figures",
        &figures,
        "--record",
        "--over",
        "features=20",
        "--over",
        "weight_bits=3",
        &rows,
    ]);
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    assert_eq!(lines.len(), 2 + 3, "{table}");
    assert_eq!([lines[2][1], lines[3][1], lines[4][1]], ["the recipe", "features=20", "weight_bits=3"]);
    let number = |row: usize, column: usize| lines[row][column].parse::<f64>().expect("a number");
    for row in 2..5 {
        assert!((0.0..=1.0).contains(&number(row, 3)) && number(row, 8) < number(row, 7), "{table}");
    }
    assert!(number(3, 7) < number(2, 7) && number(3, 2) < number(2, 2), "{table}");
    let book: Value =
        serde_json::from_str(&std::fs::read_to_string(&figures).expect("figures")).expect("a JSON file");
    assert_eq!(book["curve"]["points"].as_array().expect("points").len(), 3);
    assert_eq!((&book["curve"]["rows"], &book["curve"]["paragraphs"]), (&json!("rows"), &json!(120)));
    assert!(refused(&["curve", "--seeds", &seeds, "--over", "colour=1", &rows]).contains("colour"));
}

#[test]
fn a_card_is_written_and_checked() {
    let folder = Folder::new("card");
    let [seeds, rows] = seeds(&folder);
    let (figures, card) = (folder.path("figures.json"), folder.path("README.md"));
    let twice = folder.file(
        "twice.jsonl",
        "{\"coder_a\": [\"industry\"], \"coder_b\": [\"industry\"]}\n{\"coder_a\": [], \"coder_b\": [\"ecology\"]}\n",
    );
    let table = printed(&["agreement", &twice, "--record", "--figures", &figures]);
    assert!(table.contains("the same set of themes: 0.500"), "{table}");
    printed(&["evaluate", &rows, "--record", "invented rows", "--figures", &figures]);
    let card_command = ["card", "--card", &card, "--seeds", &seeds, "--figures", &figures];
    printed(&card_command);
    let text = std::fs::read_to_string(&card).expect("the card");
    for part in [
        "| paragraphs | 120 | 2 |",
        "the same set of themes: 0.500",
        "**invented rows**",
        "large language model",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains("{{"), "{text}");
    let check = [&card_command[..], &["--check"]].concat();
    printed(&check);
    folder.file("README.md", &text.replace("120", "121"));
    let problem = refused(&check);
    assert!(problem.contains("first in line") && problem.contains("leitmotif card"), "{problem}");
    folder.file("figures.json", "{\"weather\": 1}");
    assert!(refused(&card_command).contains("figures"));
}
