#!/usr/bin/env bash
# bench/year on a small generated feed: it must run to its end and print its figures.
set -euo pipefail
year=$1 accrued=$2 accrue=$3 plugins=$4 program=$5
feed=$(mktemp)
trap 'rm -f "$feed"' EXIT
"$accrue" generate --transactions 500 --members 50 --out "$feed"
"$year" "$feed" "$accrued" "$plugins" "$program" 1 | tee /dev/stderr | grep -q '^ratio: '
