//! Against a server of our own, on this machine.

use super::client::{Client, Limits};
use super::{Failure, Fetched, Request, Validators};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::time::Duration;
use ureq::Proxy;

/// A server that answers each request with what `answer` writes for its path and headers; returns its address.
fn serve(answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = std::sync::Arc::clone(&answer);
            std::thread::spawn(move || {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let path = lines.next().unwrap().unwrap().split(' ').nth(1).unwrap().to_owned();
                let headers: Vec<String> = lines.map(Result::unwrap).take_while(|l| !l.is_empty()).collect();
                answer(&path, &headers.join("\n").to_lowercase(), &mut stream);
            });
        }
    });
    address
}

fn say(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body);
}

fn client() -> Client {
    behind(None)
}

fn behind(proxy: Option<Proxy>) -> Client {
    let short = Duration::from_millis(400);
    Client::new(Limits { connect: short, answer: short, pause: short, whole: Duration::from_millis(1500), bytes: 1 << 20 }, proxy)
}

fn get(url: &str, given: bool) -> Result<Fetched, Failure> {
    client().get(&Request { url, given, ..Request::default() }, &mut |_, _| ControlFlow::Continue(()))
}

fn why(result: Result<Fetched, Failure>) -> String {
    result.unwrap_err().notice.why
}

