//! The one integration-test binary: who may use whom, screens, the command line, and a few runs in a true terminal.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails here has failed")]

mod absent;
mod across;
#[cfg(unix)]
mod announce;
#[cfg(feature = "terminal")]
mod atlas;
mod cli;
mod dependencies;
#[cfg(feature = "terminal")]
mod feeds;
#[cfg(feature = "terminal")]
mod fuzz;
#[cfg(feature = "terminal")]
mod hands;
#[cfg(feature = "terminal")]
mod hostile;
mod layering;
#[cfg(feature = "terminal")]
mod map;
mod pages;
#[cfg(feature = "terminal")]
mod pictures;
mod places;
#[cfg(unix)]
mod pty;
#[cfg(feature = "terminal")]
mod reader;
#[cfg(feature = "terminal")]
mod screens;
#[cfg(feature = "terminal")]
mod sheet;
#[cfg(feature = "terminal")]
mod shelf;
mod store;
#[cfg(feature = "terminal")]
mod strings;
mod timeline;
#[cfg(feature = "terminal")]
mod timeline_pane;
#[cfg(feature = "terminal")]
mod who;
#[cfg(all(unix, feature = "terminal", feature = "network"))]
mod whole;
