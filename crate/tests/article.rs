//! Splitting and kinds, on texts written for the purpose, on the seed articles, and as properties
//! of any text.

#[path = "article/rows.rs"]
mod rows;

use leitmotif::{Article, Kind, Split};
use proptest::prelude::*;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn parts<'a>(article: &'a Article) -> Vec<&'a str> {
    (0..article.paragraphs().len()).map(|i| article.paragraph_text(i).unwrap()).collect()
}

/// White space as one space, as the gold codes write it.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits and compares, white space as one space.
#[track_caller]
fn splits(text: &str, paragraphs: &[&str]) {
    let article = Article::split(text);
    let found: Vec<_> = parts(&article).into_iter().map(plain).collect();
    assert_eq!(found, paragraphs);
}

#[track_caller]
fn kinds(text: &str, kinds: &str) {
    let article = Article::split(text);
    let found: String =
        article.paragraphs().iter().map(|p| p.kind.as_str().chars().next().unwrap()).collect();
    assert_eq!(found, kinds, "{:#?}", parts(&article));
}

#[test]
fn seed_articles_split_as_coded() {
    let gold = rows::read(&root().join("seeds/gold/articles.jsonl")).expect("seeds/gold/articles.jsonl");
    let (mut found, mut expected, mut agreed) = (0, 0, 0);
    for doc in gold.chunk_by(|a, b| a.doc == b.doc) {
        let text =
            std::fs::read_to_string(root().join("seeds/articles").join(&doc[0].doc)).expect("a seed article");
        let article = Article::split(&text);
        let split: Vec<_> = parts(&article).into_iter().map(plain).collect();
        // Starts, counted in visible characters: what boundaries are compared by.
        let starts = |texts: &[String]| -> Vec<usize> {
            let mut at = 0;
            texts
                .iter()
                .map(|text| (at, at += text.chars().filter(|c| !c.is_whitespace()).count()).0)
                .collect()
        };
        let wanted: Vec<_> = doc.iter().map(|row| plain(&row.text)).collect();
        let (a, b) = (starts(&split), starts(&wanted));
        found += a.len();
        expected += b.len();
        agreed += a.iter().filter(|start| b.contains(start)).count();
        for (paragraph, text) in article.paragraphs().iter().zip(&split).filter(|(p, _)| p.kind == Kind::Body)
        {
            assert!(wanted.contains(text), "{}: {} is no coded paragraph", doc[0].doc, paragraph.pos);
        }
        for row in doc.iter().filter(|row| plain(&row.text).split(' ').count() > 25) {
            assert!(split.contains(&plain(&row.text)), "{}: row {} is not found", row.doc, row.pos);
        }
    }
    let f1 = 2.0 * agreed as f64 / (found + expected) as f64;
    println!("seed articles: boundary F1 {f1:.4} ({agreed} of {found} found, {expected} coded)");
    assert!(f1 > 0.99, "boundary F1 {f1}");
}

#[test]
fn seed_articles_keep_their_text() {
    let kinds_of = |name: &str| {
        let text = std::fs::read_to_string(root().join("seeds/articles").join(name)).expect("a seed article");
        let article = Article::split(&text);
        article.paragraphs().iter().map(|p| p.kind.as_str().chars().next().unwrap()).collect::<String>()
    };
    assert_eq!(kinds_of("000_a08b41564befa531.txt"), "hfbbbbbbbbf");
    assert_eq!(kinds_of("001_e4ce4b60b7b2072c.txt"), "hfbbbbbbbbbbbbbbbbbbbbbbf");
    assert_eq!(kinds_of("002_a9e8f232c92e8555.txt"), "fhfbbbbbbfbbfffff");
    // What follows the menu line are teasers of other articles: their titles are links, their text is real and left as such.
    assert_eq!(kinds_of("003_a84aa33bf6dbb46e.txt"), "fhfbbbbbbbbbbbbbbbbbbbbbbbbbffbfbfbffffff");
    assert_eq!(kinds_of("004_0cf619ff3bf5cef8.txt"), "fhffbbbbbbbb");
}

const MAIL: &str = "\
The harbour board met on Tuesday to look at the plans for a new quay that
would let larger ships unload without waiting for the tide. The chairwoman,
Maria Olsen, said the town could not afford to wait for another ten years
while its neighbours built.
";

