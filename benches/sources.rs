//! Reading inputs: pages of our own making, from small to large, body and metadata together; feeds whose items hold fragments of pages.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline::source::{Input, each, read_nth};
use std::fmt::Write;
use std::hint::black_box;
use std::ops::ControlFlow;

const SENTENCE: &str =
    "The harbour office said on Monday, after a long night of talks, that the <a href=\"/a/ferry\">ferry</a> would sail again. ";

/// A page as papers write them: scripts, navigation, teasers and advertising around an article of so many paragraphs.
fn page(paragraphs: usize) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=en><head><title>Ferry sails again | Harbour Gazette</title><meta property=og:site_name content=\"Harbour Gazette\">\
         <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry sails again\",\"datePublished\":\"2024-02-05\"}</script>",
    );
    let _ = write!(html, "<script>{}</script></head><body>", "var a = {b: 'c', d: [1, 2, 3]};\n".repeat(1500));
    let item = |n: usize| format!("<li class=\"nav-item item-{n}\" data-id=\"{n}\"><a href=\"/section/{n}\">Section {n}</a></li>");
    let _ = write!(
        html,
        "<nav><ul>{}</ul></nav><main><article class=\"story\"><h1>Ferry sails again</h1><div class=\"story-body\">",
        (0..80).map(item).collect::<String>()
    );
    for n in 0..paragraphs {
        let _ = write!(html, "<p class=\"p-{n}\">{}</p>", SENTENCE.repeat(3));
        if n % 5 == 4 {
            html.push_str("<div class=\"ad-slot\"><script>ads.push(1)</script></div><aside><p>Another story, with a long and winding line of words.</p></aside>");
        }
    }
    let teaser = |n: usize| {
        format!("<div class=\"teaser\"><h3><a href=\"/t/{n}\">A teaser with some words</a></h3><p>And what it is about, briefly.</p></div>")
    };
    let _ = write!(
        html,
        "</div></article></main><section class=\"related\">{}</section></body></html>",
        (0..60).map(teaser).collect::<String>()
    );
    html
}

fn pages(c: &mut Criterion) {
    let mut group = c.benchmark_group("html");
    for paragraphs in [10, 30, 300, 30_000] {
        let html = page(paragraphs);
        group.throughput(Throughput::Bytes(html.len() as u64));
        if paragraphs > 1000 {
            group.sample_size(10);
        }
        group.bench_with_input(BenchmarkId::from_parameter(format!("{} KB", html.len() / 1000)), &html, |b, html| {
            b.iter(|| black_box(read_nth(&Input::new("page.html", html.as_bytes()), 0).blocks.len()));
        });
    }
    group.finish();
}

/// A feed of so many items, each with three paragraphs as HTML; and the same paragraphs as one page, which shows what a tree for each would cost.
fn feeds(c: &mut Criterion) {
    let mut group = c.benchmark_group("feed");
    group.sample_size(20);
    let body = format!("<p>{}</p>", SENTENCE.repeat(3)).repeat(3);
    let item = |n: usize| format!("<item><title>Ferry {n}</title><link>/{n}</link><description><![CDATA[{body}]]></description></item>");
    let items = 2000;
    let feed = format!("<rss version=\"2.0\"><channel><title>Gazette</title>{}</channel></rss>", (0..items).map(item).collect::<String>());
    let page = format!("<!doctype html><html><body><article>{}</article></body></html>", body.repeat(items));
    group.throughput(Throughput::Bytes(feed.len() as u64));
    group.bench_function("2,000 items", |b| {
        b.iter(|| {
            let mut blocks = 0;
            let problems = each(&Input::new("feed.xml", feed.as_bytes()), &mut |article| {
                blocks += article.blocks.len();
                ControlFlow::Continue(())
            });
            black_box((blocks, problems.len()))
        });
    });
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("the same words as a page", |b| {
        b.iter(|| black_box(read_nth(&Input::new("page.html", page.as_bytes()), 0).blocks.len()));
    });
    group.finish();
}

fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("hostile");
    group.sample_size(10);
    let pages = [
        ("512 KB of nested lists", format!("<html>{}", "<ul><li>".repeat(64 << 10))),
        ("2 MB of <", "<".repeat(2 << 20)),
        ("20,000 attributes", format!("<html><p{}>", (0..20_000).map(|n| format!(" a{n}=1")).collect::<String>())),
        ("unclosed formatting", format!("<html>{}{}", "<b><i><font size=1>".repeat(2000), "<p>a".repeat(50_000))),
    ];
    for (name, html) in &pages {
        group.bench_function(*name, |b| b.iter(|| black_box(read_nth(&Input::new("page.html", html.as_bytes()), 0).blocks.len())));
    }
    group.finish();
}

criterion_group!(benches, pages, feeds, hostile);
criterion_main!(benches);
