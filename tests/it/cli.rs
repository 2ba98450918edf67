//! The command line as another program sees it.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(super) fn dateline(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .env("LC_ALL", "C")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub(super) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(super) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command as somebody who is not the superuser, who may read and write everything; `None` where only that one may run the program. `ours` is what the
/// test has made.
#[cfg(unix)]
pub(super) fn unprivileged(mut command: Command, ours: &Folder) -> Option<Command> {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    /// The user who owns nothing, by the number that it has nearly everywhere.
    const NOBODY: u32 = 65534;
    if std::fs::metadata(&ours.0).unwrap().uid() != 0 {
        return Some(command);
    }
    command.uid(NOBODY).gid(NOBODY);
    let mut version = Command::new(command.get_program());
    let runs = version.arg("--version").uid(NOBODY).gid(NOBODY).output().is_ok_and(|output| output.status.success());
    let reaches = Command::new("test").arg("-r").arg(&ours.0).uid(NOBODY).gid(NOBODY).status().is_ok_and(|status| status.success());
    (runs && reaches).then_some(command)
}

/// A folder of its own for a test, gone afterwards.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(super) fn file(&self, name: &str, text: &str) -> String {
        self.bytes(name, text.as_bytes())
    }

    pub(super) fn bytes(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn one_line_an_article_in_the_order_of_the_input() {
    let folder = Folder::new("order");
    let names: Vec<String> =
        (0..40).map(|n| folder.file(&format!("{n:02}.txt"), &format!("Article number {n}.\n").repeat(40 - n))).collect();
    let mut args = vec!["analyze", "--format", "jsonl"];
    args.extend(names.iter().map(String::as_str));
    let output = dateline(&args, "");
    assert!(output.status.success(), "{}", err(&output));
    let sources: Vec<String> = out(&output)
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            assert_eq!(value["schema"], "dateline/analysis/1");
            value["article"]["source"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(sources, names);
}

#[test]
fn standard_input_offsets_in_code_points_and_the_given_date() {
    let text = "---\ntitle: Über alles\nsite: example.org\n---\nWarschau — “Ich” sagte Łukasz Żółw, und ging am Monday.\n";
    let output = dateline(&["analyze", "--format", "json", "--published", "2019-01-21", "-"], text);
    let all: Value = serde_json::from_str(&out(&output)).unwrap();
    let article = &all[0]["article"];
    assert_eq!(article["title"], "Über alles");
    assert_eq!(article["site"], "example.org");
    assert_eq!(article["published"], "2019-01-21");
    let body: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    for layer in ["mentions", "times", "events", "quotes"] {
        for item in all[0][layer].as_array().unwrap() {
            let at = |key: &str| usize::try_from(item[key].as_u64().unwrap()).unwrap();
            let span: String = body[at("start")..at("end")].iter().collect();
            assert_eq!(span, item["text"].as_str().unwrap(), "{layer}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_done() {
    let folder = Folder::new("partly");
    let good = folder.file("good.txt", "All is well in Berlin.");
    let output = dateline(&["analyze", "/nonexistent/a\u{1b}[31m.txt", &good], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output).lines().count(), 1);
    assert!(err(&output).contains("nonexistent"), "{}", err(&output));
    assert!(!err(&output).contains('\u{1b}'));
}

#[test]
fn a_wrong_option_suggests_the_near_one() {
    let output = dateline(&["analyze", "--formt", "json", "x"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--format"), "{}", err(&output));
}

#[test]
fn nothing_that_comes_from_outside_commands_the_terminal() {
    let folder = Folder::new("hostile");
    let file = folder.file("a\u{9b}31m\u{202e}.txt", "Berlin.");
    let output = dateline(&["analyze", &file], "");
    let line = out(&output);
    assert!(!line.contains('\u{9b}') && !line.contains('\u{202e}'));
    let value: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["article"]["source"], file);
    let wrong = dateline(&["--published", "\u{1b}]0;x\u{7}"], "");
    assert!(!err(&wrong).contains('\u{1b}') && err(&wrong).contains("2019-01-21"), "{}", err(&wrong));
}

#[test]
fn help_and_version_say_what_is_needed() {
    let help = out(&dateline(&["--help"], ""));
    for word in ["analyze", "config", "Exit codes", "standard input", "NO_COLOR", "--published"] {
        assert!(help.contains(word), "{word}");
    }
    let version = out(&dateline(&["--version"], ""));
    assert!(version.contains(env!("CARGO_PKG_VERSION")) && version.contains("Data in the program"), "{version}");
}

#[test]
fn without_a_terminal_the_reader_says_so() {
    let output = dateline(&[], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).is_empty());
    assert!(err(&output).contains("no terminal") || err(&output).contains("without its screen"), "{}", err(&output));
}

#[test]
fn the_configuration_is_shown_with_its_mistakes() {
    let folder = Folder::new("config");
    folder.file("config.toml", "measur = 60\nmeasure = 66\n");
    let output = dateline(&["--config", folder.0.to_str().unwrap(), "config"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("config.toml:1") && err(&output).contains("measure"), "{}", err(&output));
    assert!(out(&output).contains("keymap.toml"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::new("pipe");
    let file = folder.file("a.txt", &"Many words in Berlin. ".repeat(2_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["analyze", &file, &file, &file])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(err(&output).is_empty(), "{}", err(&output));
}

#[test]
fn samples_are_articles_with_names_and_dates() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let mut files: Vec<String> = std::fs::read_dir(samples)
        .unwrap()
        .map(|e| e.unwrap().path().to_str().unwrap().to_owned())
        .filter(|p| p.ends_with(".txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 8);
    let mut args = vec!["analyze"];
    args.extend(files.iter().map(String::as_str));
    for line in out(&dateline(&args, "")).lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let source = &value["article"]["source"];
        assert!(value["article"]["published"].is_string(), "{source}");
        for layer in ["mentions", "times", "events", "entities"] {
            assert!(value[layer].as_array().is_some_and(|a| a.len() >= 5), "{source} {layer}");
        }
    }
}

#[test]
fn the_doctor_tells_good_from_bad() {
    let folder = Folder::new("doctor");
    let library = folder.path("library.db");
    let good = dateline(&["doctor", "--library", &library], "");
    assert!(out(&good).contains("is not there yet"), "{}", out(&good));
    assert!(!std::path::Path::new(&library).exists(), "it changes nothing");
    assert!(dateline(&["add", "https://example.org/feed", "--library", &library], "").status.success());
    assert!(out(&dateline(&["doctor", "--library", &library], "")).contains("feeds           1\n"));
    folder.file("library.db", "no library at all");
    folder.file("config.toml", "measur = 3\n");
    let bad = dateline(&["doctor", "--library", &library, "--config", &folder.path("")], "");
    assert_eq!(bad.status.code(), Some(1));
    let text = out(&bad);
    assert!(text.contains("BAD   mistake") && text.contains("did you mean 'measure'") && text.contains("BAD   reading"), "{text}");
}

#[test]
fn every_shell_gets_completions_and_man_finds_its_pages() {
    for shell in ["bash", "zsh", "fish", "nushell", "elvish"] {
        let given = dateline(&["generate", "completions", shell], "");
        assert!(given.status.success() && out(&given).contains("timeline"), "{shell}");
    }
    let folder = Folder::new("man");
    let made = dateline(&["generate", "man", &folder.path("pages")], "");
    assert!(made.status.success(), "{}", err(&made));
    let page = std::fs::read_to_string(folder.path("pages/dateline-search.1")).unwrap();
    assert!(page.contains(".SH NAME") && page.contains("dateline\\-search"), "{page}");
}

#[test]
fn the_linear_reader_answers_line_by_line() {
    let folder = Folder::new("linear");
    let file = folder.file("wall.txt", "---\ntitle: The wall\npublished: 2019-01-21\n---\nBERLIN — Ada Miller met Karl Weiss in Berlin on Friday.\n\n“It is gone,” Ms. Miller said.\n");
    let output =
        dateline(&["--linear", &file], "list\n1\n\nwho\nname 1\nmention\nmention\nsaid\ntimeline\nfind gone\nwhere\nxyzzy\nquit\n");
    let text = out(&output);
    assert!(output.status.success(), "{}", err(&output));
    for line in [
        "dateline. 1 article. Type list, a number to open an article, or help.",
        "1. The wall, 21 January 2019, Berlin.",
        "Article 1 of 1: The wall.",
        "BERLIN — Ada Miller met Karl Weiss in Berlin on Friday.",
        "1. Ada Miller, person, named twice, quoted once.",
        "Ada Miller, 2 of 2, paragraph 2: “It is gone,” Ms. Miller said.",
        "Ada Miller said, paragraph 2: “It is gone,”",
        "Paragraph 2: “It is gone,” Ms. Miller said.",
        "Article 1 of 1, The wall, paragraph 2 of 2.",
        "I do not know xyzzy. Type help for what can be typed.",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(!text.contains('│') && !text.contains('\u{1b}'));
}

#[test]
fn the_linear_reader_tells_the_places_of_the_map() {
    let folder = Folder::new("linear-places");
    let file = folder.file(
        "pact.txt",
        "---\ntitle: The pact\npublished: 2019-01-21\n---\nPARIS — Ada Miller of Boston University met French ministers in Paris on Friday. \
         She left Paris for Berlin.\n",
    );
    let output = dateline(&["--linear", &file], "1\nplaces\nquit\n");
    let text = out(&output);
    let is_told = |name: &str| text.lines().any(|line| line.contains(name) && line.contains("degrees north"));
    assert!(is_told("Paris: ") && is_told("Berlin: "), "{text}");
    assert!(!is_told("Boston University: ") && !is_told("French: "), "{text}");
}
