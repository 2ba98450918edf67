#!/usr/bin/env bash
# First reload, and reload with nothing new, of the same feeds: dateline beside newsboat, where that is installed. CPU seconds of both in one run.
#   benches/peers/compare.sh target/release/dateline [FEEDS] [ITEMS]
set -euo pipefail
cd "$(dirname "$0")"
dateline=$(realpath "${1:?the program}") feeds=${2:-200} items=${3:-50}
work=$(mktemp -d)
python3 feeds.py --feeds "$feeds" --items "$items" --lists "$work" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
until curl -sf 127.0.0.1:8099/stats >/dev/null; do sleep 0.2; done

TIMEFORMAT='%U user %S system %R wall'
measure() { printf '%-34s' "$1"; shift; { time "$@" >"$work/out" 2>&1 || true; } 2>&1; }

library=$work/library.db
"$dateline" --library "$library" import opml "$work/feeds.opml" >/dev/null
measure "dateline, first, no analysis" "$dateline" --library "$library" fetch --no-analysis
measure "dateline, nothing new" "$dateline" --library "$library" fetch --no-analysis
measure "dateline, analysis of all" "$dateline" --library "$library" fetch
du -b "$library" | cut -f1 | xargs echo "dateline, bytes:"
if command -v newsboat >/dev/null; then
    boat=(newsboat -u "$work/urls" -c "$work/cache.db" -C /dev/null -x reload)
    measure "newsboat, first" "${boat[@]}"
    measure "newsboat, nothing new" "${boat[@]}"
    if command -v sqlite3 >/dev/null; then
        sqlite3 "$work/cache.db" ANALYZE
        measure "newsboat, nothing new, ANALYZE" "${boat[@]}"
    fi
    du -b "$work/cache.db" | cut -f1 | xargs echo "newsboat, bytes:"
fi
curl -s 127.0.0.1:8099/stats
