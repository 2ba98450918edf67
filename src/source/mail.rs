//! Newsletters: one mail (RFC 5322, MIME), or a mailbox of many (mbox).

use super::{Format, Head, Input, Problems, Take, markup, plain};
use crate::article::{Article, Link, LinkKind};
use crate::locale::tr;
use crate::text::{Span, clean, clean_line, fold};
use jiff::civil::Date;
use mail_parser::{Message, MessageParser};

/// Headers of which a mail has at least two before its first empty line.
const HEADERS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "content-type",
    "delivered-to",
    "list-id",
    "reply-to",
    "sender",
];

/// Words of the link to the same letter as a page.
const ON_THE_WEB: &[&str] =
    &["in your browser", "in browser", "in a browser", "view online", "read online", "web version", "view this email"];

/// Where a message of a mailbox begins.
const FROM: &[u8] = b"From ";

/// One mail.
#[derive(Debug)]
pub(super) struct Mail;

/// Many mails in one file.
#[derive(Debug)]
pub(super) struct Mbox;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        is_mail(head.text)
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let bytes = input.bytes.trim_ascii_start();
        match article(bytes) {
            Some(article) => {
                let _ = take(article);
                Problems::new()
            }
            None => vec![tr!("the mail cannot be read").to_owned()],
        }
    }
}

impl Format for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.input.bytes.starts_with(FROM) && head.text.split_once('\n').is_some_and(|(_, rest)| is_mail(rest))
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let mut problems = Problems::new();
        for (n, message) in messages(input.bytes).enumerate() {
            let Some(article) = article(&message) else {
                problems.push(tr!("mail {n} cannot be read", n = n + 1));
                continue;
            };
            if take(article).is_break() {
                break;
            }
        }
        problems
    }
}

/// True for text that begins with the headers of a mail.
fn is_mail(text: &str) -> bool {
    let lines = text.lines().map(str::trim_end).take_while(|l| !l.is_empty()).filter(|l| !l.starts_with([' ', '\t']));
    let mut known = 0;
    for line in lines.take(100) {
        let Some((name, _)) = line.split_once(':') else { return false };
        if !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        known += usize::from(HEADERS.iter().any(|h| h.eq_ignore_ascii_case(name)));
    }
    known >= 2
}

/// Bytes behind a line in which headers are looked for.
const LOOK: usize = 2 << 10;

/// True where a mailbox's next message begins behind the line break that `bytes` begin with: headers follow, which they do not where a sentence
/// begins with "From".
fn parts(bytes: &[u8]) -> bool {
    let Some(line) = bytes.strip_prefix(b"\n").filter(|l| l.starts_with(FROM)) else { return false };
    let line = line.get(..LOOK).unwrap_or(line);
    let lines = line.iter().rposition(|b| *b == b'\n').and_then(|end| line.get(..end)).unwrap_or(line);
    let headers = lines.iter().position(|b| *b == b'\n').and_then(|at| lines.get(at + 1..));
    headers.is_some_and(|h| is_mail(&String::from_utf8_lossy(h)))
}

/// The messages of a mailbox, each without the line that parts it from the one before.
fn messages(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let body = rest.iter().position(|b| *b == b'\n').and_then(|at| rest.get(at + 1..)).filter(|_| rest.starts_with(FROM))?;
        let end = (0..body.len()).find(|at| body.get(*at..).is_some_and(parts));
        let message = body.get(..end.map_or(body.len(), |at| at + 1)).unwrap_or(body);
        let next = end.and_then(|at| body.get(at..)).unwrap_or(&[]);
        rest = next.get(next.iter().position(|b| *b == b'F').unwrap_or(next.len())..).unwrap_or(&[]);
        Some(unquoted(message))
    })
}

/// A message whose lines `>From ` are `From ` again.
fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|b| *b == b'\n') {
        let bare = line.iter().position(|b| *b != b'>').unwrap_or(0);
        let quoted = bare > 0 && line.get(bare..).is_some_and(|l| l.starts_with(FROM));
        out.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or(line));
    }
    out
}

fn article(bytes: &[u8]) -> Option<Article> {
    let message = MessageParser::default().parse(bytes)?;
    let from = message.from().and_then(|f| f.first());
    let address = from.and_then(|f| f.address()).unwrap_or("");
    let name = from.and_then(|f| f.name()).map(clean_line).filter(|n| !n.is_empty());
    let mut article = Article {
        format: "mail",
        title: clean_line(message.subject().unwrap_or("")),
        site: address.rsplit_once('@').map(|(_, host)| clean_line(host)),
        byline: name.or_else(|| Some(clean_line(address))).filter(|n| !n.is_empty()),
        published: message.date().and_then(day),
        ..Article::default()
    };
    let untitled = article.title.is_empty();
    body(&message, &mut article);
    if untitled {
        article.title = article.text.lines().next().unwrap_or("Untitled").chars().take(80).collect();
    }
    Some(article)
}

