//! A library of any size, the same on every machine: paragraphs of the samples in new company, with names, places and words that follow Zipf's law.
//!
//! What was found in the samples moves along with their paragraphs, so that the library's own work is measured and not the analysis.

use dateline::analysis;
use dateline::article::{
    Analysed, Annotations, Block, Entity, EntityId, Event, GazetteerPlace, Join, Kind, Mention, MentionForm, PlaceKind, PlaceRelation,
    Quote, Reason,
};
use dateline::lexicon::{SAMPLES, gazetteer};
use dateline::source;
use dateline::store::{Arrival, Holder, Incoming, Opened, Writer, stored_version};
use dateline::text::Span;
use jiff::civil::{Date, date};
use std::path::PathBuf;

/// Articles of one feed.
const FEED: usize = 50;

/// Articles that are written at once.
const BATCH: usize = 500;

/// Splitmix64 (Steele, Lea, Flood): small, and the same everywhere.
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A rank below `n`, the first one most often: Zipf's law with exponent 1, by inverting its integral.
    pub fn rank(&mut self, n: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((n as f64 + 1.0).powf(share) - 1.0) as usize).min(n - 1)
    }
}

/// A paragraph of a sample with what was found in it; spans count from its beginning.
struct Paragraph {
    sample: usize,
    text: String,
    mentions: Vec<Mention>,
    events: Vec<Event>,
    quotes: Vec<Quote>,
}

/// Makes articles.
pub struct Generator {
    samples: Vec<Analysed>,
    paragraphs: Vec<Paragraph>,
    places: Vec<GazetteerPlace>,
    words: Vec<String>,
}

fn inside(span: Span, block: Span) -> Option<Span> {
    block.covers(span).then(|| Span { start: span.start - block.start, end: span.end - block.start })
}

impl Generator {
    pub fn new() -> Self {
        let read = |(name, bytes): &(&str, &[u8])| source::read_nth(&source::Input::new(name, bytes), 0);
        let samples: Vec<Analysed> = SAMPLES.iter().map(|s| analysis::analyse(read(s))).collect();
        let mut paragraphs = Vec::new();
        for (sample, Analysed { article, found }) in samples.iter().enumerate() {
            for block in article.blocks.iter().skip(usize::from(article.title_in_text)).map(|b| b.span) {
                let mention = |m: &Mention| Some(Mention { span: inside(m.span, block)?, ..*m });
                let event = |e: &Event| Some(Event { span: inside(e.span, block)?, time: None, ..e.clone() });
                let quote =
                    |q: &Quote| Some(Quote { span: inside(q.span, block)?, speaker_span: None, antecedent: None, cue: None, ..q.clone() });
                paragraphs.push(Paragraph {
                    sample,
                    text: block.of(&article.text).to_owned(),
                    mentions: found.mentions.iter().filter_map(mention).collect(),
                    events: found.events.iter().filter_map(event).collect(),
                    quotes: found.quotes.iter().filter_map(quote).collect(),
                });
            }
        }
        let mut cities: Vec<gazetteer::Place> =
            gazetteer::places().filter(|p| matches!(p.kind(), PlaceKind::City | PlaceKind::Country | PlaceKind::Division)).collect();
        cities.sort_by_key(|p| (std::cmp::Reverse(p.population()), p.id()));
        let places = cities.iter().take(3000).map(|p| p.to_entity(PlaceRelation::Is, 0.9, None)).collect();
        let mut random = Random(1);
        let words = (0..60_000).map(|_| word(&mut random)).collect();
        Self { samples, paragraphs, places, words }
    }

    /// The article with a number, as analysed.
    pub fn article(&self, n: usize) -> Analysed {
        let mut random = Random(n as u64 * 7919 + 13);
        let mut made = Analysed::default();
        let day = date(2015, 1, 1).checked_add(jiff::Span::new().days((n / 30 % 3000) as i64)).unwrap_or(Date::MAX);
        let site = format!("paper{}.example", random.rank(300));
        let article = &mut made.article;
        article.format = "plain";
        article.published = Some(day);
        article.url = Some(format!("https://{site}/{}/{n}", day.year()));
        article.source = article.url.clone().unwrap_or_default();
        article.site = Some(site);
        article.language = Some("en".to_owned());
        let mut names = Vec::new();
        for _ in 0..4 + random.below(5) {
            let paragraph = &self.paragraphs[random.below(self.paragraphs.len())];
            self.add(&mut made, paragraph, &mut names, &mut random);
        }
        made.article.title = self.title(&made, &mut random);
        made.article.id = Random(n as u64).next();
        made
    }

