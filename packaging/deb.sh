#!/bin/sh
# Builds a Debian package with man pages and completions: packaging/deb.sh. Needs cargo-deb (cargo install cargo-deb).
set -eu
cd "$(dirname "$0")/.."
cargo build --locked --release
bin=${CARGO_TARGET_DIR:-target}/release/dateline
out=packaging/generated
rm -rf "$out"
mkdir -p "$out"
"$bin" generate man "$out/man" >/dev/null
gzip -9n "$out"/man/*
for shell in bash zsh fish; do "$bin" generate completions "$shell" >"$out/dateline.$shell"; done
cargo deb --locked --no-build "$@"