#[test]
fn blank_lines_separate() {
    splits("One.\n\nTwo.\n\n\n\nThree.", &["One.", "Two.", "Three."]);
    splits("One.\r\n\r\nTwo.\r\rThree.", &["One.", "Two.", "Three."]);
    splits("One.\n\u{a0}\u{200b} \u{3000}\nTwo.\n\u{feff}\n\u{ad}Three.", &["One.", "Two.", "\u{ad}Three."]);
    splits("One.\u{2029}Two.\u{85}\u{85}Three.\u{2028}\u{b}Four.", &["One.", "Two.", "Three.", "Four."]);
    // What cannot be seen is no white space beside what can.
    splits(
        "\u{200f}\u{2067}مصنع الصلب\u{2069}\u{200e}\n\u{200e}\nTwo.\u{200e} ",
        &["\u{200f}\u{2067}مصنع الصلب\u{2069}\u{200e}", "Two.\u{200e}"],
    );
    splits("", &[]);
    splits(" \u{feff}\n\t\u{2029}", &[]);
}

#[test]
fn mail_is_unwrapped() {
    let joined = plain(MAIL);
    splits(MAIL, &[&joined]);
    splits(&format!("{MAIL}\n{MAIL}"), &[&joined, &joined]);
    splits(&MAIL.replace('\n', "\r\n"), &[&joined]);
    // No blank line: the last line of a paragraph has room for the next word.
    splits(&format!("{MAIL}{MAIL}"), &[&joined, &joined]);
    splits(&format!("New quay\n{MAIL}"), &["New quay", &joined]);
    let quoted: String = MAIL.lines().map(|line| format!("> {line}\n")).collect();
    splits(&format!("{quoted}I agree.\n"), &[&plain(&quoted), "I agree."]);
}

#[test]
fn a_headline_right_above_broken_lines_stays_apart() {
    for line in [
        "Council wants a new quay for the larger ships",
        "Council Wants New Quay For The Larger Ships, Sooner Or Later",
    ] {
        splits(&format!("{line}\n{MAIL}"), &[line, &plain(MAIL)]);
    }
}

#[test]
fn narrow_columns_and_verse_are_joined() {
    let column = "The council approved\non Monday a new tram\nline that will connect\nthe northern districts\nwith the centre.";
    splits(column, &[&plain(column)]);
    // Items without bullets are not.
    let items =
        ["Bread and butter", "a pound of sugar", "Two bags of flour for the week", "Milk", "Ten eggs"];
    splits(&items.join("\n"), &items);
}

#[test]
fn indented_first_lines_begin_paragraphs() {
    let text = format!("    {MAIL}    {MAIL}");
    splits(&text, &[&plain(MAIL), &plain(MAIL)]);
}

#[test]
fn pdf_lines_of_uneven_width_are_joined() {
    splits(
        "Wind farms off the coast have doubled their out-\nput since the grid was strengthened, and two\n\
         more are planned. The energy agency expects that\nprices will fall once storage catches up. Critics in\n\
         Parliament object.\nFishing\nBoats keep away from the cables, which run just\n\
         beneath the sand for most of their length and come\nup at the old power station.",
        &[
            "Wind farms off the coast have doubled their out- put since the grid was strengthened, and two more are \
             planned. The energy agency expects that prices will fall once storage catches up. Critics in Parliament \
             object.",
            "Fishing",
            "Boats keep away from the cables, which run just beneath the sand for most of their length and come up at \
             the old power station.",
        ],
    );
}

#[test]
fn lines_that_keep_to_no_width() {
    let by_feel = "The mill stands above\nthe village, and nobody\nhas used it since the war.\n\nIt was sold once,\nfor one crown,\nto                    a man who wanted the stones.\n\nNow there are nine\ngoats in it, and they belong\nto the priest.";
    splits(
        by_feel,
        &by_feel.split("\n\n").map(plain).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>(),
    );
    // Typewriters: a blank line after every line, more after a paragraph.
    let spaced = format!("{MAIL}\n{MAIL}").trim_end().replace("\n\n", "\r\r\r").replace('\n', "\n\n");
    splits(&spaced, &[&plain(MAIL), &plain(MAIL)]);
}

#[test]
fn soft_breaks_stay_inside() {
    splits(
        "The quay\u{2028}at noon\nNobody came.\u{b}Nobody left.",
        &["The quay at noon", "Nobody came. Nobody left."],
    );
    splits("The quay\u{2028}Nobody came.", &["The quay", "Nobody came."]);
}

