#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what generates the dashboards and what renders them beside this file, in the versions of package-lock.json, and
# builds the page that shows them. Does nothing where both are there already. Node, npm and Chromium come from Debian unless
# others are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! { command -v node && command -v npm; } >/dev/null; then ../install_packages.sh node; fi
../install_packages.sh pictures

log=$(mktemp)
trap 'rm -f "$log"' EXIT

quietly() { # quietly WHAT COMMAND...
  local what=$1
  shift
  "$@" >"$log" 2>&1 </dev/null || {
    tail -n 15 "$log" >&2
    echo "grafana/install.sh: $what failed (its last lines stand above)" >&2
    exit 1
  }
}

installed=node_modules/.installed.json # the lock file that node_modules was made of
if ! cmp --silent package-lock.json "$installed"; then
  echo "Installing what the dashboards are generated and rendered with"
  quietly "npm ci (is the npm registry there?)" npm ci
  cp package-lock.json "$installed"
fi

built=node_modules/.page # gone whenever npm installs anew
sources=$(cat page/*.* page/panels/* package-lock.json | sha256sum)
if [ "$(cat "$built/sources" 2>/dev/null)" != "$sources" ]; then
  rm -rf "$built"
  quietly "the build of the page" node page/build.mjs "$built"
  printf '%s\n' "$sources" >"$built/sources"
fi
