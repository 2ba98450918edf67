//! One door, proven end to end: what would command a terminal is put everywhere into every format, and nothing of it comes out of the articles, the
//! command line or the reader's own terminal.

use super::cli::{Folder, err, out};
use super::fuzz::targets::{forbidden, harmless};
#[cfg(all(unix, feature = "terminal"))]
use super::pty::Terminal;
use dateline::source::{Input, read};
use dateline::text::is_harmful;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

/// What terminals obey, and what hides or reorders text.
const SAMPLES: &[&str] = &[
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]2;owned\u{1b}\\",
    "\u{1b}]8;;file:///etc/passwd\u{1b}\\open\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;b3duZWQ=\u{7}",
    "\u{1b}]1337;File=name=eA==:AAAA\u{7}",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}_Gi=1;AAAA\u{1b}\\",
    "\u{1b}^owned\u{1b}\\",
    "\u{1b}[5;95mblink\u{1b}[2J\u{1b}[1;1H",
    "\u{1b}[?1049l\u{1b}[?25h",
    "\u{1b}[6n\u{1b}[c\u{1b}[21t",
    "\u{1b}c\u{1b}(0\u{1b}#8",
    "\u{9b}95m\u{9d}0;owned\u{9c}\u{90}q\u{9c}",
    "\u{8}\u{8}\u{8}back\rover\u{b}\u{c}\u{7f}\0\u{e}\u{f}\u{5}",
    "\u{202e}desrever\u{202c}\u{2066}isolated\u{2069}\u{200f}\u{61c}",
    "zero\u{200b}width\u{feff}\u{2060}\u{ad}\u{180e}",
    "\u{e0001}\u{e0041}\u{e0042}\u{e007f}",
    "line\u{2028}paragraph\u{2029}next\u{85}",
    "z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}algo",
    "&#27;[95m&#x1b;]0;owned&#7;&#155;95m&#x202e;",
    "%1b]0;owned%07",
    "\\u001b]0;owned\\u0007",
];

/// A sample made by chance of the characters of all.
fn by_chance(number: u64) -> String {
    let signs: Vec<char> = SAMPLES.iter().flat_map(|s| s.chars()).collect();
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % signs.len() as u64).unwrap()
    };
    (0..12).map(|_| signs[next()]).collect()
}