#[test]
fn units_of_letters() {
    splits(
        &format!(
            "From: Ann Lee\nTo: the board\nSubject: the quay\n\nDear all,\n\n{MAIL}\nYours,\nAnn\n\n-- \nQuay Street 4\nOrm"
        ),
        &[
            "From: Ann Lee To: the board Subject: the quay",
            "Dear all,",
            &plain(MAIL),
            "Yours, Ann",
            "-- Quay Street 4 Orm",
        ],
    );
    // A closing stands right below the last paragraph.
    let long = "The meeting closed at nine, and the next one will be held in the new hall by the river.";
    splits(
        &format!("{long}\n{long}\nRespectfully submitted,\nAnn Lee\nTown Clerk"),
        &[long, long, "Respectfully submitted, Ann Lee Town Clerk"],
    );
    splits(&format!("{long}\nAnn Lee\nTown Clerk"), &[long, "Ann Lee Town Clerk"]);
    splits(&format!("{long}\nPRIVACY POLICY\nTERMS OF USE"), &[long, "PRIVACY POLICY", "TERMS OF USE"]);
    // A field that was broken, one of no mail among them.
    splits(
        "From: Ann Lee\nSubject: The quay, its cranes and who may\nuse them\nDate: 3 May\nMessage-ID: <1@quay.example>\n\nIt rains.",
        &[
            "From: Ann Lee Subject: The quay, its cranes and who may use them Date: 3 May Message-ID: <1@quay.example>",
            "It rains.",
        ],
    );
    // The foot of a list, below its ruler; a name of a network is no address.
    splits(
        "____________\nQuay mailing list\nquay@lists.example\nTo leave it send an empty letter to quay-leave@lists.example",
        &[
            "____________",
            "Quay mailing list quay@lists.example To leave it send an empty letter to quay-leave@lists.example",
        ],
    );
    splits("Ann Lee on boats\n@annlee\n\nIt rains.", &["Ann Lee on boats", "@annlee", "It rains."]);
    // The same lines in an article are lines.
    splits("Home\nNews\nSport\n\nThe quay was opened.", &["Home", "News", "Sport", "The quay was opened."]);
}

#[test]
fn page_numbers_and_running_heads_stand_alone() {
    splits(
        &format!("{MAIL}- 3 -\nThe Harbour   Part two\n{MAIL}"),
        &[&plain(MAIL), "- 3 -", "The Harbour Part two", &plain(MAIL)],
    );
    // A head of cells is told from a title that begins a page.
    splits(
        &format!("{MAIL}Page 3 of 9\nHARBOUR BOARD | Report\n{MAIL}"),
        &[&plain(MAIL), "Page 3 of 9", "HARBOUR BOARD | Report", &plain(MAIL)],
    );
}

#[test]
fn short_lines_set_off_among_broken_ones_are_one_paragraph() {
    splits(
        &format!("Harbour Board\nHall of the Pilots, 3 May\n\n{MAIL}\n{MAIL}\n- Ann\n- Tom\n"),
        &["Harbour Board Hall of the Pilots, 3 May", &plain(MAIL), &plain(MAIL), "- Ann", "- Tom"],
    );
}

#[test]
fn a_large_initial_belongs_to_its_word() {
    let rest = "t began with the bench by the station, which had lost two of its slats in the flood.";
    splits(&format!("I\n{rest}\nNobody came."), &[&format!("I {rest}"), "Nobody came."]);
    splits("A\nApples\nB\nBerries", &["A", "Apples", "B", "Berries"]);
}

#[test]
fn titles_are_underlined() {
    splits("Rents\n=====\nAnn Lee", &["Rents =====", "Ann Lee"]);
    splits(
        "The rain stopped.\nIt was late\n=====\nAnn",
        &["The rain stopped.", "It was late", "=====", "Ann"],
    );
}

#[test]
fn what_looks_like_a_unit_and_is_none() {
    // Rules of signs with prose between them are no front matter.
    splits(
        "---\n\nA well-known story: nobody came.\n\nThe half-open door stayed so.\n\n---\n\nIt rained.",
        &["---", "A well-known story: nobody came.", "The half-open door stayed so.", "---", "It rained."],
    );
    splits(
        "+++\ntitle = 'Swifts'\n\n[cover]\nimage = 'a.jpg'\n+++\n\nThey came back.",
        &["+++ title = 'Swifts' [cover] image = 'a.jpg' +++", "They came back."],
    );
    // A word with a hyphen and a capital at the end of a line is no foot of a page.
    let before = "The rain had stopped when the first of\nthe carts came over the bridge, and the\nchildren who had been waiting since six\nin the morning ran down to the water.";
    let prose = "The fair will be opened by the Lancang-\nMekong exhibition from October 23 to\n26 in the largest of the halls and by\nthe one beside it, as in the year 2019.";
    splits(&format!("{before}\n\n{prose}"), &[&plain(before), &plain(prose)]);
    // Nor is a colon between two numbers an hour that is set off.
    splits(
        "The score:\n3:2 after a long match\nNobody left.",
        &["The score:", "3:2 after a long match", "Nobody left."],
    );
}

