#!/usr/bin/env bash
# bench/idle_server: it must answer a sale, a batch and a member, and end when told to.
set -euo pipefail
log=$(mktemp)
"$1" 0 1 >"$log" &
server=$!
trap 'kill -9 $server 2>/dev/null || true; rm -f "$log"' EXIT
for _ in {1..500}; do
  grep -q '^ready on ' "$log" && break
  sleep 0.02
done
there=http://$(sed 's/^ready on //' "$log")/v1
curl -sSf "$there/transactions" -H 'Content-Type: application/json' -d '{}' | grep '"status":"posted"'
lines=$(printf '{}\n{}\n{}\n' | curl -sSf "$there/transactions" \
  -H 'Content-Type: application/x-ndjson' --data-binary @- | grep -c '"status":"posted"')
((lines == 3))
curl -sSf "$there/members/M0000123" | grep '"available":1240'
kill -TERM $server
wait $server
