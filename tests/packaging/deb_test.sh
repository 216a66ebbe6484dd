#!/usr/bin/env bash
# cpack makes both packages; what is in them is where Debian expects it, runs from there, and, when
# we are root, installs and purges cleanly.
#
#   deb_test.sh BUILD_FOLDER VERSION
set -euo pipefail
build=$1
version=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { printf 'deb_test: %s\n' "$*" >&2; exit 1; }
for program in accrued accrue; do
  [[ -x $build/bin/$program ]] || fail "$build/bin/$program is not built; build the whole tree first"
done

(cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/out") >"$work/log" 2>&1 ||
  { cat "$work/log" >&2; fail 'cpack failed'; }
architecture=$(dpkg --print-architecture)
package=$work/out/accrue_${version}_$architecture.deb
development=$work/out/accrue-dev_${version}_$architecture.deb
[[ -f $package && -f $development ]] || fail "expected two packages, found: $(ls "$work/out")"

dpkg-deb -x "$package" "$work/root"
dpkg-deb -x "$development" "$work/dev"
expect() {
  local root=$1 path
  shift
  for path in "$@"; do
    [[ -e $root/$path ]] || fail "the package lacks /$path"
  done
}
expect "$work/root" usr/bin/accrued usr/bin/accrue usr/lib/accrue/plugins etc/accrue/accrued.yaml \
  usr/share/accrue/rules lib/systemd/system/accrued.service usr/share/doc/accrue/CHANGELOG.md \
  usr/share/doc/accrue/copyright
expect "$work/dev" usr/include/accrue/rule.hpp usr/lib/libaccrue_language.a \
  usr/lib/cmake/accrue/accrueConfig.cmake
[[ ! -e $work/root/usr/include ]] || fail 'accrue carries headers; they belong to accrue-dev'
[[ $(dpkg-deb -f "$package" Depends) == *libc6* ]] || fail 'shared libraries are not depended on'
[[ $(dpkg-deb -f "$package" Maintainer) == *maintainers@accrue.invalid* ]] || fail 'no maintainer'
dpkg-deb --ctrl-tarfile "$package" | tar -xO ./conffiles | grep -qx /etc/accrue/accrued.yaml ||
  fail '/etc/accrue/accrued.yaml is not a conffile: an upgrade would overwrite the settings'
wanted=$(find "$build/plugins" -maxdepth 1 -name '*.so' -printf '%f\n' 2>/dev/null | sort)
packed=$(find "$work/root/usr/lib/accrue/plugins" -name '*.so' -printf '%f\n' | sort)
[[ -n $packed && $packed == "$wanted" ]] || fail "plugins built: $wanted; packed: $packed"

# Nothing may still point into the build folder.
if grep -rlF "$build" "$work/root" >"$work/leaks"; then
  fail "the build folder's path is in $(tr '\n' ' ' <"$work/leaks")"
fi
for program in accrued accrue; do
  said=$("$work/root/usr/bin/$program" --version) || fail "$program --version failed"
  [[ $said == *"$version"* ]] || fail "$program --version says '$said', expected $version"
done

if ((EUID != 0)); then
  echo 'deb_test: not root, installing with dpkg is left out'
  exit 0
fi
if dpkg-query -W accrue >/dev/null 2>&1; then
  echo 'deb_test: accrue is installed on this machine, installing with dpkg is left out'
  exit 0
fi
trap 'dpkg --purge accrue >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
dpkg -i "$package" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 'dpkg -i failed'; }
[[ $(/usr/bin/accrue --version) == *"$version"* ]] || fail 'the installed accrue does not run'
dpkg --purge accrue >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 'dpkg --purge failed'; }
[[ ! -e /etc/accrue && ! -e /usr/lib/accrue ]] || fail 'purging left files behind'
