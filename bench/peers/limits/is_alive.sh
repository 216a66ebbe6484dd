#!/usr/bin/env bash
# bench/peers/limits, tiny: both loops must run to their ends and print figures that can be.
set -euo pipefail
append_sync=$1 lmdb_puts=$2
"$append_sync" --groups 1,8 --seconds 0.2 --warmup 0.05 --json | tee /dev/stderr |
  jq -e '.groups | length == 2 and all(.records_per_second > 0 and .p50_ms > 0)' >/dev/null
# A transaction puts its entry, id, two lots, a due time (erased and put) and at most one member; a
# commit adds two.
for order in sorted arrival; do
  "$lmdb_puts" --members 2000 --transactions 4000 --commit 1000 --warmup 1000 --order $order --json |
    tee /dev/stderr |
    jq -e '.transactions_per_second > 0 and .puts_per_transaction > 4
           and .puts_per_transaction <= 7.01 and .file_bytes_per_transaction > 0' >/dev/null
done