#[test]
fn a_page_with_its_headers() {
    let address = serve(|_, headers, stream| {
        let polite = headers.contains("user-agent: dateline/") && headers.contains("accept-encoding: gzip, br, zstd");
        let named = "Content-Type: text/html; charset=utf-8\r\nETag: \"7\"\r\nLast-Modified: Mon, 21 Jan 2019 05:00:00 GMT\r\nCache-Control: max-age=60\r\n";
        if headers.contains("if-none-match: \"7\"") {
            say(stream, "304 Not Modified", "", b"");
        } else {
            say(stream, if polite { "200 OK" } else { "400 Rude" }, named, b"<p>Words</p>");
        }
    });
    let fetched = get(&address, true).unwrap();
    assert_eq!(fetched.bytes.as_deref(), Some(&b"<p>Words</p>"[..]));
    assert_eq!(fetched.media_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(fetched.fresh, Some(Duration::from_secs(60)));
    let again = Request { url: &address, validators: fetched.validators.clone(), given: true };
    let same = client().get(&again, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!((same.bytes, &same.validators), (None, &fetched.validators));
    assert_eq!(fetched.validators, Validators { etag: Some("\"7\"".into()), last_modified: Some("Mon, 21 Jan 2019 05:00:00 GMT".into()) });
}

#[test]
fn only_a_reader_leads_into_their_own_network() {
    let address = serve(|path, _, stream| match path {
        "/away" => say(stream, "302 Found", "Location: http://localhost:9/secret\r\n", b""),
        "/meta" => say(stream, "302 Found", "Location: http://169.254.169.254/latest\r\n", b""),
        "/file" => say(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/here" => say(stream, "301 Moved", "Location: next?x=1\r\n", b""),
        "/round" => say(stream, "302 Found", "Location: /round\r\n", b""),
        _ => say(stream, "200 OK", "", path.as_bytes()),
    });
    assert!(why(get(&address, false)).contains("private network"));
    assert!(why(get(&format!("{address}/away"), true)).contains("private network"));
    assert!(why(get(&format!("{address}/meta"), true)).contains("private network"));
    assert!(why(get(&format!("{address}/file"), true)).contains("no web address"));
    assert!(why(get(&format!("{address}/round"), true)).contains("more than"));
    let moved = get(&format!("{address}/here"), true).unwrap();
    assert_eq!((moved.url, moved.bytes), (format!("{address}/next?x=1"), Some(b"/next?x=1".to_vec())));
    assert!(why(get("ftp://example.org/", true)).contains("no web address"));
}

#[test]
fn a_proxy_may_lie_in_the_readers_own_network() {
    let proxy = serve(|asked, _, stream| {
        if asked != "news.example:80" {
            return say(stream, "403 Forbidden", "", b"");
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let request = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok).take_while(|l| !l.is_empty());
        let path = request.collect::<Vec<_>>().first().and_then(|l| l.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
        say(stream, "200 OK", "", path.as_bytes());
    });
    let client = behind(Some(Proxy::new(&proxy).unwrap()));
    let get = |url: &str| client.get(&Request { url, ..Request::default() }, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(get("http://news.example/page").unwrap().bytes.as_deref(), Some(&b"/page"[..]));
    // Behind it nobody looks where a name leads: what is written as an address of the reader's network is refused before.
    for url in ["http://127.0.0.1/", "http://127.1/", "http://2130706433/", proxy.as_str()] {
        assert!(why(get(url)).contains("private network"), "{url}");
    }
}

#[test]
fn packed_bodies_and_bombs() {
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let (small, bomb) = (gzip(b"Words"), gzip(&vec![b' '; 8 << 20]));
    let address = serve(move |path, _, stream| match path {
        "/gzip" => say(stream, "200 OK", "Content-Encoding: gzip\r\n", &small),
        "/lie" => say(stream, "200 OK", "Content-Encoding: gzip\r\n", b"Words"),
        "/odd" => say(stream, "200 OK", "Content-Encoding: rot13\r\n", b"Jbeqf"),
        _ => say(stream, "200 OK", "Content-Encoding: gzip\r\n", &bomb),
    });
    assert_eq!(get(&format!("{address}/gzip"), true).unwrap().bytes.as_deref(), Some(&b"Words"[..]));
    assert_eq!(get(&format!("{address}/lie"), true).unwrap().bytes.as_deref(), Some(&b"Words"[..]));
    assert!(why(get(&format!("{address}/odd"), true)).contains("rot13"));
    assert!(why(get(&format!("{address}/bomb"), true)).contains("unpacks to more than 1 MiB"));
}

#[test]
fn bodies_without_end_and_servers_without_answer() {
    let address = serve(|path, _, stream| match path {
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'a'; 65536]).is_ok() {}
        }
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(b"a").is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/short" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 500\r\n\r\nThe beginning");
        }
        "/huge" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
        }
        _ => std::thread::sleep(Duration::from_secs(3)),
    });
    assert!(why(get(&format!("{address}/endless"), true)).contains("more than 1 MiB"));
    // What has come by the end of the time is kept, and said to be broken off.
    let slow = get(&format!("{address}/slow"), true).unwrap();
    assert_eq!((slow.bytes.is_some_and(|b| b.len() < 100), slow.problems.len()), (true, 1));
    assert!(why(get(&format!("{address}/silent"), true)).contains("in time"));
    assert!(why(get(&format!("{address}/huge"), true)).contains("more than 1 MiB"));
    let short = get(&format!("{address}/short"), true).unwrap();
    assert_eq!((short.bytes.as_deref(), short.problems.len()), (Some(&b"The beginning"[..]), 1));
}

#[test]
fn refusals_say_when_to_come_back() {
    let address = serve(|path, _, stream| match path {
        "/busy" => say(stream, "429 Too Many", "Retry-After: 120\r\n", b""),
        _ => say(stream, "404 \x1b[31mRed", "X: \x1b]0;owned\r\n", b"no"),
    });
    let busy = get(&format!("{address}/busy"), true).unwrap_err();
    assert_eq!(busy.retry_after, Some(Duration::from_secs(120)));
    let gone = get(&format!("{address}/\u{1b}[2J"), true).unwrap_err();
    assert!(!gone.notice.to_string().contains('\u{1b}'));
    let gone = get(&format!("{address}/gone"), true);
    assert!(gone.is_err());
}

#[test]
fn a_reader_who_changes_their_mind_waits_no_longer() {
    let address = serve(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'a'; 1024]).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let mut seen = 0;
    let result = client().get(&Request { url: &address, given: true, ..Request::default() }, &mut |bytes, _| {
        seen = bytes;
        if bytes > 2000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(why(result), "cancelled");
    assert!((2000..100_000).contains(&seen));
}