#[test]
fn one_line_a_paragraph() {
    let long = "The mayor said that the tram would reach the northern districts within two years, provided that the \
                state pays its share, and that nobody would lose a home to it.";
    splits(
        &format!("Tram to grow\nBy Ann Lee\n{long}\n{long}\n{long}"),
        &["Tram to grow", "By Ann Lee", long, long, long],
    );
    splits(
        "The rain stopped at noon.\nPeople came out.\nThe market opened late, but it opened.",
        &["The rain stopped at noon.", "People came out.", "The market opened late, but it opened."],
    );
}

#[test]
fn chinese() {
    let a = "市政府昨天公布了老旧小区改造的新方案，计划在三年内完成四百个小区的管网更新，并为没有电梯的楼房加装电梯。";
    let b = "居民代表表示，希望施工期间保留原有的菜市场和社区食堂，让老人不必走远路。";
    splits(&format!("　　{a}\n　　{b}\n　　{a}"), &[a, b, a]);
    splits(&format!("一、总体要求\n{a}\n二、主要任务\n{b}"), &["一、总体要求", a, "二、主要任务", b]);
    // Broken every twenty characters, as a PDF gives it.
    let broken: String = a
        .chars()
        .enumerate()
        .flat_map(|(i, c)| (i > 0 && i % 20 == 0).then_some('\n').into_iter().chain([c]))
        .collect();
    let unbroken = plain(&broken);
    splits(&format!("{broken}\n{broken}"), &[&unbroken, &unbroken]);
    // Titles of other articles are no broken lines.
    let titles = [
        "全市重点项目集中开工总投资超过三百亿元",
        "老厂房变身创意园区吸引青年创业",
        "春季植树活动启动市民踊跃参加",
        "城际铁路新线路下月开通试运行",
    ];
    splits(&titles.join("\n"), &titles);
}

#[test]
fn arabic() {
    let a = "أعلنت البلدية يوم الاثنين عن خطة لتجديد شبكة المياه في الأحياء القديمة.";
    splits(&format!("{a}\n{a}\r\n\r\n{a}"), &[a, a, a]);
}

#[test]
fn lists() {
    splits(
        "The plan has three aims:\n• more jobs\n• cleaner air\n• safer streets\nIt was passed.",
        &["The plan has three aims: • more jobs • cleaner air • safer streets", "It was passed."],
    );
    let long = "renew the drains and the pavements in forty of the oldest quarters";
    splits(
        &format!("The council will:\n- {long}\n- plant trees"),
        &["The council will:", &format!("- {long}"), "- plant trees"],
    );
    splits("1. Jobs\n2) Air\n(3) Streets", &["1. Jobs", "2) Air", "(3) Streets"]);
    splits("1.打开设置\n2.选择语言", &["1.打开设置", "2.选择语言"]);
    splits(
        "- The first of the items on this list was broken by the mailer at\n  seventy columns, like all of them.\n- Second",
        &[
            "- The first of the items on this list was broken by the mailer at seventy columns, like all of them.",
            "- Second",
        ],
    );
    // Figures at the beginning of a line are no numbering.
    splits(
        "Last year the output of the three plants rose by more than\n3.5 percent, and by\n",
        &["Last year the output of the three plants rose by more than", "3.5 percent, and by"],
    );
}

#[test]
fn rulers_and_marks_stand_alone() {
    splits(
        "# Notes\nThe meeting was short.\n-----\nThe next one will be longer.",
        &["# Notes", "The meeting was short.", "-----", "The next one will be longer."],
    );
    kinds("# Notes\nThe meeting was short.\n-----\nThe next one will be longer.", "hbfb");
    splits("The minister of\n, who was late, spoke.", &["The minister of , who was late, spoke."]);
}

/// A body for the lines under test to stand around.
const BODY: &str =
    "The new reservoir will hold enough water for half a million people, the company said on Monday.";

