#!/usr/bin/env bash
# The unit parses, and systemd's own judge of hardening gives it at most 1.5 of 10.
#
#   unit_test.sh accrued.service
set -euo pipefail
unit=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# verify also wants the program to exist; give it one that does, the rest is judged as it is.
sed 's|^ExecStart=/usr/bin/accrued|ExecStart=/bin/true|' "$unit" >"$work/accrued.service"
found=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$work/accrued.service" 2>&1 |
  grep -F accrued.service || true)
[[ -z $found ]] || { printf 'systemd-analyze verify says:\n%s\n' "$found" >&2; exit 1; }

systemd-analyze security --offline=yes --threshold=15 "$unit" | tail -1
for setting in Type=notify WatchdogSec=10 Restart=always DynamicUser=yes StateDirectory=accrue; do
  grep -qx "$setting" "$unit" || { printf 'the unit lacks %s\n' "$setting" >&2; exit 1; }
done
