#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the Debian package from a build of the release preset, and prints its path. The same sources give the same bytes: what
# would be the time of building is the time of the last entry in packaging/changelog.
#
#   deploy/packaging/build_deb.sh [BUILD]     build/release unless named
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${1:-$here/../../build/release}" && pwd)

SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --file "$here/changelog" --show-field Timestamp)
export SOURCE_DATE_EPOCH
umask 022

log=$(mktemp)
trap 'rm -f "$log"' EXIT
cd "$build"
rm -f ./sas-operation-exporter_*.deb
cpack -G DEB >"$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}
rm -rf _CPack_Packages
printf '%s\n' "$build"/sas-operation-exporter_*.deb