fn kind_of(line: &str) -> Kind {
    Article::split(&format!("{BODY}\n\n{line}\n\n{BODY}")).paragraphs()[1].kind
}

#[track_caller]
fn all(kind: Kind, lines: &[&str]) {
    lines.iter().for_each(|line| assert_eq!(kind_of(line), kind, "{line}"));
}

#[track_caller]
fn none(kind: Kind, lines: &[&str]) {
    lines.iter().for_each(|line| assert_ne!(kind_of(line), kind, "{line}"));
}

#[test]
fn furniture_by_its_words() {
    all(
        Kind::Furniture,
        &[
            "Related reading Town opens its third library Ferry fares to rise in May Choir wins at the harbour fair",
            "Most Read 1 Ferry fares to rise 2 Choir wins at the harbour fair 3 Rain until Sunday",
            "By Ann Lee and Bo Chen",
            "by admin",
            "BY ANN LEE, STAFF WRITER",
            "Written by Ann Lee",
            "Ann Lee, Staff Writer",
            "Xinhua | September 25, 2023",
            "May 3, 2024",
            "2024-05-03 14:55",
            "Updated 9:40 am EST, Friday, May 3, 2024",
            "Published 2 hours ago",
            "by Ann Lee May 3, 2024",
            "2024年5月3日 14:55 来源：新华网",
            "Source: | 2024-05-03 14:55:52 | Author:",
            "Source: City Hall",
            "Editor: Bo Chen",
            "（责任编辑：王芳）",
            "来源：某某日报",
            "编辑：李明",
            "Share:",
            "Share this: Facebook Twitter Email",
            "0 comment",
            "12 Comments",
            "Leave a Comment",
            "Related Posts",
            "You may also like",
            "相关阅读",
            "返回顶部",
            "See also New bridge opened by the river",
            "Read more: New bridge opened",
            "Home - Top News -",
            "Home » City » New bridge opened",
            "首页 > 新闻 > 正文",
            "Scores | Picks | Standings",
            "Privacy & Cookies Policy",
            "Contact Us | Terms of Use | Privacy",
            "© 2024 The Harbour Times",
            "Copyright 2024. All rights reserved.",
            "This website uses cookies to improve your visit.",
            "https://example.org/a/b",
            "news@example.org",
            "* * *",
            "🙂🙂",
            "Maria Olsen visits a shipyard in Ningbo, east China's Zhejiang Province, May 3, 2022.",
            "The new quay at dusk. (Photo/Harbour Times)",
            "An aerial photo shows the new quay.",
            "The quay in 2019. Photo by Ann Lee",
            "工人在车间作业。（新华社记者 王芳 摄）",
            "In this May 3, 2022, file photo, a crane unloads a ship.",
            "جميع الحقوق محفوظة",
            "PRESS RELEASE",
            "– ENDS –",
            "In this issue:",
            "Newsletter",
            "Text: Bo Chen",
            "Interview by Bo Chen",
            "Von Anna Lehmann",
            "Par Claire Morel, Léa Petit",
            "Thursday 13 March 2025 at 7.30 pm",
            "Published 7 March 2025, 06.12",
            "2024-09-12 08:15　来源：临河晚报",
            "2026年5月18日 21:07 四川",
            "Bo Chen 18:05",
            "本报记者 王芳 通讯员 李明",
            "点击上方蓝字，关注我们",
            "▲ 老码头的夜晚",
        ],
    );
}

#[test]
fn text_is_no_furniture() {
    none(
        Kind::Furniture,
        &[
            BODY,
            "By 2030, the city will have planted a million trees.",
            "Related news from the harbour was no better: two ferries had stopped and a third was late.",
            "Most read the notice only after the water had come.",
            "By Monday the water had reached the old town.",
            "May is the month in which the river floods.",
            "In 2019, he moved to the coast.",
            "The photo shows what the quarter looked like, he said.",
            "Home is where people want to grow old, the survey found.",
            "Share prices fell by two percent.",
            "Published in 2019, the report changed the law.",
            "The privacy policy of the platform was changed after the ruling, which found that users had not been told how their data is processed or for how long it is kept.",
            "The law on cookies was passed by the parliament in Brussels, Dec. 3, 2019.",
            "\"We will not leave,\" she said.",
            "The company said it would change its privacy policy after the ruling.",
            "This site uses the warmth of the river to heat three thousand homes.",
            "The agency bought the pictures from Getty Images.",
            "Reporter: Why was the dam built so late, and who will pay?",
            "记者：您如何看待老城区的改造？",
            "未经授权的建筑将在年底前拆除。",
            "最高气温达到四十度（摄氏度）。",
            "版权所有者要求平台下架这些视频。",
            "| Iron | 20 | 30 |",
            "He told The Harbour Times on May 3, 2022.",
            "He left.",
            "市政府表示，来源：不明的资金将被调查，责任人将依法处理。",
            "编辑部搬到了新区。",
            "分享改革红利，是这次会议的主题。",
            "Interview: City and harbour poised for cooperation",
            "Opinion: If the lock is closed",
            "Opinion is divided over the bridge",
            "Contents of the box",
            "The End of the Line",
            "By the River",
            "Von Wien nach Paris",
            "记者手记",
            "2019-05-01 公司成立",
            "2025年1月1日起施行的5项新规",
            "In March 2025 the 7.30 pm ferry was late",
        ],
    );
}

