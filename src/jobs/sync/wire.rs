//! What both clients need of HTTP: forms, JSON, and words for what a server refuses.

use crate::jobs::fetch::{self, Call};
use crate::locale::tr;
use crate::notice::Notice;
use serde::de::DeserializeOwned;

/// Sends a request; `form` is sent as a form where there is one, with POST.
pub(super) fn send(url: &str, headers: &[(&str, &str)], form: Option<&str>) -> Result<Vec<u8>, Notice> {
    let mut all = vec![("accept", "application/json")];
    all.extend_from_slice(headers);
    if form.is_some() {
        all.push(("content-type", "application/x-www-form-urlencoded"));
    }
    let method = if form.is_some() { "POST" } else { "GET" };
    ask(&Call { method, url, headers: &all, body: form.unwrap_or("").as_bytes() })
}

/// Asks, and says what went wrong in the words of one who keeps a server.
pub(super) fn ask(call: &Call<'_>) -> Result<Vec<u8>, Notice> {
    fetch::call(call).map_err(|failure| {
        let notice = failure.notice;
        if notice.why.contains("password") || notice.why.contains("(403)") {
            let hint = tr!("see that user and password are those for the API, and that the server allows its API");
            return Notice::new(tr!("The server does not accept the name or the password")).because(notice.what).hint(hint);
        }
        notice
    })
}

/// JSON as a value of the program.
pub(super) fn json<T: DeserializeOwned>(url: &str, bytes: &[u8]) -> Result<T, Notice> {
    serde_json::from_slice(bytes).map_err(|error| {
        Notice::new(crate::text::clean_line(url))
            .because(tr!("the answer is not what this kind of server gives: {error}", error))
            .hint(tr!("see that the address and the kind of the server are right"))
    })
}

/// Adds a field to a form or to the query of an address.
pub(super) fn add(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() && !form.ends_with(['?', '&']) {
        form.push('&');
    }
    form.push_str(name);
    form.push('=');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            form.push(char::from(byte));
        } else {
            form.push_str(&format!("%{byte:02X}"));
        }
    }
}