    fn title(&self, made: &Analysed, random: &mut Random) -> String {
        let name = made.found.entities.first().map_or("Somebody", |e| e.name.as_str());
        let words: Vec<&str> = (0..4).map(|_| self.words[random.rank(self.words.len())].as_str()).collect();
        format!("{name} {}", words.join(" "))
    }

    /// Adds a paragraph with other names and some other words; `names` says which entity a sample's entity has become.
    fn add(&self, made: &mut Analysed, paragraph: &Paragraph, names: &mut Vec<((usize, u32), EntityId)>, random: &mut Random) {
        let Analysed { article, found } = made;
        let start = article.text.len();
        // Where each old offset has gone.
        let mut moved: Vec<(u32, usize)> = Vec::new();
        let mut at = 0;
        for mention in &paragraph.mentions {
            if (mention.span.start as usize) < at {
                continue;
            }
            self.words(&paragraph.text[at..mention.span.start as usize], at, article, &mut moved, random);
            let id = self.entity(paragraph.sample, mention.entity.0, found, names, random);
            moved.push((mention.span.start, article.text.len()));
            let from = article.text.len();
            if mention.form == MentionForm::Name {
                article.text.push_str(&found.entities[id.0 as usize].name)
            } else {
                article.text.push_str(mention.span.of(&paragraph.text))
            }
            found.mentions.push(Mention { span: Span::new(from, article.text.len()), entity: id, ..*mention });
            found.joins.push(Join { reason: Reason::Same, antecedent: None });
            at = mention.span.end as usize;
            moved.push((mention.span.end, article.text.len()));
        }
        self.words(&paragraph.text[at..], at, article, &mut moved, random);
        let to = |old: u32| -> usize {
            let n = moved.partition_point(|(o, _)| *o <= old);
            let (o, new) = n.checked_sub(1).and_then(|n| moved.get(n)).copied().unwrap_or((0, start));
            (new + (old - o) as usize).min(moved.get(n).map_or(article.text.len(), |m| m.1))
        };
        let span = |s: Span| {
            let snap = |mut n: usize| {
                while !article.text.is_char_boundary(n) {
                    n -= 1;
                }
                n
            };
            Span::new(snap(to(s.start)), snap(to(s.end)))
        };
        let known = |old: EntityId| names.iter().find(|n| n.0 == (paragraph.sample, old.0)).map(|n| n.1);
        let shift = jiff::Span::new().days(random.below(3000) as i64 + 8000);
        for event in &paragraph.events {
            let interval = event.interval.map(|i| dateline::article::Interval {
                from: i.from.checked_add(shift).unwrap_or(i.from),
                to: i.to.checked_add(shift).unwrap_or(i.to),
                ..i
            });
            let entities = event.entities.iter().filter_map(|e| known(*e)).collect();
            found.events.push(Event { span: span(event.span), interval, entities, ..event.clone() });
        }
        for quote in &paragraph.quotes {
            found.quotes.push(Quote { span: span(quote.span), speaker: quote.speaker.and_then(known), ..quote.clone() });
        }
        article.blocks.push(Block { span: Span::new(start, article.text.len()), kind: dateline::article::BlockKind::Paragraph });
        found.sentences.push(Span::new(start, article.text.len()));
        article.text.push('\n');
    }

    /// Copies `text`, which stands at `at` of its paragraph; every eighth longer word becomes another.
    fn words(&self, text: &str, at: usize, article: &mut dateline::article::Article, moved: &mut Vec<(u32, usize)>, random: &mut Random) {
        let mut done = 0;
        for part in text.split_inclusive(' ') {
            moved.push(((at + done) as u32, article.text.len()));
            let bare = part.trim_end();
            if bare.len() > 4 && bare.bytes().all(|b| b.is_ascii_lowercase()) && random.below(8) == 0 {
                article.text.push_str(&self.words[random.rank(self.words.len())]);
                article.text.push_str(&part[bare.len()..]);
            } else {
                article.text.push_str(part);
            }
            done += part.len();
        }
    }