#[test]
fn headings() {
    all(
        Kind::Heading,
        &[
            "A reservoir for the north",
            "What will it cost?",
            "Healthy rivers:",
            "二、主要任务",
            "Spring 2019",
            "News for all",
            "Sharing the river",
            "**How the lock was built**",
            "5. What next?",
            "The toll on the bridge: Who’s to blame?",
        ],
    );
    // Somebody asks; something happens meanwhile; a time of day.
    all(
        Kind::Body,
        &[
            "Q: Why was the dam built so late?",
            "THE CHAIR: Who will pay?",
            "LOMAX. What date was that?",
            "记者：谁来出钱？",
            "(Applause)",
            "（掌声）",
            "08:30 – Registration",
        ],
    );
    kinds(&format!("Explainer: who pays for the dam?\n\n{BODY}"), "hb");
    // Nothing follows.
    kinds("A reservoir for the north", "b");
    kinds(&format!("{BODY}\n\nA reservoir for the north"), "bb");
    kinds(&format!("Water\n\nA reservoir for the north\n\nBy Ann Lee\n\n{BODY}"), "hhfb");
    let rows = [
        (0, "Reservoir Planned for the Northern Hills"),
        (7, "A reservoir for the north"),
        (8, BODY),
        (11, "Costs"),
    ];
    let kinds: Vec<_> = Article::from_rows(rows).paragraphs().iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [Kind::Heading, Kind::Heading, Kind::Body, Kind::Body]);
}

#[test]
fn furniture_by_its_marks() {
    let marks = [
        "19:24",
        "12 / 40",
        "— 8 —",
        "2024-11-06 07:30",
        "![The lock at dusk](lock.jpg)",
        "[^1]: Own counts.",
    ];
    all(Kind::Furniture, &marks);
    let text = [
        "[x] Ask the council",
        "[12] The court agreed.",
        "2017\t0\t9,300",
        "5G",
        "1,204 people came.",
        "| Iron | 30 |",
    ];
    none(Kind::Furniture, &text);
}

#[test]
fn furniture_of_the_layout() {
    let head = "Harbour Commission Annual Report";
    kinds(&format!("{MAIL}{head} 7\n{MAIL}{head} 8\n{MAIL}"), "bfbfb");
    kinds(&format!("{MAIL}- 3 -\nThe Harbour   Part two\n{MAIL}"), "bffb");
    // Chapters have numbers too.
    kinds(&format!("Part 1\n\n{MAIL}\n\nPart 2\n\n{MAIL}"), "hbhb");
    kinds(&format!("---\ntitle: Locks\ndate: 2024-05-02\n---\n\n{BODY}"), "fb");
    let mail = "From: Ann Lee\nTo: Bo Chen\nSubject: Locks\n\nDear Bo,\n\nThe lock is open.\n\nBest,\nAnn\n\n-- \nAnn Lee\nLock keeper";
    kinds(mail, "fbbbf");
    // A row has no layout.
    let row = Article::from_rows([(0, "Harbour Commission Annual Report 7"), (1, BODY)]);
    assert_eq!(row.paragraphs()[0].kind, Kind::Heading);
}

#[test]
fn headings_by_their_marks() {
    all(Kind::Heading, &["Locks\n=====", "Gates and weirs\n---------------", "History[edit]", "1.\tPurpose"]);
    none(Kind::Heading, &["District\tHouses", "He counted them all:", "| Pumps | 12 |"]);
}

