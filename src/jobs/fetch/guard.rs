//! Which addresses a link may lead to: none of the reader's own machine and network.
//!
//! The names are looked up once and the connection goes to the addresses that were judged, so a name that changes its mind in between gains nothing.

use crate::locale::tr_later;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::{Error, Proxy};

/// Looks names up as usual and leaves out what is not public. The reader's own proxy may lie anywhere: it is asked for pages, and is no page itself.
#[derive(Debug, Default)]
pub(super) struct PublicOnly(DefaultResolver);

/// What the failure of [`PublicOnly`] says.
pub(super) const REFUSED: &str = tr_later!("it leads into a private network");

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(found);
        }
        let mut kept = self.empty();
        for address in found.iter().filter(|a| is_public(a.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() { Err(Error::Other(REFUSED.into())) } else { Ok(kept) }
    }
}

/// True where the host of an address is written so that it is private without looking anything up: behind a proxy nobody else looks.
pub(super) fn is_private_host(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
    let local = ["localhost", "local", "internal", "home.arpa"];
    let named = || local.iter().any(|l| host == *l || host.strip_suffix(l).is_some_and(|rest| rest.ends_with('.')));
    host.parse::<IpAddr>().map_or_else(|_| named() || is_odd(&host), |ip| !is_public(ip))
}

/// True for a host that is no plain address and yet none but an address: `127.1`, `2130706433` and `0x7f.1` are one machine to many programs (the URL
/// standard of WHATWG, "ends in a number"), and signs of another kind are in no name.
fn is_odd(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or("");
    let digits = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    digits || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) || host.contains(['%', ':'])
}

/// True for an address on the proxy itself, which nothing else keeps from being asked.
pub(super) fn is_proxy(url: &str, proxy: &Proxy) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
    port == proxy.port() && uri.host().is_some_and(|host| host.eq_ignore_ascii_case(proxy.host()))
}

/// True for an address that anybody may be sent to.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Without the special blocks of IANA's registry (RFC 6890).
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (192, 0, 0 | 2)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // Addresses that carry one of the older kind: mapped, translated, tunnelled.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        [0x2001, 0 | 0xdb8, ..] => false,
        // All that was ever given out lies in 2000::/3.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_own_network_is_not_public() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "198.18.0.1",
        ];
        for ip in private {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for host in ["localhost", "LOCALHOST.", "a.localhost", "printer.local", "[::1]", "127.0.0.1"] {
            assert!(is_private_host(host), "{host}");
        }
        for host in ["mylocalhost", "example.org", "0xcafe.example", "4chan.example", "1.1.1.1", "2606:4700::1111"] {
            assert!(!is_private_host(host), "{host}");
        }
    }

    #[test]
    fn addresses_in_other_numbers_are_not_public() {
        for host in
            ["127.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "0X7F.0.0.0x1", "news.example.1", "127%2e1", "fe80::1%eth0"]
        {
            assert!(is_private_host(host), "{host}");
        }
    }

    #[test]
    fn the_proxy_is_no_page() {
        let proxy = Proxy::new("http://ann:key@Proxy.example:3128").unwrap();
        assert!(is_proxy("http://proxy.example:3128/", &proxy) && is_proxy("https://x@proxy.example:3128/a", &proxy));
        assert!(!is_proxy("http://proxy.example/", &proxy) && !is_proxy("http://news.example:3128/", &proxy));
        assert!(is_proxy("https://proxy.example/", &Proxy::new("https://proxy.example").unwrap()));
    }
}
