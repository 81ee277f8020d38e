#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Writes dashboards/*.json anew from source/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

./install.sh
node_modules/.bin/prettier --log-level warn --write source page
node_modules/.bin/tsc
node_modules/.bin/tsx source/generate.ts
