// SPDX-License-Identifier: Apache-2.0
// Builds the page into the folder that is named.
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: { main: `${here}main.tsx` },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  jsx: 'automatic',
  target: 'chrome120',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.woff': 'file', '.woff2': 'file', '.svg': 'file', '.ttf': 'file' },
  logLevel: 'warning',
});
copyFileSync(`${here}index.html`, `${folder}/index.html`);
