//! Which part of a page is the article: paragraphs vote for the elements that hold them.
//!
//! The vote is that of Readability (Arc90, 2009): each paragraph gives its length and commas to its parent, and half of that to the one above;
//! links take away. What a class or id names as something else has no vote, unless nearly all of the page's words are in it.

use super::dom::{Dom, Id};
use super::words;
use std::collections::HashMap;

/// The shortest text, in characters, that votes.
const MIN_VOTE: usize = 25;

/// What is known of every element, by its number.
#[derive(Debug)]
pub(super) struct Weights {
    /// Characters of text in paragraphs below it.
    prose: Vec<u32>,
    /// The same without what is named as something beside the article.
    own: Vec<u32>,
    /// Characters below it, white space aside.
    all: Vec<u32>,
    /// Those of them in links.
    linked: Vec<u32>,
}

impl Weights {
    /// Weighs a page.
    pub(super) fn of(dom: &Dom) -> Self {
        let mut weights = Self { prose: vec![0; dom.len()], own: vec![0; dom.len()], all: vec![0; dom.len()], linked: vec![0; dom.len()] };
        let mut order = Vec::new();
        let mut walk = dom.walk(Dom::ROOT);
        while let Some(id) = walk.next() {
            if is_skipped(dom, id) {
                walk.pass_over(id);
                continue;
            }
            order.push(id);
        }
        for id in order.iter().rev().copied() {
            let at = id as usize;
            if let Some(text) = dom.text(id) {
                weights.all[at] = count(text);
            }
            if dom.name(id) == "a" {
                weights.linked[at] = weights.all[at];
            }
            if is_paragraph(dom, id) && weights.linked[at] * 2 < weights.all[at] && weights.all[at] as usize >= MIN_VOTE {
                weights.prose[at] = weights.all[at];
            }
            if let Some(parent) = dom.parent(id) {
                let up = parent as usize;
                weights.all[up] += weights.all[at];
                weights.linked[up] += weights.linked[at];
                weights.prose[up] += weights.prose[at];
            }
        }
        let total = weights.prose(Dom::ROOT);
        for id in order.into_iter().rev() {
            let at = id as usize;
            if is_paragraph(dom, id) && weights.prose[at] > 0 && weights.own[at] == 0 {
                weights.own[at] = weights.prose[at];
            }
            if weights.own[at] > 0 && weights.prose[at] * 2 < total && is_aside(dom, id) {
                weights.own[at] = 0;
            }
            if let Some(parent) = dom.parent(id) {
                weights.own[parent as usize] += weights.own[at];
            }
        }
        weights
    }

    /// Characters of prose below an element that may be the article's own.
    fn own(&self, id: Id) -> u32 {
        self.own.get(id as usize).copied().unwrap_or(0)
    }

    /// Characters of prose below an element.
    pub(super) fn prose(&self, id: Id) -> u32 {
        self.prose.get(id as usize).copied().unwrap_or(0)
    }

    /// Characters below an element.
    pub(super) fn all(&self, id: Id) -> u32 {
        self.all.get(id as usize).copied().unwrap_or(0)
    }

    /// Share of an element's characters that are links, in percent.
    pub(super) fn links(&self, id: Id) -> u32 {
        let linked = self.linked.get(id as usize).copied().unwrap_or(0);
        (linked * 100).checked_div(self.all(id)).unwrap_or(0)
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u32::MAX)
}

/// True for what no reader sees or what is never the article.
pub(super) fn is_skipped(dom: &Dom, id: Id) -> bool {
    let name = dom.name(id);
    if name.is_empty() {
        return false;
    }
    let hidden = || {
        let style = |s: &str| s.replace(' ', "").contains("display:none");
        dom.attr(id, "hidden").is_some() || dom.attr(id, "style").is_some_and(style)
    };
    words::SKIPPED.contains(name) || hidden()
}

/// True for an element whose own text is a paragraph: `p` and its like, or a `div` with text of its own.
fn is_paragraph(dom: &Dom, id: Id) -> bool {
    match dom.name(id) {
        "p" | "pre" => true,
        "div" | "td" | "section" | "article" | "li" | "blockquote" | "dd" | "span" | "font" | "center" => {
            let own: u32 = dom.children(id).filter_map(|c| dom.text(c)).map(count).sum();
            own as usize >= MIN_VOTE && !dom.children(id).any(|c| dom.name(c) == "p") && dom.parent(id).is_none_or(|up| dom.name(up) != "p")
        }
        _ => false,
    }
}

/// True where class or id name an element as something beside the article.
pub(super) fn is_aside(dom: &Dom, id: Id) -> bool {
    if matches!(dom.name(id), "" | "html" | "body" | "main" | "p" | "em" | "i" | "b" | "strong") && dom.attr(id, "class").is_none() {
        return false;
    }
    if matches!(dom.name(id), "html" | "body" | "main" | "article") {
        return false;
    }
    if dom
        .attr(id, "role")
        .is_some_and(|r| matches!(r, "navigation" | "complementary" | "banner" | "contentinfo" | "dialog" | "menu" | "search"))
    {
        return true;
    }
    if dom.attr(id, "itemprop").is_some_and(|p| p.contains("articleBody")) {
        return false;
    }
    let values =
        [dom.attr(id, "class"), dom.attr(id, "id"), dom.attr(id, "data-component"), dom.attr(id, "rel").filter(|_| dom.name(id) != "a")];
    values.into_iter().flatten().any(|value| value.split_whitespace().any(is_aside_class))
}

