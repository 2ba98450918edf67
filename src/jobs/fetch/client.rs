//! The client: one request after the other through redirects, each bounded.

use super::guard::{self, PublicOnly, REFUSED};
use super::{Call, Failure, Fetched, Progress, Request, Validators, caching, host, unpack};
use crate::locale::{text, tr, tr_later};
use crate::source::resolve;
use crate::text::clean_line;
use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};

/// How the program names itself to servers.
const USER_AGENT: &str = concat!("dateline/", env!("CARGO_PKG_VERSION"), " (terminal news reader)");

/// What is asked for, best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
    text/plain;q=0.8, */*;q=0.5";

/// Redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// Said of a page of which only the beginning came.
const BROKEN_OFF: &str = tr_later!("the page broke off before its end");

/// Requests to one host at the same time.
const PER_HOST: usize = 2;

/// The bounds of a request. Tests have shorter ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    /// For each answer to begin.
    pub(super) answer: Duration,
    /// Between two pieces.
    pub(super) pause: Duration,
    /// For all of it.
    pub(super) whole: Duration,
    /// Bytes as they come, and as they are when unpacked.
    pub(super) bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), answer: seconds(30), pause: seconds(20), whole: seconds(120), bytes: 32 << 20 }
    }
}

/// A client with its connections.
#[derive(Debug)]
pub(super) struct Client {
    /// For addresses that the reader gave.
    open: Agent,
    /// For all others.
    guarded: Agent,
    limits: Limits,
    busy: Mutex<HashMap<String, usize>>,
    freed: Condvar,
}

/// The one client of the program.
pub(super) fn shared() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| Client::new(Limits::default(), Proxy::try_from_env()))
}

/// What became of one request.
enum Step {
    /// Where to, and whether for good.
    Moved(String, bool),
    Done(Box<Fetched>),
}

impl Client {
    pub(super) fn new(limits: Limits, proxy: Option<Proxy>) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // The system's own certificates: what the reader's machine trusts is trusted here.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).unversioned_rustls_crypto_provider(provider).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .proxy(proxy)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .accept_encoding(unpack::ENCODINGS)
            // Each redirect is judged here before it is followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(64 << 10)
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.answer))
            .timeout_per_read(Some(limits.pause))
            .timeout_global(Some(limits.whole))
            .build();
        Self {
            open: Agent::with_parts(config.clone(), DefaultConnector::default(), DefaultResolver::default()),
            guarded: Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default()),
            limits,
            busy: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    pub(super) fn get(&self, request: &Request<'_>, progress: &mut Progress<'_>) -> Result<Fetched, Failure> {
        let Some(mut url) = resolve(None, request.url) else {
            return Err(Failure::new(request.url, tr!("this is no web address")).hinted(tr!("addresses begin with https:// or http://")));
        };
        let first = host(&url);
        let until = Instant::now() + self.limits.whole;
        // Where it has moved for good: up to the first step that is only for now.
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=MAX_REDIRECTS {
            // A host that the reader named may redirect to itself.
            let given = request.given && host(&url) == first;
            match self.step(&url, given, &request.validators, until, progress)? {
                Step::Moved(next, lasting) => {
                    for_good &= lasting;
                    if for_good {
                        moved = Some(next.clone());
                    }
                    url = next;
                }
                Step::Done(fetched) => return Ok(Fetched { moved, ..*fetched }),
            }
        }
        Err(Failure::new(request.url, tr!("it leads from page to page, more than {most} times", most = MAX_REDIRECTS)))
    }

    pub(super) fn call(&self, call: &Call<'_>) -> Result<Vec<u8>, Failure> {
        let url = call.url;
        let _turn = self.turn(host(url));
        let mut request = ureq::http::Request::builder().method(call.method).uri(url);
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        let request = request.body(call.body.to_vec()).map_err(|error| Failure::new(url, error))?;
        let response = self.open.run(request).map_err(|error| Failure::new(url, reason(&error)))?;
        let headers = response.headers();
        match response.status().as_u16() {
            200..=299 => {}
            301..=308 => {
                let to = header(headers, "location").unwrap_or_default();
                return Err(Failure::new(url, tr!("it has moved to {to}", to = clean_line(&to))).hinted(tr!("give the new address")));
            }
            status => return Err(refusal(url, status, headers)),
        }
        let encodings = header(headers, "content-encoding").unwrap_or_default();
        match self.body(url, response, &mut |_, _| ControlFlow::Continue(()))? {
            (bytes, None) => match unpack::unpack(bytes, &encodings, self.limits.bytes).map_err(|why| Failure::new(url, why))? {
                (bytes, false) => Ok(bytes),
                (_, true) => Err(Failure::new(url, text(BROKEN_OFF))),
            },
            (_, Some(problem)) => Err(Failure::new(url, problem)),
        }
    }

    fn step(&self, url: &str, given: bool, validators: &Validators, until: Instant, progress: &mut Progress<'_>) -> Result<Step, Failure> {
        let name = host(url);
        let is_proxy = |proxy| guard::is_proxy(url, proxy);
        if !given && (guard::is_private_host(&name) || self.guarded.config().proxy().is_some_and(is_proxy)) {
            return Err(Failure::new(url, text(REFUSED)));
        }
        let _turn = self.turn(name);
        if progress(0, None).is_break() {
            return Err(cancelled(url));
        }
        let left = until.saturating_duration_since(Instant::now());
        let agent = if given { &self.open } else { &self.guarded };
        let mut call = agent.get(url).config().timeout_global(Some(left)).build();
        for (name, value) in [("if-none-match", &validators.etag), ("if-modified-since", &validators.last_modified)] {
            if let Some(value) = value {
                call = call.header(name, value);
            }
        }
        let response = call.call().map_err(|error| Failure::new(url, reason(&error)))?;
        self.take(url, response, validators, progress)
    }

    fn take(&self, url: &str, response: Response<Body>, validators: &Validators, progress: &mut Progress<'_>) -> Result<Step, Failure> {
        let status = response.status().as_u16();
        let headers = response.headers();
        let mut fetched = Fetched {
            url: url.to_owned(),
            media_type: header(headers, "content-type"),
            validators: Validators { etag: header(headers, "etag"), last_modified: header(headers, "last-modified") },
            fresh: caching::freshness(header(headers, "cache-control").as_deref(), header(headers, "age").as_deref()),
            ..Fetched::default()
        };
        match status {
            200..=299 => {}
            304 => {
                let kept = &mut fetched.validators;
                kept.etag = kept.etag.take().or_else(|| validators.etag.clone());
                kept.last_modified = kept.last_modified.take().or_else(|| validators.last_modified.clone());
                return Ok(Step::Done(Box::new(fetched)));
            }
            301 | 302 | 303 | 307 | 308 => {
                let target =
                    header(headers, "location").ok_or_else(|| Failure::new(url, tr!("it moved, but the server does not say where to")))?;
                let next = resolve(Some(url), &target);
                return next
                    .map(|next| Step::Moved(next, matches!(status, 301 | 308)))
                    .ok_or_else(|| Failure::new(url, tr!("it leads to something that is no web address")));
            }
            _ => return Err(refusal(url, status, headers)),
        }
        let encodings = header(headers, "content-encoding").unwrap_or_default();
        let (bytes, problem) = self.body(url, response, progress)?;
        let (bytes, broken) = unpack::unpack(bytes, &encodings, self.limits.bytes).map_err(|why| Failure::new(url, why))?;
        fetched.problems.extend(problem.or_else(|| broken.then(|| text(BROKEN_OFF).to_owned())));
        fetched.bytes = Some(bytes);
        Ok(Step::Done(Box::new(fetched)))
    }

    /// The body as it comes, piece by piece; what came before a broken end, or the end of the time, is kept and said to be broken off.
    fn body(&self, url: &str, response: Response<Body>, progress: &mut Progress<'_>) -> Result<(Vec<u8>, Option<String>), Failure> {
        let length = header(response.headers(), "content-length").and_then(|l| l.parse().ok());
        let too_much = || Failure::new(url, tr!("it has more than {size} MiB", size = self.limits.bytes >> 20));
        if length.is_some_and(|l: u64| l > self.limits.bytes as u64) {
            return Err(too_much());
        }
        let mut reader = response.into_body().into_with_config().limit(u64::MAX).reader();
        let mut bytes = Vec::new();
        let mut piece = [0; 16 << 10];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok((bytes, None)),
                Ok(n) => bytes.extend_from_slice(piece.get(..n).unwrap_or(&[])),
                Err(error) if bytes.is_empty() => {
                    return Err(Failure::new(
                        url,
                        tr!("the page did not come to its end: {error}", error = clean_line(&error.to_string())),
                    ));
                }
                Err(_) => return Ok((bytes, Some(text(BROKEN_OFF).to_owned()))),
            }
            if bytes.len() > self.limits.bytes {
                return Err(too_much());
            }
            if progress(bytes.len() as u64, length).is_break() {
                return Err(cancelled(url));
            }
        }
    }

    /// Waits until fewer than [`PER_HOST`] requests to `host` are under way.
    fn turn(&self, host: String) -> Turn<'_> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        while busy.get(&host).is_some_and(|n| *n >= PER_HOST) {
            busy = self.freed.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        *busy.entry(host.clone()).or_default() += 1;
        Turn { client: self, host }
    }
}

/// The right to ask a host, given back when it is dropped.
struct Turn<'a> {
    client: &'a Client,
    host: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut busy = self.client.busy.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = busy.get_mut(&self.host) {
            *n -= 1;
        }
        busy.retain(|_, n| *n > 0);
        self.client.freed.notify_all();
    }
}

impl Failure {
    fn hinted(mut self, hint: &str) -> Self {
        self.notice = self.notice.hint(hint);
        self
    }
}

fn cancelled(url: &str) -> Failure {
    Failure::new(url, "cancelled")
}

/// What a server's refusal means.
fn refusal(url: &str, status: u16, headers: &HeaderMap) -> Failure {
    let why = match status {
        401 | 407 => tr!("the server wants a password").to_owned(),
        402 | 403 | 451 => tr!("the server does not give it away ({status})", status),
        404 | 410 => tr!("there is no such page").to_owned(),
        429 => tr!("the server has been asked too often").to_owned(),
        500..=599 => tr!("the server is in trouble ({status})", status),
        _ => tr!("the server answered {status}", status),
    };
    let retry_after = header(headers, "retry-after").and_then(|value| caching::retry_after(&value, jiff::Timestamp::now()));
    let mut failure = Failure { retry_after, gone: status == 410, ..Failure::new(url, why) };
    if let Some(wait) = retry_after {
        failure.notice = failure.notice.hint(tr!("it asks to wait {seconds} s", seconds = wait.as_secs()));
    }
    failure
}

/// Why a request failed, in words for a reader.
fn reason(error: &ureq::Error) -> String {
    let words = match error {
        ureq::Error::HostNotFound => tr!("there is no such host").to_owned(),
        ureq::Error::Timeout(_) => tr!("the server did not answer in time").to_owned(),
        ureq::Error::ConnectionFailed => tr!("no connection to the server").to_owned(),
        ureq::Error::Io(error) => super::super::reason(error),
        ureq::Error::Other(error) => error.to_string(),
        other => other.to_string(),
    };
    clean_line(&words)
}

/// A header as text, cleaned, and cut where nobody means it.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes());
    let value: String = clean_line(&value).chars().take(2048).collect();
    (!value.is_empty()).then_some(value)
}
