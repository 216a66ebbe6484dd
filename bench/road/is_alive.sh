#!/usr/bin/env bash
# The load generator and what drives it, tiny: every job must end without an error, count right, and
# every mode must print its ratios.
set -euo pipefail
build=$1
here=$(dirname "${BASH_SOURCE[0]}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ACCRUE_BUILD=$build

"$build/bench/road/road" --write "$work/sales.ndjson" --count 1000 --members 100 --zipf 0.99
(($(jq -r .id "$work/sales.ndjson" | sort -u | wc -l) == 1000))
# What is paid is what the lines come to, weighed goods to the nearest penny.
jq -es 'all(.[]; (.lines | length) == 4 and
  (([.lines[] | (.quantity | tonumber) * (.unit_price | tonumber)] | add)
   - (.tenders[0].amount | tonumber) | fabs) < 0.03)' "$work/sales.ndjson"

tiny=(--data "$work" --runs 1 --members 500 --count 3000 --seconds 0.5 --warmup 0.1
      --sales-beside-reads 100 --few-members 200 --many-members 400 --backlog 500)
for mode in road import growth rules restart; do
  python3 "$here/bench_road.py" "$mode" "${tiny[@]}" --peer 1000 --lmdb 1000 \
    --json "$work/figures.json" | grep ': medians of 1 runs'
  jq -e '.[0] | (.ratios | length) > 0 and ([.medians[]] | all(. >= 0))' "$work/figures.json"
done