/// True for one class (or id) that names something beside the article.
fn is_aside_class(class: &str) -> bool {
    let words = words::of_class(class);
    // `has-sidebar` and `no-comments` speak of what else is there.
    if words.first().is_some_and(|w| matches!(w.as_str(), "has" | "no" | "with" | "without" | "is" | "not")) {
        return false;
    }
    // The words of others that an article shows are part of it.
    if words.iter().any(|w| w == "embed" || w == "tweet") {
        return false;
    }
    let joined = words.concat();
    words.iter().any(|w| words::ASIDE.contains(w.as_str()))
        || words::ASIDE.contains(joined.as_str())
        || words.windows(2).any(|pair| words::ASIDE_PAIRS.contains(&(pair[0].as_str(), pair[1].as_str())))
}

/// The element that holds the article's body.
pub(super) fn find(dom: &Dom, weights: &Weights) -> Id {
    let total = weights.own(Dom::ROOT).max(1);
    if let Some(id) = marked(dom, weights, total) {
        return id;
    }
    let scores = votes(dom, weights, total);
    let best = scores.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(id, _)| *id);
    let Some(mut best) = best else { return dom.all(Dom::ROOT, "body").next().unwrap_or(Dom::ROOT) };
    // The article may lie in several elements of one kind side by side: go up to where they meet.
    let mut below = best;
    while let Some(up) = dom.parent(below).filter(|up| !matches!(dom.name(*up), "" | "html" | "body")) {
        let alike = |c: &Id| *c != below && (is_like(dom, *c, below) || matches!(dom.name(*c), "p" | "blockquote"));
        let more: u32 = dom.children(up).filter(alike).map(|c| weights.own(c)).sum();
        if more * 100 >= weights.own(best) * 15 && weights.links(up) <= 40 {
            best = up;
        }
        below = up;
    }
    best
}

/// True for two elements of one name and class.
fn is_like(dom: &Dom, a: Id, b: Id) -> bool {
    let class = |id| dom.attr(id, "class").and_then(|c| c.split_whitespace().next());
    dom.name(a) == dom.name(b) && class(a) == class(b)
}

/// The element that says itself that it is the article's body.
fn marked(dom: &Dom, weights: &Weights, total: u32) -> Option<Id> {
    let is_marked = |id: &Id| dom.attr(*id, "itemprop").is_some_and(|p| p.split_whitespace().any(|w| w == "articleBody"));
    let found = dom.walk(Dom::ROOT).filter(is_marked).max_by_key(|id| weights.prose(*id))?;
    (weights.prose(found) >= 250 && weights.prose(found) * 4 >= total).then_some(found)
}

/// How much each element is voted for.
fn votes(dom: &Dom, weights: &Weights, total: u32) -> HashMap<Id, f64> {
    let mut scores: HashMap<Id, f64> = HashMap::new();
    let mut walk = dom.walk(Dom::ROOT);
    while let Some(id) = walk.next() {
        if is_skipped(dom, id) || is_aside(dom, id) && weights.prose(id) * 2 < total {
            walk.pass_over(id);
            continue;
        }
        if !is_paragraph(dom, id) || (weights.all(id) as usize) < MIN_VOTE {
            continue;
        }
        let text = dom.words(id, 2000);
        let commas = text.chars().filter(|c| matches!(c, ',' | '،' | '，' | '、')).count();
        #[allow(clippy::cast_precision_loss, reason = "counts of signs in a paragraph")]
        let vote =
            (1.0 + commas as f64 + (text.chars().count() as f64 / 100.0).min(3.0)) * f64::from(100 - weights.links(id).min(100)) / 100.0;
        let mut share = 1.0;
        let mut up = dom.parent(id);
        for divisor in [2.0, 1.5, 1.5] {
            let Some(at) = up.filter(|at| !matches!(dom.name(*at), "" | "html")) else { break };
            *scores.entry(at).or_insert_with(|| prior(dom, at)) += vote * share;
            share /= divisor;
            up = dom.parent(at);
        }
    }
    for (id, score) in &mut scores {
        *score *= f64::from(100 - weights.links(*id).min(100)) / 100.0;
    }
    scores
}

/// What name, class and id say for an element before its paragraphs vote.
fn prior(dom: &Dom, id: Id) -> f64 {
    let by_name = match dom.name(id) {
        "article" => 20.0,
        "main" | "section" => 8.0,
        "div" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" | "address" => -3.0,
        _ => 0.0,
    };
    let values = [dom.attr(id, "class"), dom.attr(id, "id")];
    let good = values.into_iter().flatten().any(|v| words::of_class(v).iter().any(|w| words::BODY.contains(w.as_str())));
    let bad = is_aside(dom, id);
    by_name + if good { 25.0 } else { 0.0 } - if bad { 25.0 } else { 0.0 }
}