/// `s` as XML has it; what XML forbids is there all the same, as in real files.
fn xml(s: &str) -> String {
    s.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn json(s: &str) -> String {
    serde_json::to_string(s).unwrap()
}

/// Every format with the sample in every place that can hold one: a name for the file, and its bytes.
fn dressed(s: &str) -> Vec<(&'static str, Vec<u8>)> {
    let (x, j) = (xml(s), json(&format!("A {s} b")));
    let header = s.replace(['\r', '\n', '\0'], " ");
    let address = format!("http://a.example/{s}");
    let a = xml(&address);
    let text = format!(
        "---\ntitle: A {s} title\nbyline: Ann {s}\nsite: {s}\nurl: {address}\n---\nOSLO {s} - It sailed {s} on Monday, Ann {s} Lee said.\n"
    );
    let html = format!(
        "<!doctype html><html lang=\"{x}\"><head><title>{x} title</title><meta name=author content=\"Ann {x}\"><meta property=og:site_name content=\"{x}\">\
         <link rel=canonical href=\"{a}\"><meta property=og:image content=\"{a}\"><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":{j}}}</script></head>\
         <body><article><h1>{x}</h1><p>It sailed {x} on Monday, Ann {s} Lee said, and that is <a href=\"{a}\">all {x}</a> there is.</p>\
         <figure><figcaption>{x} pier</figcaption></figure><ul><li>{x} one</ul></article></body></html>"
    );
    let item = format!(
        "<title>{x} t</title><link>{a}</link><guid>{x}</guid><author>{x}</author><pubDate>{x}</pubDate><description>{x} it sailed &lt;b&gt;{x}</description><enclosure url=\"{a}\"/>"
    );
    let entry = format!(
        "<entry><title type=\"html\">{x}</title><link href=\"{a}\"/><author><name>{x}</name></author><updated>{x}</updated><content type=\"xhtml\"><div><p>{s} sailed {x}</p></div></content></entry>"
    );
    let mail = format!(
        "From: Ann {header} <a@b.example>\r\nSubject: News {header}\r\nDate: {header}\r\nContent-Type: text/html; charset=utf-8; name=\"{header}\"\r\n\r\n<p>It sailed {x}.</p>\r\n"
    );
    let http = format!("HTTP/1.1 200 {header}\r\nContent-Type: text/html; x={header}\r\n\r\n{html}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        address.replace(['\r', '\n'], " "),
        http.len()
    );
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    vec![
        ("a.txt", text.clone().into_bytes()),
        ("a.md", format!("# {s} title\n\nIt sailed {s} [on {s}]({address}).\n\n- {s}\n\n> {s}\n").into_bytes()),
        ("a.html", html.clone().into_bytes()),
        ("rss.xml", format!("<rss version=\"{x}\"><channel><title>{x}</title><language>{x}</language><item>{item}</item></channel></rss>").into_bytes()),
        ("atom.xml", format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"{a}\"><title>{x}</title>{entry}</feed>").into_bytes()),
        ("feed.json", format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":{j},\"items\":[{{\"id\":{j},\"url\":{j},\"title\":{j},\"content_html\":{j},\"date_published\":{j},\"authors\":[{{\"name\":{j}}}]}}]}}").into_bytes()),
        ("a.opml", format!("<opml version=\"2.0\"><body><outline text=\"{x}\"><outline type=\"rss\" text=\"{x}\" title=\"{x}\" xmlUrl=\"{a}\"/><outline xmlUrl=\"javascript:{x}\" text=\"{x}\"/></outline></body></opml>").into_bytes()),
        ("nitf.xml", format!("<nitf><head><title>{x}</title></head><body><body.head><hedline><hl1>{x} t</hl1></hedline><byline>{x}</byline><dateline><location>{x}</location></dateline></body.head><body.content><p>It sailed {x}.</p></body.content></body></nitf>").into_bytes()),
        ("newsml.xml", format!("<newsItem><itemMeta><versionCreated>{x}</versionCreated></itemMeta><contentMeta><headline>{x} t</headline><by>{x}</by></contentMeta><contentSet><inlineXML><html><body><p>It sailed {x}.</p></body></html></inlineXML></contentSet></newsItem>").into_bytes()),
        ("ninjs.json", format!("{{\"uri\":{j},\"type\":\"text\",\"versioncreated\":{j},\"headline\":{j},\"byline\":{j},\"body_xhtml\":{j},\"place\":[{{\"name\":{j}}}]}}").into_bytes()),
        ("a.eml", mail.clone().into_bytes()),
        ("a.mbox", format!("From {header} Mon Jan 21 10:00:00 2019\n{}\nFrom x Tue Jan 22 10:00:00 2019\nSubject: {header}\n\n{s}\n", mail.replace('\r', "")).into_bytes()),
        ("a.warc", warc.into_bytes()),
        ("a.epub", book(&x)),
        ("a.zip", zip(&[(&format!("a{header}.txt"), &text), (&format!("../{header}.html"), &html)])),
        ("a.gz", packed(html.as_bytes())),
        ("utf16.txt", [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()),
    ]
}

