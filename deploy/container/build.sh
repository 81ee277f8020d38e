#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the image of sas-operation-exporter with podman or docker, whichever is there (podman first).
#
#   deploy/container/build.sh [--tag=NAME:TAG] [--base=IMAGE] [--engine=podman|docker] [--staged=FOLDER] [--sbom=FILE]
#
# --tag     how the image is called; sas-operation-exporter:VERSION otherwise
# --base    a Debian 12 to build on; docker.io/library/debian:12-slim otherwise
# --staged  builds nothing and takes the image's files from this folder, which stage.py has filled
# --sbom    where to put a copy of the image's SBOM (SPDX 2.3, JSON)
# Two builds of one commit on one base differ in nothing but what Debian changed in between.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 2
}

version=$(sed -n 's/^project(sas-operation-exporter VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
tag=sas-operation-exporter:$version
engine=
staged=
sbom=
arguments=()
for argument; do
  case $argument in
    -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" && exit 0 ;;
    --tag=?*) tag=${argument#*=} ;;
    --base=?*) arguments+=(--build-arg "BASE=${argument#*=}") ;;
    --engine=?*) engine=${argument#*=} ;;
    --staged=?*) staged=${argument#*=} ;;
    --sbom=?*) sbom=${argument#*=} ;;
    *) fail "there is no option $argument; --help names them" ;;
  esac
done
if [ -z "$engine" ]; then
  engine=$(command -v podman || command -v docker) || fail "neither podman nor docker is here"
fi

# Without git, as from a tarball, the revision is unknown and the time is now.
revision=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || revision=unknown
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
arguments+=(--build-arg "VERSION=$version" --build-arg "REVISION=$revision" --build-arg "SOURCE_DATE_EPOCH=$epoch"
  --build-arg "CREATED=$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ)")
context=$root
if [ -n "$staged" ]; then
  [ -x "$staged/root/usr/bin/sas-operation-exporter" ] || fail "$staged is no folder that stage.py has filled"
  arguments+=(--build-context "staged=$staged")
  context=$staged
fi
case $engine in
  # No proxy or network of podman's own is asked for while building; its layers carry the commit's time.
  *podman) arguments+=(--network=host --timestamp "$epoch") ;;
  *) export DOCKER_BUILDKIT=1 ;;
esac

"$engine" build --file "$root/deploy/container/Containerfile" --target runtime --tag "$tag" "${arguments[@]}" "$context"
if [ -n "$sbom" ]; then
  container=$("$engine" create "$tag")
  trap '"$engine" rm "$container" >/dev/null' EXIT
  "$engine" cp "$container:/usr/share/doc/sas-operation-exporter/sbom.spdx.json" "$sbom"
fi
printf 'built %s: %s bytes\n' "$tag" "$("$engine" image inspect --format '{{.Size}}' "$tag")"