/// The day on the sender's calendar.
fn day(date: &mail_parser::DateTime) -> Option<Date> {
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// Puts the words of a mail into `article`: those of the page that came with it, which has links and headings, or else the plain ones.
fn body(message: &Message<'_>, article: &mut Article) {
    let page = message.html_part(0).and_then(|part| part.is_text_html().then(|| message.body_html(0)).flatten());
    if let Some(laid) = page.map(|html| markup::lay_out(&html, None)).filter(|l| !l.lines.is_empty()) {
        markup::fill(article, &laid.lines);
        article.links.extend(laid.image().map(|url| Link { kind: LinkKind::Image, url, span: Span::default() }));
        markup::illustrate(article, laid.pictures);
        let text = &article.text;
        let same = |l: &&Link| l.kind == LinkKind::Page && ON_THE_WEB.iter().any(|words| fold(l.span.of(text)).contains(words));
        article.url = article.links.iter().find(same).map(|l| l.url.clone());
        super::dateline::mark(article);
    } else {
        plain::fill(article, &clean(&message.body_text(0).unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const LETTER: &str = "From: =?utf-8?q?Ren=C3=A9e_Cole?= <news@letters.example>\r\nSubject: The week\r\n in review\r\nDate: Sun, 20 Jan 2019 23:30:00 -0500\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain words.\r\n\
        --x\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<a href=3D'https://l.example/1'>View in your \
        browser</a><h1>Caf=E9 news</h1><p>The mayor spoke.</p>\r\n--x--\r\n";

    #[test]
    fn a_letter_is_an_article() {
        let (articles, problems) = read(&Input::new("a.eml", LETTER.as_bytes()));
        let article = &articles[0];
        assert_eq!((article.title.as_str(), article.byline.as_deref()), ("The week in review", Some("Renée Cole")));
        assert_eq!((article.site.as_deref(), article.url.as_deref()), (Some("letters.example"), Some("https://l.example/1")));
        assert_eq!(article.published, Some(jiff::civil::date(2019, 1, 20)));
        assert_eq!(article.text, "View in your browser\nCafé news\nThe mayor spoke.");
        assert!(problems.is_empty());
    }

    #[test]
    fn a_mailbox_holds_many() {
        let plain = "From: a@b.example\nSubject: Two\nDate: Mon, 21 Jan 2019 05:00:00 +0000\n\nA first line\nthat goes on.\n>From here on it is quoted.\n";
        let mbox =
            format!("From a@b Mon Jan 21 05:00:00 2019\n{}\nFrom b@c Mon Jan 21 05:00:00 2019\n{plain}\n", LETTER.replace("\r\n", "\n"));
        let (articles, _) = read(&Input::new("m", mbox.as_bytes()));
        let found: Vec<(&str, &str)> = articles.iter().map(|a| (a.source.as_str(), a.title.as_str())).collect();
        assert_eq!(found, [("m#1", "The week in review"), ("m#2", "Two")]);
        assert!(articles[1].text.ends_with("From here on it is quoted."), "{}", articles[1].text);
    }

    #[test]
    fn a_sentence_that_begins_with_from_parts_nothing_and_a_mail_without_subject_is_called_by_its_words() {
        let mail = "From a@b Mon Jan 21 05:00:00 2019\nFrom: a@b.example\nDate: Mon, 21 Jan 2019 05:00:00 +0000\n\nOne.\n\nFrom Paris, Ann Roe said: all is well.\n\nTwo.\n\n";
        let (articles, problems) = read(&Input::new("m", mail.repeat(2).as_bytes()));
        assert_eq!((articles.len(), problems.len()), (2, 0));
        assert_eq!(articles[0].title, "One.");
        assert_eq!(articles[1].text, "One.\nFrom Paris, Ann Roe said: all is well.\nTwo.");
    }

    #[test]
    fn text_with_colons_is_no_mail() {
        assert!(!is_mail("Note: this is no mail\nDate: today is a good day for it\nand more"));
        assert!(!is_mail("From the capital\n\nSubject: none"));
        assert!(is_mail("Subject: a\nFrom: b\n\n"));
    }
}
