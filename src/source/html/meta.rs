//! What a page says about its article: title, byline, site, address, language, picture, the day of publication.

use super::day::Order;
use super::dom::{Dom, Id};
use super::{json_ld, published};
use crate::article::{Article, Link, LinkKind};
use crate::source::{link, site};
use crate::text::{Span, clean_line, fold};

/// The longest title and byline that are kept, in characters.
const MAX_LINE: usize = 300;

/// The tags `<meta>` of a page: name in small letters, value.
#[derive(Debug)]
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    fn of(dom: &Dom) -> Self {
        let mut tags = Vec::new();
        for id in dom.all(Dom::ROOT, "meta").take(1000) {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| dom.attr(id, key));
            if let (Some(name), Some(value)) = (name, dom.attr(id, "content").or_else(|| dom.attr(id, "value"))) {
                tags.push((name.trim().to_lowercase(), value.trim().to_owned()));
            }
        }
        Self(tags)
    }

    /// The first value that one of `names` has, the names in order.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()))
    }

    /// All values of a name.
    pub(super) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }
}

/// Everything that a page states beside its body.
pub(super) struct Facts {
    pub(super) ld: json_ld::Facts,
    pub(super) tags: Tags,
    pub(super) order: Order,
}

/// What relative links of a page that lies at `url` count from.
pub(super) fn base(dom: &Dom, url: Option<&str>) -> Option<String> {
    let stated = dom.all(Dom::ROOT, "base").find_map(|id| dom.attr(id, "href"));
    stated.and_then(|href| link::resolve(url, href)).or_else(|| url.map(str::to_owned))
}

/// Fills in what the page at `url` says about its article, which lies in `body`.
pub(super) fn read(dom: &Dom, url: Option<&str>, body: Id, article: &mut Article) {
    let (ld, tags) = (json_ld::read(dom), Tags::of(dom));
    let base = base(dom, url);
    article.url = address(dom, &ld, &tags, article.url.take(), base.as_deref());
    article.language = language(dom, &ld, &tags);
    let named = tags.get(&["og:site_name", "application-name"]).or(ld.publisher.as_deref()).map(bare).filter(|n| !n.is_empty());
    let site_host = article.url.as_deref().and_then(site);
    article.title = title(dom, &ld, &tags, named.as_deref(), site_host.as_deref());
    article.byline = byline(dom, &ld, &tags).filter(|b| Some(b) != named.as_ref());
    article.site = named.filter(|n| n.chars().count() < 80).or(site_host);
    let image = tags.get(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]).or(ld.image.as_deref());
    if let Some(url) = image.and_then(|href| link::resolve(base.as_deref(), href)) {
        article.links.push(Link { kind: LinkKind::Image, url, span: Span::default() });
    }
    let order = order(dom, article.url.as_deref());
    // The address under which a page was asked for goes before the one that it states.
    article.published = published::find(dom, &Facts { ld, tags, order }, url.or(article.url.as_deref()), body);
}

/// Papers of the United States write the month first; the page's language says so, unless its address is of another country.
fn order(dom: &Dom, url: Option<&str>) -> Order {
    let lang = dom.all(Dom::ROOT, "html").next().and_then(|id| dom.attr(id, "lang")).unwrap_or("").to_ascii_lowercase().replace('_', "-");
    let host = url.and_then(site).unwrap_or_default();
    let american = [".com", ".org", ".net", ".us", ".gov", ".edu"].iter().any(|end| host.ends_with(end));
    if lang == "en-us" || lang == "en" && american { Order::MonthFirst } else { Order::DayFirst }
}