/// A book with `x`, which is written as XML has it, in its metadata and its chapter.
fn book(x: &str) -> Vec<u8> {
    let chapter = format!("<html><head><title>{x}</title></head><body><p>It snowed {x}.</p></body></html>");
    let package = format!(
        "<package><metadata><dc:title>{x}</dc:title><dc:creator>{x}</dc:creator><dc:language>{x}</dc:language></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
         <item id='b' href=\"{x}.xhtml\" media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path='o.opf'/></rootfiles></container>";
    zip(&[("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("o.opf", &package), ("a.xhtml", &chapter)])
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Bytes for a terminal or a pipe: text in which nothing commands, hides or reorders.
fn clean(bytes: &[u8], what: &str) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
    if let Some(at) = text.find(forbidden) {
        let from = text.floor_char_boundary(at.saturating_sub(60));
        panic!("{what}: {:?}", text.get(from..text.ceil_char_boundary(at + 20)));
    }
}

#[test]
fn no_format_lets_anything_through() {
    let samples = SAMPLES.iter().map(|s| (*s).to_owned()).chain((0..30).map(by_chance));
    for sample in samples {
        for (name, bytes) in dressed(&sample) {
            let (articles, problems) = read(&Input::new(name, &bytes));
            articles.iter().for_each(harmless);
            let count = articles.len();
            assert!(count > 0 || !problems.is_empty(), "{name} with {sample:?}");
            assert!(!problems.iter().any(|p| p.contains("stumbled")), "{name} with {sample:?}: {problems:?}");
            // What holds a zero byte is taken for a picture or a program.
            assert!(count > 0 || name != "a.html" || sample.contains('\0'), "{name} with {sample:?}");
        }
    }
}

/// Files of all formats with all samples, under names that hold some.
fn files(folder: &Folder) -> Vec<String> {
    let all: String = SAMPLES.concat();
    let mut paths: Vec<String> = dressed(&all).into_iter().map(|(name, bytes)| folder.bytes(name, &bytes)).collect();
    for (n, sample) in SAMPLES.iter().enumerate() {
        let name = format!("{n} {}.txt", sample.replace(['/', '\0'], "_"));
        paths.push(folder.file(&name, &format!("Story {sample}\n\nAnn Lee said {sample} on Monday in Oslo.\n")));
    }
    paths
}

fn dateline(folder: &Folder, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).env("LC_ALL", "C").env("XDG_CONFIG_HOME", folder.path("config")).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn the_command_line_prints_nothing_that_commands() {
    let folder = Folder::new("hostile-cli");
    let all: String = SAMPLES.concat();
    let paths = files(&folder);
    let opml = folder.path("a.opml");
    let missing = folder.path(&format!("none {}", all.replace(['/', '\0'], "_")));
    folder.file("config/dateline/config.toml", &format!("theme = {}\n{} = 3\n", json(&all), json(&all)));
    let library = folder.path("library.db");
    let of_library = |args: &[&str]| [&["--library", library.as_str()], args].concat().iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    let of_files = |args: &[&str]| args.iter().map(|s| (*s).to_owned()).chain(paths.clone()).collect::<Vec<_>>();
    let arg = all.replace('\0', "");
    let commands = [
        of_files(&["analyze"]),
        of_files(&["timeline", "--format", "markdown"]),
        of_files(&["timeline", "--format", "csv"]),
        of_files(&["timeline", "--format", "ics"]),
        of_files(&["places", "--format", "csv"]),
        vec!["analyze".to_owned(), missing.clone()],
        vec!["analyze".to_owned(), arg.clone()],
        vec![format!("--{arg}")],
        vec!["--published".to_owned(), arg.clone()],
        vec!["--config".to_owned(), arg.clone(), "config".to_owned()],
        vec!["config".to_owned()],
        of_library(&["import", "opml", &opml]),
        of_library(&["add", "--name", &arg, "--folder", &arg, "--tag", &arg, &folder.path("")]),
        of_library(&["add", &missing]),
        of_library(&["list"]),
        of_library(&["list", "--format", "tsv"]),
        of_library(&["search", "--format", "tsv", "oslo"]),
        of_library(&["search", "oslo"]),
        of_library(&["search", &format!("who:{arg}")]),
        of_library(&["export", "opml"]),
        of_library(&["export", "markdown"]),
        of_library(&["export", "json"]),
        of_library(&["remove", &arg]),
        of_library(&["check"]),
    ];
    for args in commands {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let output = dateline(&folder, &args);
        let shown = args.iter().take(4).copied().collect::<Vec<_>>();
        assert!(output.status.code().is_some_and(|c| c < 3), "{shown:?}: {:?} {}", output.status, err(&output));
        // The lines of calendars and tables end in CR and LF, as their standards want.
        let stdout =
            if args.iter().any(|a| matches!(*a, "ics" | "csv")) { out(&output).replace("\r\n", "\n").into_bytes() } else { output.stdout };
        let stdout = if args.contains(&"tsv") { String::from_utf8(stdout).unwrap().replace('\t', " ").into_bytes() } else { stdout };
        clean(&stdout, &format!("standard output of {shown:?}"));
        clean(&output.stderr, &format!("standard error of {shown:?}"));
    }
}

/// A server that answers each request with the next of `answers`.
fn server(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(&answer);
        }
    });
    address
}

#[cfg(feature = "network")]
#[test]
fn what_servers_answer_commands_nothing() {
    let folder = Folder::new("hostile-server");
    for sample in SAMPLES {
        let s = sample.replace(['\r', '\n', '\0'], " ");
        let answers = vec![
            format!("HTTP/1.1 404 {s}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            format!("HTTP/1.1 302 x\r\nLocation: javascript:{s}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            format!("HTTP/1.1 302 x\r\nLocation: http://{s}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            format!("HTTP/1.1 200 x\r\nContent-Encoding: {s}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"),
            format!(
                "HTTP/1.1 200 x\r\nContent-Type: text/html; charset={s}\r\nConnection: close\r\n\r\n<title>{}</title><p>It sailed.",
                xml(&s)
            ),
            format!("{s}\r\n\r\n"),
        ];
        let count = answers.len();
        let address = server(answers.into_iter().map(String::into_bytes).collect());
        for _ in 0..count {
            let output = dateline(&folder, &["analyze", &address]);
            assert!(output.status.code().is_some_and(|c| c < 3), "{}", err(&output));
            clean(&output.stdout, "standard output");
            clean(&output.stderr, "standard error");
        }
    }
}

/// What a terminal was told beside printable characters: the shapes of its commands, with their numbers left out, and every string among them.
#[cfg(all(unix, feature = "terminal"))]
fn commands(raw: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(raw);
    let mut found = BTreeSet::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            let mut shape = String::from("ESC");
            let first = chars.next().unwrap_or(' ');
            shape.push(first);
            match first {
                '[' => {
                    while let Some(c) = chars.next_if(|c| !('@'..='~').contains(c)) {
                        if !c.is_ascii_digit() && c != ';' && c != ':' {
                            shape.push(c);
                        }
                    }
                    shape.extend(chars.next());
                }
                ']' | 'P' | '_' | '^' | 'X' => {
                    // A string is taken as it is, up to its end.
                    while let Some(c) = chars.next_if(|c| !matches!(c, '\u{7}' | '\u{1b}')) {
                        shape.push(c);
                    }
                }
                _ => {}
            }
            found.insert(shape);
        } else if c != '\n' && c != '\r' && is_harmful(c) {
            found.insert(format!("{c:?}"));
        }
    }
    found
}

#[cfg(all(unix, feature = "terminal"))]
#[test]
fn the_terminal_is_told_what_it_is_told_of_harmless_articles() {
    let folder = Folder::new("hostile-pty");
    files(&folder);
    folder.file("hostile/config/dateline/keymap.toml", "");
    let harmless = Folder::new("harmless-pty");
    harmless.file("a.txt", "Story\n\nAnn Lee said so on Monday in Oslo.\n");
    harmless.file("b.txt", "Another\n\nAnn Lee said so on Tuesday in Bergen.\n");
    let told = |path: &str| {
        let mut t = Terminal::start(&[path], 110, 32);
        t.wait("an article", |s| s.contains("Oslo") || s.contains("Bergen"));
        // Through the articles, the lists, the card, the map, the palette, the help, all moments, and a search.
        for keys in [
            "1", "J", "J", "J", "2", "]", "\r", "c", "\u{1b}", "w", "3", "4", "5", "m", "m", "?", "?", "\u{10}", "a", "\u{1b}", "T", "T",
            "/o\r", "O", "1",
        ] {
            t.keys(keys);
            t.settle();
        }
        for _ in 0..SAMPLES.len() + 20 {
            t.keys("J");
            t.settle();
        }
        t.keys("q");
        t.end();
        assert!(t.restored());
        (commands(&t.raw), String::from_utf8_lossy(&t.raw).into_owned())
    };
    let (meant, _) = told(&harmless.path(""));
    let (found, raw) = told(&folder.path(""));
    let more: Vec<&String> = found.difference(&meant).collect();
    assert!(more.is_empty(), "{more:?}");
    for mark in ["owned\u{7}", "]0;", "]2;", "]8;", "]52;", "\u{1b}[5;95m", "\u{1b}[2J\u{1b}[1;1H", "[6n\u{1b}[c"] {
        assert!(!raw.contains(&format!("\u{1b}{}", mark.trim_start_matches('\u{1b}'))), "{mark:?}");
    }
}
