#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints the alerting rules with the addresses of your runbooks and of your Grafana. As they are shipped they point to
# runbooks.example and grafana.example, which are reserved names and lead nowhere.
#
#   set_urls.sh --runbooks=URL --dashboards=URL [FILE] >/etc/prometheus/rules/sas-operation-exporter.yml
#
# --runbooks    where the runbooks lie: URL/SasTaskStalled.md is one of them
# --dashboards  Grafana's own address: URL/d/sas-operation-checks is a dashboard
# FILE          the rules, alerts.yml beside this script unless named
# Either option may be left out; that address then stays as it is.
set -euo pipefail

fail() {
  printf 'set_urls: %s\n' "$*" >&2
  exit 2
}

file=$(dirname "${BASH_SOURCE[0]}")/alerts.yml
named=
runbooks=https://runbooks.example/sas-operation-exporter
dashboards=https://grafana.example

address() { # address OPTION URL: the URL without slashes at its end
  local url=$2
  while [ "$url" != "${url%/}" ]; do url=${url%/}; done
  [[ $url =~ ^https?://[^[:space:]\"\'{}\\#]+$ ]] || fail "$1 takes an address that begins with http:// or https://, and '$2' is none"
  printf '%s' "$url"
}

for argument; do
  case $argument in
    -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" && exit 0 ;;
    --runbooks=*) runbooks=$(address --runbooks "${argument#*=}") ;;
    --dashboards=*) dashboards=$(address --dashboards "${argument#*=}") ;;
    -*) fail "there is no option $argument; --runbooks=URL and --dashboards=URL are all" ;;
    *)
      [ -z "$named" ] || fail "one file at a time: $file or $argument"
      named=yes file=$argument
      ;;
  esac
done
[ $# -gt 0 ] || fail "say which address: --runbooks=URL, --dashboards=URL"
[ -r "$file" ] || fail "cannot read $file"

escaped() { printf '%s' "$1" | sed 's/[&|]/\\&/g'; }
sed -e "s|https://runbooks\.example/sas-operation-exporter|$(escaped "$runbooks")|g" \
  -e "s|https://grafana\.example|$(escaped "$dashboards")|g" "$file"
