//! What the classes, ids and standing phrases of news pages mean: words only, chosen from how content systems name things.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words to look up, from a list in one string.
type Words = LazyLock<HashSet<&'static str>>;

/// Phrases to compare with, from a list parted by semicolons.
type Phrases = LazyLock<Vec<&'static str>>;

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

fn phrases(list: &'static str) -> Vec<&'static str> {
    list.split(';').map(|p| p.strip_prefix(' ').unwrap_or(p)).collect()
}

/// Parts of a page that are never the article's words.
pub(super) static SKIPPED: Words = LazyLock::new(|| words(SKIPPED_LIST));

const SKIPPED_LIST: &str = "script style noscript template iframe svg math button input select textarea nav aside footer head dialog object audio video canvas map \
    menu datalist option label title amp-ad figcaption rp rt";

/// Words in classes and ids of what stands beside an article: teasers, tools, forms, advertising, lines about who and when.
pub(super) static ASIDE: Words = LazyLock::new(|| words(ASIDE_LIST));

const ASIDE_LIST: &str = "related relateds share shares sharing sharebar sharetools social socials newsletter newsletters promo promos promoted advert adverts \
    advertisement advertising ad ads adslot adwrapper sponsor sponsored comment comments disqus respond sidebar widget widgets recirc \
    recirculation recommend recommended recommendation recommendations trending breadcrumb breadcrumbs nav navigation navbar menu footer \
    copyright subscribe subscription signup cookie cookies consent gdpr popup modal outbrain taboola tags tag taglist byline bylines author \
    authors bio timestamp credit credits gallery slideshow carousel pagination pager toolbar metadata readmore inbox follow sharedaddy caption \
    captions figcaption tools teaser teasers mostread mostpopular popular moreon morefrom kicker standfirst dek subtitle deck publishdate \
    pubdate dateline datetime posted postmeta hidden visuallyhidden screenreader sronly donate donation paywall regwall login register rating \
    ratings survey feedback print overlay tooltip crosslinks seealso addthis addtoany whatsapp profile contributor biography disclaimer legal \
    ticker banner rollover popover hovercard dropdown wpcnt yarpp nocontent noprint audioplayer videoplayer photocredit wpcaption callout \
    infobox upsell cta interstitial backtotop lire partager anzeige werbung publicidad publicidade relacionadas iklan meer teilen";

/// Pairs of words in one class that mean the same as one of [`ASIDE`].
pub(super) static ASIDE_PAIRS: LazyLock<HashSet<(&'static str, &'static str)>> =
    LazyLock::new(|| phrases(ASIDE_PAIRS_LIST).into_iter().filter_map(|p| p.split_once(' ')).collect());

const ASIDE_PAIRS_LIST: &str = "read more; read next; see also; more from; more on; most read; most popular; story timeline; sign up; screen reader; sr only; post meta; \
    entry meta; article meta; story meta; article date; post date; entry date; article info; publish date; published date; date published; \
    entry footer; post footer; article footer; entry utility; up next; you may; also like; top stories; pull quote; image meta; photo meta; \
    img desc; hide mobile; wp caption; image desc; article header; article summary; zox author; in article; link box; inline links; lead in";

/// Words of the classes and ids around an article's own words.
pub(super) static BODY: Words = LazyLock::new(|| words(BODY_LIST));

const BODY_LIST: &str = "article articlebody body content contents entry entrycontent story storybody storytext text post postbody postcontent main blog news page \
    copy richtext paragraphs artikel beitrag texte cuerpo noticia texto detail fulltext";

/// How short lines begin that no writer has written, in small letters.
pub(super) static LINE_STARTS: Phrases = LazyLock::new(|| phrases(LINE_STARTS_LIST));

const LINE_STARTS_LIST: &str = "advertisement; advert; anzeige; iklan; publicidad; related:; related |; related story; related stories; related article; related news; \
    related topics; related content; read more; read also; also read; read next; read the full; see also; see more; see more:; also:; more:; \
    more on this; more from; continue reading; click here; sign up; subscribe; follow us; follow us; follow @; share this; sharing is caring; share on; \
    like us on; join our; join us on; you may also like; you might also like; don't miss; don’t miss; most read; most popular; top stories; \
    trending; recommended; about the author; have a tip; got a tip; get the latest; get our; download our; download the; published; updated; \
    posted; last updated; last modified; filed under; tags:; tag:; topics:; categories:; category:; copyright; ©; (c); all rights reserved; \
    source:; sources:; image copyright; image caption; image source; photo:; photos:; photograph:; photo by; picture:; pictures:; credit:; \
    image:; (image:; image 1 of; enlarge image; view author; email the author; follow on; view comments; leave a comment; leave a reply; \
    comments; this slideshow requires; loading; please enable; watch:; watch now; listen:; video:; play video; minute read; min read; story \
    continues; article continues; scroll to continue; scroll down; tell us what you think; this post may contain; this article may contain; we \
    may earn; click to; tap here; for more; to read more; home; news; print this; email this; lire aussi; à lire aussi; lesen sie auch; mehr \
    zum thema; leia também; leia mais; lea también; lee también; te puede interesar; baca juga; leggi anche; lees ook; читайте также; czytaj \
    też; przeczytaj; tempo de leitura;  additional reporting; citation:; this document is subject; trending now; caption; close; buy now; \
    supplied";

/// Headings after which nothing of the article follows, in small letters, where they stand in its second half.
pub(super) static ENDS: Phrases = LazyLock::new(|| phrases(ENDS_LIST));

const ENDS_LIST: &str = "you may also like; you might also like; related stories; related articles; related news; related content; related topics; related posts; \
    related; recommended; recommended for you; more stories; more from; most read; most popular; trending; top stories; latest news; comments; \
    leave a comment; leave a reply; post a comment; about the author; about author; popular; read next; up next; further reading on; holiday \
    gift guides; subscribe to; sign up for; share this; tell us what you think; filed under; don't miss; editor's picks; editors' picks; what \
    to read next; latest; newsletter; join the conversation; follow us";

/// The words of a class or id, in small letters: parted at signs, and where a capital follows a small letter. Scrambled names of style sheets
/// (`dyVSIs`) must not seem to say something, so the parts of a word count only from four letters.
pub(super) fn of_class(value: &str) -> Vec<String> {
    let value = value.get(..value.floor_char_boundary(400)).unwrap_or("");
    let mut words = Vec::new();
    for word in value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let mut part = 0;
        let mut small = false;
        for (at, c) in word.char_indices().chain([(word.len(), 'A')]) {
            if c.is_uppercase() && small && (at < word.len() || part > 0) {
                words.extend(word.get(part..at).filter(|p| p.len() >= 4).map(str::to_lowercase));
                part = at;
            }
            small = c.is_lowercase();
        }
        if part == 0 {
            words.push(word.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_parted_into_words() {
        assert_eq!(of_class("entry-content relatedPosts"), ["entry", "content", "related", "posts"]);
        assert_eq!(of_class("hJpRRP ad_slot"), ["ad", "slot"]);
        assert_eq!(of_class("POST"), ["post"]);
    }
}
