//! Pages and feeds from the web: the only place in the program that has a network.
//!
//! A request has an end whatever the server does: it is bounded in time, bytes, unpacked bytes and redirects, it can be cancelled between any two
//! pieces, and it reaches no address of the reader's own network that the reader did not name.

#[cfg(feature = "network")]
mod caching;
#[cfg(feature = "network")]
mod client;
#[cfg(feature = "network")]
mod guard;
#[cfg(feature = "network")]
#[cfg(test)]
mod tests;
#[cfg(feature = "network")]
mod unpack;

use crate::notice::Notice;
use crate::source::{Input, host};
use std::ops::ControlFlow;
use std::time::Duration;

/// What a server said of the state of a page, to be sent back when it is asked for again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, as it came.
    pub etag: Option<String>,
    /// `Last-Modified`, as it came.
    pub last_modified: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The address that answered, after all redirects.
    pub url: String,
    /// The address that it has moved to for good, where the server said so: what to ask next time.
    pub moved: Option<String>,
    /// `Content-Type`, with its parameters.
    pub media_type: Option<String>,
    /// The body, unpacked. `None` where it is the same as when the validators came.
    pub bytes: Option<Vec<u8>>,
    /// What to send when it is asked for again.
    pub validators: Validators,
    /// How long it need not be asked for again, where the server said so.
    pub fresh: Option<Duration>,
    /// What is wrong with it, in words for a reader.
    pub problems: Vec<String>,
}

impl Fetched {
    /// The body, as it is read; `asked` is the address that was asked for.
    #[must_use]
    pub fn input<'a>(&'a self, asked: &'a str) -> Input<'a> {
        Input {
            name: asked,
            bytes: self.bytes.as_deref().unwrap_or_default(),
            url: Some(&self.url),
            media_type: self.media_type.as_deref(),
            today: Some(super::today()),
        }
    }
}

/// What to fetch.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// The address: `http` or `https`.
    pub url: &'a str,
    /// What came with the last answer.
    pub validators: Validators,
    /// True where the reader typed the address: then it may lie in their own network.
    pub given: bool,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, why, and what to do.
    pub notice: Notice,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
    /// True where the server says that it is gone for good.
    pub gone: bool,
}

impl Failure {
    fn new(url: &str, why: impl std::fmt::Display) -> Self {
        Self { notice: Notice::new(crate::text::clean_line(url)).because(why), retry_after: None, gone: false }
    }
}

/// Told after each piece how many bytes have come and how many are expected; breaks to cancel.
pub type Progress<'p> = dyn FnMut(u64, Option<u64>) -> ControlFlow<()> + 'p;

/// Fetches a page.
///
/// # Errors
/// Where the address is none, leads where it must not, or the server does not answer well and in time.
#[cfg(feature = "network")]
pub fn get(request: &Request<'_>, progress: &mut Progress<'_>) -> Result<Fetched, Failure> {
    client::shared().get(request, progress)
}

/// Says that this build has no network.
///
/// # Errors
/// Always.
#[cfg(not(feature = "network"))]
pub fn get(request: &Request<'_>, _: &mut Progress<'_>) -> Result<Fetched, Failure> {
    Err(Failure::new(request.url, "this dateline was built without the network"))
}

/// A request to a program on a server of the reader's own.
#[derive(Clone, Debug, Default)]
pub struct Call<'a> {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: &'a str,
    /// The address, which the reader gave: it may lie in their own network.
    pub url: &'a str,
    /// Names and values of headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// What is sent.
    pub body: &'a [u8],
}

/// Asks a server's program, within the same bounds as [`get`]. Redirects are not followed: what is sent may be a secret.
///
/// # Errors
/// Where the server does not answer well and in time.
#[cfg(feature = "network")]
pub fn call(call: &Call<'_>) -> Result<Vec<u8>, Failure> {
    client::shared().call(call)
}

/// Says that this build has no network.
///
/// # Errors
/// Always.
#[cfg(not(feature = "network"))]
pub fn call(call: &Call<'_>) -> Result<Vec<u8>, Failure> {
    Err(Failure::new(call.url, "this dateline was built without the network"))
}

/// True for an argument that is an address on the web.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// True where both addresses have the same host.
#[must_use]
pub fn same_host(one: &str, other: &str) -> bool {
    is_address(one) && is_address(other) && host(one) == host(other)
}
