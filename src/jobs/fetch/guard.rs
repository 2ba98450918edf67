//! Which addresses a link may lead to: none of the reader's own machine and network.
//!
//! The names are looked up once and the connection goes to the addresses that were judged, so a name that changes its mind in between gains nothing.

use crate::locale::tr_later;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks names up as usual and leaves out what is not public.
#[derive(Debug, Default)]
pub(super) struct PublicOnly(DefaultResolver);

/// What the failure of [`PublicOnly`] says.
pub(super) const REFUSED: &str = tr_later!("it leads into a private network");

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.0.resolve(uri, config, timeout)?;
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
    let named = local.iter().any(|l| host == *l || host.strip_suffix(l).is_some_and(|rest| rest.ends_with('.')));
    named || host.parse::<IpAddr>().is_ok_and(|ip| !is_public(ip))
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
        assert!(!is_private_host("mylocalhost") && !is_private_host("example.org"));
    }
}