    fn entity(
        &self,
        sample: usize,
        old: u32,
        found: &mut Annotations,
        names: &mut Vec<((usize, u32), EntityId)>,
        random: &mut Random,
    ) -> EntityId {
        if let Some((_, id)) = names.iter().find(|n| n.0 == (sample, old)) {
            return *id;
        }
        let base = &self.samples[sample].found.entities[old as usize];
        let mut entity = Entity { roles: Vec::new(), aliases: Vec::new(), place: None, ..base.clone() };
        match base.kind {
            Kind::Person => entity.name = name(random.rank(40_000), 2),
            Kind::Organization => entity.name = format!("{} Council", name(random.rank(8_000), 1)),
            Kind::Place => {
                let place = &self.places[random.rank(self.places.len())];
                entity.name.clone_from(&place.name);
                entity.place = Some(place.clone());
            }
            Kind::Other => {}
        }
        let id = EntityId(found.entities.len() as u32);
        found.entities.push(entity);
        names.push(((sample, old), id));
        id
    }
}

/// A word of two to four syllables.
fn word(random: &mut Random) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "ko", "ri", "ten", "sol", "mar", "vi", "lu", "pen", "dor", "sha", "gri", "el", "ist", "on", "ur", "ment", "cal", "fe", "no",
        "tra", "qui", "bel", "zan",
    ];
    (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect()
}

/// The name with a number, of so many words.
fn name(number: usize, words: usize) -> String {
    let mut random = Random(number as u64 + 99);
    let capital = |w: String| w[..1].to_uppercase() + &w[1..];
    (0..words).map(|_| capital(word(&mut random))).collect::<Vec<_>>().join(" ")
}

/// The sizes that are measured: up to 10,000 articles, with `DATELINE_BENCH_LARGE=1` up to 100,000, and with a number there up to that (a million are 3 GB
/// and take half an hour to make).
pub fn sizes() -> Vec<usize> {
    let most = match std::env::var("DATELINE_BENCH_LARGE").ok().map(|n| n.parse().unwrap_or(1)) {
        None => 10_000,
        Some(1) => 100_000,
        Some(most) => most,
    };
    [1000, 10_000, 100_000, 1_000_000].into_iter().filter(|n| *n <= most).collect()
}

/// A library of `count` articles in the target folder, where it stays for the next run; and the bytes of their texts.
pub fn library(count: usize) -> (PathBuf, u64) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("library-{count}.db"));
    let note = path.with_extension("bytes");
    if let (true, Some(bytes)) = (path.exists(), std::fs::read_to_string(&note).ok().and_then(|n| n.trim().parse().ok())) {
        return (path, bytes);
    }
    let part = path.with_extension("part");
    let _ = std::fs::remove_file(&part);
    let Opened::Ours(mut writer) = Writer::open(&part, &Holder::this("bench")).unwrap() else { panic!("in use") };
    let bytes = fill(&mut writer, count).unwrap();
    drop(writer);
    std::fs::rename(&part, &path).unwrap();
    std::fs::write(note, bytes.to_string()).unwrap();
    (path, bytes)
}

/// Fills a library up to `count` articles: feeds of 50, two thirds read, every hundredth starred.
pub fn fill(writer: &mut Writer, count: usize) -> Result<u64, dateline::notice::Notice> {
    let generator = Generator::new();
    let mut bytes = 0;
    let now = 1_700_000_000;
    for start in (0..count).step_by(BATCH) {
        let made: Vec<Analysed> = (start..(start + BATCH).min(count)).map(|n| generator.article(n)).collect();
        bytes += made.iter().map(|a| a.article.text.len() as u64).sum::<u64>();
        writer.write(|batch| {
            for (n, analysed) in (start..).zip(&made) {
                let url = format!("https://feeds.example/{}", n / FEED % 2000);
                let (feed, _) = batch.add_feed(&url, &format!("Feed {}", n / FEED % 2000))?;
                let incoming = Incoming { article: &analysed.article, feed: Some(feed), guid: None, raw: None, at: None };
                if let Arrival::New(key) = batch.take_in(&incoming, now + n as i64)? {
                    batch.annotate(key, stored_version(analysis::VERSION), analysed)?;
                    let read = (n % 3 > 0).then_some(key);
                    batch.mark(read, &dateline::store::Mark::Read(true))?;
                    batch.mark((n % 100 == 0).then_some(key), &dateline::store::Mark::Starred(true))?;
                }
            }
            Ok(())
        })?;
        if start == 2000 {
            writer.tidy()?;
        }
    }
    writer.tidy()?;
    Ok(bytes)
}
