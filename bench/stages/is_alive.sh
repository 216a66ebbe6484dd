#!/usr/bin/env bash
# bench/stages, tiny: every stage must run, and the basket must earn what was worked out by hand.
set -euo pipefail
stages=$1 plugins=$2 make_rules=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for count in 10 20 1000; do
  python3 "$make_rules" --rules $count --program "$work/$count"
done
"$stages" --plugins "$plugins" --program "$work/20" --program "$work/10" --program "$work/1000" \
  --folder "$work" --members 500 --transactions 2000 --benchmark_min_time=0.01 \
  --benchmark_filter='-^rule/(10|1000)/' --benchmark_out="$work/figures.json" \
  --benchmark_out_format=json >&2
jq -e '[.benchmarks[] | select(.error_occurred | not)] as $all
       | ([$all[].name | split("/")[0]] | unique) ==
           ["decide", "decode", "evaluate", "journal", "match", "post", "read", "rule", "take"]
       and ($all | all(.real_time > 0))
       and ([$all[] | select(.name == "decide/10") | .points] == [260])
       and ([$all[] | select(.name == "decide/20") | .points] == [274])
       and ([$all[] | select(.name == "decide/1000") | .points] == [274])' \
  "$work/figures.json" >/dev/null
