#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes pictures/*.png anew: builds, lets the exporter watch three simulated accounts in real time while a Prometheus scrapes it,
# and shows both dashboards in Chromium.
#
#   deploy/grafana/pictures.sh           after 20 minutes, which is what the dashboards then show
#   deploy/grafana/pictures.sh MINUTES   sooner or later
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

case "${1:-}" in
  -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" && exit 0 ;;
esac
minutes=${1:-20}

deploy/install_packages.sh build demo test
deploy/grafana/install.sh
cmake --preset release >/dev/null
cmake --build --preset release --target sas-operation-exporter sas-simulator
echo "The pictures are taken in $minutes minutes; Ctrl-C ends it without."
SAS_BIN=$PWD/build/release/bin SAS_PICTURE_MINUTES=$minutes /usr/bin/python3 -B deploy/grafana/take_pictures.py
