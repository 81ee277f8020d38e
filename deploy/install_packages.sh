#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install_packages.sh SECTION...: installs what is missing of these sections of packages.txt. Says nothing where nothing
# is missing, and one sentence where something cannot be installed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf 'install_packages: %s\n' "$*" >&2
  exit 1
}

[ $# -gt 0 ] || fail "name the sections of packages.txt to install, such as: build demo test"
command -v apt-get >/dev/null || fail "this needs Debian 12 (there is no apt-get here); packages.txt names what is needed"

wanted=()
for section in "$@"; do
  mapfile -t found < <(sed -n "s/^$section: //p" "$here/packages.txt" | tr ' ' '\n')
  [ ${#found[@]} -gt 0 ] || fail "packages.txt has no section '$section'"
  wanted+=("${found[@]}")
done

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    fail "installing ${missing[*]} needs root, and there is no sudo here: run it as root, or install them first"
  as_root=(sudo)
fi

log=$(mktemp)
policy=/usr/sbin/policy-rc.d
made_policy=
cleanup() {
  rm -f "$log"
  [ -z "$made_policy" ] || "${as_root[@]}" rm -f "$policy"
}
trap cleanup EXIT

# Debian starts a service when its package is installed. These are wanted for their programs only: ports 9090 and 9093 stay
# free, and a Prometheus or an Alertmanager that already runs here is left alone.
keep_services_down() {
  [ ! -e "$policy" ] || return 0
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  made_policy=yes
}

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -y "$@" >>"$log" 2>&1 </dev/null
}

echo "Installing ${#missing[@]} packages: ${missing[*]}"
keep_services_down
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || ! apt install --no-install-recommends "${missing[@]}"; then
  apt update || {
    tail -n 15 "$log" >&2
    fail "apt-get update failed (its last lines stand above): is the network there?"
  }
  apt install --no-install-recommends "${missing[@]}" || {
    unknown=()
    for package in "${missing[@]}"; do
      apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || unknown+=("$package")
    done
    [ ${#unknown[@]} -eq 0 ] || fail "apt does not know ${unknown[*]}: is this Debian 12, with its main archive?"
    tail -n 15 "$log" >&2
    fail "apt-get could not install all of ${missing[*]} (its last lines stand above)"
  }
fi
for service in prometheus prometheus-alertmanager; do
  if [ -d /run/systemd/system ] && [[ " ${missing[*]} " = *" $service "* ]]; then
    "${as_root[@]}" systemctl --quiet disable "$service" >>"$log" 2>&1 || true
  fi
done
