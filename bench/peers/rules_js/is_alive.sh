#!/usr/bin/env bash
# bench/peers/rules_js, tiny: both engines must give the basket's points and a rate. Skipped (77)
# where npm or its registry is not within reach. accrue must give the same points.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
accrue=$1 plugins=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for count in 10 20 1000; do
  python3 "$here/make_rules.py" --rules $count --program "$work/$count"
  "$accrue" test "$work/$count" --plugins "$plugins" >&2
done
figures=$("$here/bench_rules_js.sh" --rules 10,20 --seconds 0.3 --warmup 0.1 --json)
printf '%s\n' "$figures" >&2
jq -e '[.figures[] | [.rules, .points]] == [[10, 260], [10, 260], [20, 274], [20, 274]]
       and all(.figures[]; .baskets_per_second > 0)' <<<"$figures" >/dev/null