#[test]
fn menus_around_an_article() {
    let menu = "Sport\n\nOpinion pieces\n\nWeather in the region\n\nTen tips for your garden\n\nFilms of the week\n\nWhat the stars say";
    let body = [BODY; 4].join("\n\n");
    let page =
        format!("{menu}\n\nShare this\n\nThe north will not run dry\n\n{body}\n\nRelated Posts\n\n{menu}");
    kinds(&page, "fffffffhbbbbfffffff");
    // The same lines without a sign of a page's frame may be the winners of a prize.
    kinds(&format!("{body}\n\n{menu}\n\nEditor: Bo Chen"), "bbbbbbbbbbf");
    kinds(&format!("{body}\n\n{menu}"), "bbbbbbbbbb");
}

#[test]
fn rows_keep_index_and_position() {
    let article =
        Article::from_rows([(3, " One. "), (4, "\u{a0}"), (9, "Two\n\nlines."), (u32::MAX, "End.")]);
    assert_eq!(parts(&article), ["One.", "", "Two\n\nlines.", "End."]);
    assert_eq!(article.paragraphs().iter().map(|p| p.pos).collect::<Vec<_>>(), [3, 4, 9, u32::MAX]);
}

fn invisible(c: char) -> bool {
    c.is_whitespace()
        || "\u{ad}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}".contains(c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{2069}').contains(&c) && c != '\u{2065}'
}

fn line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Marks that leave no trace on the page, as they stand at the edges of lines that were copied.
const MARKS: [char; 6] = ['\u{200e}', '\u{200f}', '\u{61c}', '\u{2066}', '\u{2069}', '\u{feff}'];

/// Lines of words with such marks around them.
fn marked() -> impl Strategy<Value = String> {
    let mark = || "[\u{200e}\u{200f}\u{61c}\u{2066}\u{2069}\u{feff}]{0,2}";
    let words = prop_oneof![
        "[A-Z][a-z]{2,8}( [a-z]{1,8}){2,14}[.?]?",
        "[أ-ي]{2,6}( [أ-ي]{2,6}){2,8}[.؟]?",
        "(By Ann Lee|Photo: Bo Chen|Share this article|# A heading|- one thing|12|---)",
    ];
    let line = (mark(), words, mark(), "(\n|\n\n|\r\n|\n \n)");
    let line = line.prop_map(|(before, words, after, end)| [before, words, after, end].concat());
    proptest::collection::vec(line, 0..14).prop_map(|lines| lines.concat())
}

/// Texts in the shapes of pastes, and any characters at all among them.
fn paste() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,9} ",
        2 => "[A-Z][a-z]{1,9} ",
        2 => "[一-龥]{1,12}",
        1 => "[أ-ي]{2,6} ",
        2 => "[.,:;?!。，：؟\"”)(>|»#*•-] ?",
        2 => "(\n|\r\n|\r|\n\n|\u{b}|\u{c}|\u{85}|\u{2028}|\u{2029})",
        1 => "(\u{a0}|\u{200b}|\u{ad}|\u{feff}|\u{3000}|\t|  |\u{202e})",
        1 => "(By |Home » |Source: |©|Photo by |Share|2024年5月3日|May 3, 2022|1\\. |- |https://a\\.b|\\(Photo/X\\)|摄|In this photo )",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_visible_character_is_in_one_paragraph(text in paste()) {
        let article = Article::split(&text);
        prop_assert_eq!(article.text(), &text);
        let mut at = 0;
        for (index, paragraph) in article.paragraphs().iter().enumerate() {
            let between = text.get(at..paragraph.span.start);
            prop_assert!(between.is_some_and(|gap| gap.chars().all(invisible)), "{:?}", between);
            let inside = &text[paragraph.span.clone()];
            prop_assert!(inside.trim() == inside && !inside.chars().all(invisible), "{:?}", inside);
            prop_assert_eq!(paragraph.pos as usize, index);
            at = paragraph.span.end;
        }
        prop_assert!(text[at..].chars().all(invisible));
        prop_assert_eq!(&article, &Article::split(&text));
    }

    #[test]
    fn what_is_no_white_space_comes_out_again(text in marked()) {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        // Blank lines aside.
        let lines = text.split(line_end).filter(|line| !line.chars().all(invisible));
        let wanted = bare(&lines.collect::<String>());
        for split in Split::ALL {
            let article = Article::split_as(&text, split);
            prop_assert_eq!(&bare(&parts(&article).concat()), &wanted, "{:?}", split);
            prop_assert!(parts(&article).iter().all(|part| part.trim() == *part));
            // The marks change nothing about what is found.
            let plain = text.replace(MARKS, "");
            let without = Article::split_as(&plain, split);
            let found: Vec<_> = parts(&article).iter().map(|part| part.replace(MARKS, "").trim().to_owned()).collect();
            prop_assert_eq!(found, parts(&without), "{:?}", split);
            let kinds = |article: &Article| article.paragraphs().iter().map(|p| p.kind).collect::<Vec<_>>();
            prop_assert_eq!(kinds(&article), kinds(&without), "{:?}", split);
        }
    }

    #[test]
    fn a_result_written_out_splits_the_same(text in paste()) {
        let article = Article::split(&text);
        let lines: Vec<String> = parts(&article).iter().map(|part| part.replace(line_end, " ")).collect();
        let out = lines.join("\n\n");
        let again = Article::split(&out);
        prop_assert_eq!(parts(&again), lines.iter().map(String::as_str).collect::<Vec<_>>());
        for line in &lines {
            let alone = Article::split(line);
            prop_assert_eq!(parts(&alone), [line.as_str()]);
        }
    }

    #[test]
    fn rows_are_paragraphs(rows in proptest::collection::vec((0u32..40, paste()), 0..12)) {
        let article = Article::from_rows(rows.iter().map(|(pos, text)| (*pos, text.as_str())));
        let trimmed: Vec<_> =
            rows.iter().map(|(_, text)| if text.chars().all(invisible) { "" } else { text.trim() }).collect();
        prop_assert_eq!(parts(&article), trimmed);
    }
}

