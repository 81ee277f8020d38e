// SPDX-License-Identifier: Apache-2.0
// Writes both dashboards into the folder that is named, dashboards/ beside this one where none is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from './checks';
import { exporter } from './exporter';

const folder = process.argv[2] ?? fileURLToPath(new URL('../dashboards', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, dashboard] of Object.entries({ checks: checks(), exporter: exporter() })) {
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(dashboard, null, 2)}\n`);
}
