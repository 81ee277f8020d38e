#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is needed, builds, and runs every test. Ends with ctest's summary of the release build's tests; those of the
# fuzzers and of the sanitizers stand above it. The first thing that fails ends it.
#
#   tests/run.sh                      everything
#   tests/run.sh --quick              the release build and its tests only
#   tests/run.sh --quick -R settings  arguments that follow are ctest's
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

quick=
case "${1:-}" in
  --quick) quick=yes && shift ;;
  -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" && exit 0 ;;
esac
jobs=$(nproc)
export CTEST_OUTPUT_ON_FAILURE=1 CMAKE_BUILD_PARALLEL_LEVEL=$jobs

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# stage NAME COMMAND...: runs it and says how long it took.
stage() {
  local name=$1 began=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@" || {
    printf '== %s: failed after %d s\n' "$name" $((SECONDS - began))
    exit 1
  }
  printf '== %s: %d s\n' "$name" $((SECONDS - began))
}

# build PRESET [TARGET...]: quiet unless it fails.
build() {
  local preset=$1
  shift
  {
    cmake --preset "$preset" && cmake --build --preset "$preset" ${1:+--target "$@"} -- -k 0
  } >"$log" 2>&1 || {
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating|Re-checking)' "$log" | tail -n 200
    return 1
  }
}

check() {
  local preset=$1
  shift
  # The end-to-end tests wait more than they work, so twice as many run as there are cores.
  ctest --test-dir "build/$preset" --parallel $((2 * jobs)) --no-tests=error "$@"
}

stage "packages" deploy/install_packages.sh build demo test containers
stage "npm packages" tests/end_to_end/official/install.sh
stage "npm packages of Kubernetes" tests/end_to_end/kubernetes/install.sh
stage "npm packages of the dashboards" deploy/grafana/install.sh
stage "build release" build release
if [ -z "$quick" ]; then
  stage "build asan" build asan
  stage "build fuzz" build fuzz fuzzers
  stage "test fuzz" check fuzz --label-regex fuzz
  stage "test asan" check asan --label-regex 'unit|flow|end_to_end'
fi
printf '\n== test release\n'
check release "$@"
