//! Web pages and Markdown through the command line.

use super::cli::{Folder, dateline, err, out};
use serde_json::Value;

const PAGE: &str = "<!doctype html><html lang=en><head><title>Ferry sails again</title></head><body><nav><a href=/>Home</a></nav>
    <article><h1>Ferry sails again</h1><p>The ferry to the outer islands will sail again from Monday, said Ann Lee of the harbour office, after three weeks
    in which fog, ice and a broken rudder had kept it in port.</p><p>Passengers may use their tickets until the end of the year, she said.</p></article>
    <footer>All rights reserved</footer></body></html>";

fn article(output: &std::process::Output) -> Value {
    let line: Value = serde_json::from_str(out(output).lines().next().unwrap_or("null")).unwrap();
    line["article"].clone()
}

#[test]
fn a_page_is_analysed_with_its_address() {
    let folder = Folder::new("page");
    // The name says nothing: content decides.
    let file = folder.file("saved.txt", PAGE);
    let output = dateline(&["analyze", "--url", "https://www.gazette.example/2024/02/05/ferry", &file], "");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let article = article(&output);
    assert_eq!(article["format"], "html");
    assert_eq!(article["source"], file.as_str());
    assert_eq!(article["title"], "Ferry sails again");
    assert_eq!(article["site"], "gazette.example");
    assert_eq!(article["published"], "2024-02-05");
    assert_eq!(article["language"], "en");
    let text = article["text"].as_str().unwrap();
    assert!(text.starts_with("The ferry to the outer islands") && text.ends_with("she said."), "{text}");
}

#[test]
fn a_page_comes_through_standard_input_too() {
    let output = dateline(&["analyze", "-"], PAGE);
    assert_eq!(article(&output)["format"], "html");
    let output = dateline(&["analyze", "-"], "# A title\n\nSome **strong** words about [it](https://a.example/).\n");
    assert_eq!(article(&output)["format"], "markdown");
}