fn split_as(text: &str, split: Split) -> Vec<String> {
    let article = Article::split_as(text, split);
    parts(&article).into_iter().map(plain).collect()
}

/// Two paragraphs of an e-mail, broken at a width, below a heading.
const WRAPPED: &str = "Notes from the yard\n\nThe mill at the river was closed for a week because nobody had\n\
    ordered oil for the third pump, and nobody would say so aloud.\n\nOn the Monday after that it was\nopened again.";

#[test]
fn a_text_is_split_in_the_way_that_is_asked_for() {
    let lines: Vec<_> = WRAPPED.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    assert_eq!(split_as(WRAPPED, Split::Line), lines);
    let blocks: Vec<_> = WRAPPED.split("\n\n").map(plain).collect();
    assert_eq!(split_as(WRAPPED, Split::Blank), blocks);
    assert_eq!(split_as(WRAPPED, Split::Unwrap), blocks);
    // A short line ends its paragraph, a full one does not.
    let short = WRAPPED.replace("nobody had\n", "nobody had ordered.\nOil\n");
    assert!(split_as(&short, Split::Unwrap).len() > blocks.len());
}

#[test]
fn lines_are_unwrapped_on_request_where_a_guess_would_keep_them() {
    let text = "Mayor Ann Lee opened the new bridge over the Orr on Monday.\n\
                Nobody Had Asked For It, The Council Of Upper Orr Has Said.\n\
                Then it rained.\nThe end.";
    let every: Vec<_> = text.lines().map(str::to_owned).collect();
    assert_eq!(split_as(text, Split::Auto), every);
    let joined = split_as(text, Split::Unwrap);
    assert!(joined.len() < every.len(), "{joined:?}");
}

#[test]
fn a_guess_tells_the_way_it_went() {
    let way = |text| Article::split_as(text, Split::Auto).way();
    assert_eq!(way("One.\n\nTwo."), Split::Blank);
    assert_eq!(way("One line of news.\nAnother line of news.\n\nA third one."), Split::Line);
    let mail = "The mill at the river was closed for a week because nobody had\nordered oil for the third pump, which \
                is the one that works, and\nnobody would say so aloud until the men from the union came by\nand asked.";
    assert_eq!(way(mail), Split::Unwrap);
    for split in Split::ALL.into_iter().skip(1) {
        assert_eq!(Article::split_as(mail, split).way(), split);
    }
    assert_eq!(Split::ALL.map(Split::as_str), ["auto", "blank", "line", "unwrap"]);
}

proptest! {
    #[test]
    fn no_way_of_splitting_loses_a_character(text in "[a-c\\n\\r .•>A:\u{3000}\u{4e2d}\u{200b}-]{0,80}") {
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>();
        for split in Split::ALL {
            let article = Article::split_as(&text, split);
            prop_assert_eq!(visible(&parts(&article).concat()), visible(&text), "{:?}", split);
            prop_assert!(parts(&article).iter().all(|part| !part.is_empty()));
        }
    }
}
