#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs the official client libraries beside this file, in the versions of package-lock.json. Says nothing where they are
# there already. Node and npm come from Debian unless others are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

installed=node_modules/.installed.json # the lock file that node_modules was made of
cmp --silent package-lock.json "$installed" && exit 0
if ! { command -v node && command -v npm; } >/dev/null; then ../../../deploy/install_packages.sh node; fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing the official client libraries, for tests"
npm ci >"$log" 2>&1 </dev/null || {
  tail -n 15 "$log" >&2
  echo "official/install.sh: npm ci failed (its last lines stand above): is the npm registry there?" >&2
  exit 1
}
cp package-lock.json "$installed"
