#!/bin/sh
# The bill of materials of the program (CycloneDX 1.5), as target/dateline.cdx.json: every crate with its version, licence and checksum.
# Needs `cargo install cargo-cyclonedx`. Where this copy lies on the disk is taken out, so that the same sources give the same bill everywhere.
set -eu
cd "$(dirname "$0")/.."
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) cargo cyclonedx --format json --spec-version 1.5 --target all --no-build-deps --override-filename dateline.cdx
mkdir -p target
sed "s#path+file://$PWD#path+file://.#g" dateline.cdx.json >target/dateline.cdx.json
rm dateline.cdx.json
echo "target/dateline.cdx.json: $(grep -c '"type": "library"' target/dateline.cdx.json) parts"
