#!/usr/bin/env bash
# Rules alone, by what a user would pick in JavaScript. Installs the engines of package.json from
# the npm registry into a temporary folder and measures them on the rules and basket of ../rules.md.
#
#   bench_rules_js.sh [--rules 10,20,100,1000] [--seconds 5] [--warmup 2] [--json]
#
# Fails with 77 when node, npm or the registry is not there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rules=10,20,100,1000
pass=()
while (($#)); do
  case "$1" in
    --rules) rules=${2:?--rules needs numbers}; shift ;;
    --seconds | --warmup) pass+=("$1" "${2:?$1 needs a number}"); shift ;;
    --json) pass+=("$1") ;;
    *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
  shift
done
cannot() { printf 'bench/peers/rules_js: %s\n' "$*" >&2; exit 77; }

for tool in node npm; do
  command -v $tool >/dev/null || cannot "this machine has no $tool; scripts/packages --peers" \
    "installs Debian's nodejs and npm"
done
major=$(node -p 'process.versions.node.split(".")[0]')
((major >= 18)) || cannot "node $(node --version) is too old; 18 is needed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/*.mjs "$here/package.json" "$work"
# No script of a package is run, nothing is written outside the folder but npm's own cache.
(cd "$work" && timeout 120 npm install --silent --ignore-scripts --no-audit --no-fund \
  --no-package-lock --no-update-notifier) >&2 ||
  cannot "npm could not install the engines; is the registry within reach?"
files=()
for count in ${rules//,/ }; do
  python3 "$here/make_rules.py" --rules "$count" --json "$work/rules-$count.json"
  files+=("$work/rules-$count.json")
done
node "$work/bench.mjs" "${pass[@]}" "${files[@]}"