/// The canonical address, where it is of the same host and no front page; else the one that was given.
fn address(dom: &Dom, ld: &json_ld::Facts, tags: &Tags, given: Option<String>, base: Option<&str>) -> Option<String> {
    let canonical = dom.all(Dom::ROOT, "link").filter(|id| dom.attr(*id, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")));
    let canonical = canonical.filter_map(|id| dom.attr(id, "href"));
    let stated = canonical.chain(tags.get(&["og:url", "twitter:url"])).chain(ld.url.as_deref());
    let same = |url: &String| given.as_deref().is_none_or(|g| site(g) == site(url));
    let inner = |url: &String| url.splitn(4, '/').nth(3).is_some_and(|path| path.len() > 1);
    stated.filter_map(|href| link::resolve(base, href)).find(|url| same(url) && inner(url)).or(given)
}

fn language(dom: &Dom, ld: &json_ld::Facts, tags: &Tags) -> Option<String> {
    let html = dom.all(Dom::ROOT, "html").next().and_then(|id| dom.attr(id, "lang"));
    let stated = [html, tags.get(&["og:locale", "content-language", "language", "dc.language"]), ld.language.as_deref()];
    stated.into_iter().flatten().find_map(|value| {
        let code = value.trim().split(['-', '_', ',', ' ']).next()?.to_lowercase();
        (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
    })
}

fn title(dom: &Dom, ld: &json_ld::Facts, tags: &Tags, site: Option<&str>, host: Option<&str>) -> String {
    let window = dom.all(Dom::ROOT, "title").next().map(|id| dom.words(id, MAX_LINE * 4));
    let h1 = only_heading(dom);
    let stated = [ld.headline.clone(), tags.get(&["og:title", "twitter:title", "dc.title", "title"]).map(str::to_owned), h1, window];
    let shown = stated.into_iter().flatten().map(|t| without_site(&bare(&t), site, host));
    shown.into_iter().find(|t| !t.is_empty() && site.is_none_or(|s| fold(s) != fold(t))).unwrap_or_default()
}

/// The words of the only `h1` of a page.
pub(super) fn only_heading(dom: &Dom) -> Option<String> {
    let mut all = dom.all(Dom::ROOT, "h1").map(|id| dom.words(id, MAX_LINE)).filter(|t| !t.is_empty());
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// A line without markup and references that were escaped twice, cut at a bearable length.
fn bare(text: &str) -> String {
    let parsed = if text.contains(['<', '&']) {
        let dom = Dom::parse(text);
        dom.words(Dom::ROOT, MAX_LINE * 4)
    } else {
        text.to_owned()
    };
    clean_line(&parsed).chars().take(MAX_LINE).collect()
}

/// A window's title without the name of the paper behind a sign.
fn without_site(title: &str, site: Option<&str>, host: Option<&str>) -> String {
    let squeezed = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let names: Vec<String> = [site, host].into_iter().flatten().map(squeezed).collect();
    for sign in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(sign) {
            let tail = squeezed(tail);
            let is_site = !tail.is_empty()
                && names.iter().any(|n| *n == tail || n.contains(&tail) && tail.len() > 3 || tail.contains(n.as_str()) && n.len() > 3);
            if is_site && !head.trim().is_empty() {
                return without_site(head.trim(), site, host);
            }
        }
    }
    title.to_owned()
}

/// Who wrote it: by JSON-LD, `<meta>`, or the element that says so.
fn byline(dom: &Dom, ld: &json_ld::Facts, tags: &Tags) -> Option<String> {
    let stated = [
        ld.author.as_deref(),
        tags.get(&["author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "citation_author"]),
    ];
    let stated = stated.into_iter().flatten().map(str::to_owned).find_map(|b| name(&b));
    stated.or_else(|| dom.walk(Dom::ROOT).filter(|id| names_author(dom, *id)).take(5).find_map(|id| name(&dom.words(id, MAX_LINE))))
}

fn names_author(dom: &Dom, id: Id) -> bool {
    let is = |key: &str, wanted: &[&str]| {
        dom.attr(id, key).is_some_and(|v| v.split_whitespace().any(|w| wanted.contains(&w.to_ascii_lowercase().as_str())))
    };
    is("itemprop", &["author"])
        || is("rel", &["author"])
        || is("class", &["byline", "author", "author-name", "byline__name", "article-author", "c-byline", "p-author"])
}

/// A byline that names somebody: no address, no more than a line, without its "By".
fn name(text: &str) -> Option<String> {
    let line = bare(text);
    let line = ["By: ", "By ", "BY ", "by ", "Von ", "Por ", "Par ", "Di ", "Door "]
        .iter()
        .find_map(|by| line.strip_prefix(by))
        .unwrap_or(&line)
        .trim();
    let fits =
        (2..120).contains(&line.chars().count()) && !line.contains("://") && !line.contains('@') && line.chars().any(char::is_alphabetic);
    (fits && !line.starts_with("www.")).then(|| line.trim_end_matches([',', '|', '-', ' ']).to_owned())
}
