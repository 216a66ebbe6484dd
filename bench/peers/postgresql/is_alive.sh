#!/usr/bin/env bash
# bench/peers/postgresql, tiny: the server must come and go, post each sale once, and its books must
# agree, which the bench itself checks.
set -euo pipefail
bench=$(dirname "${BASH_SOURCE[0]}")/bench_postgresql.py
single=$(python3 -B "$bench" --members 1000 --clients 2,4 --seconds 1 --warmup 1 --json)
printf '%s\n' "$single" >&2
jq -e '.checked and .transactions_per_second > 0 and .posted > 0 and .p99_ms >= .p50_ms' \
  <<<"$single" >/dev/null
bulk=$(python3 -B "$bench" --bulk --members 1000 --clients 1,2 --transactions 4000 --batch 100 --json)
printf '%s\n' "$bulk" >&2
jq -e '.checked and .posted == 8000 and .transactions_per_second > 0' <<<"$bulk" >/dev/null
