// SPDX-License-Identifier: Apache-2.0
// render.mjs BUILT_PAGE < JOB: shows dashboards in Chromium and tells, as JSON, what stands in each panel. The job is JSON:
// {prometheus: address, scrapeInterval: seconds, from, to, shots: [{dashboard: file, picture: file, width}]}.
// The page seems to come from that Prometheus, whose API it asks; all else is answered from files, or not at all.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));
/** What Grafana's server has and its libraries lack. */
const STAND_INS = {
  '/public/fonts/inter/Inter-Regular.woff2': '@fontsource/inter/files/inter-latin-400-normal.woff2',
  '/public/fonts/inter/Inter-Medium.woff2': '@fontsource/inter/files/inter-latin-500-normal.woff2',
  '/public/build/img/icons/unicons/angle-double-left.svg': '@grafana/ui/dist/public/img/icons/unicons/angle-left.svg',
  '/public/build/img/icons/unicons/sync-slash.svg': '@grafana/ui/dist/public/img/icons/unicons/sync.svg',
};
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const PATIENCE = 60000;

const built = process.argv[2];
const job = JSON.parse(readFileSync(0, 'utf8'));

const fileOf = (path) => {
  if (path in STAND_INS) return join(MODULES, STAND_INS[path]);
  if (path.startsWith('/public/build/img/')) return join(MODULES, '@grafana/ui/dist', path.replace('/build', ''));
  return join(built, path === '/' ? 'index.html' : path);
};

const answer = async (route) => {
  const url = new URL(route.request().url());
  const isPrometheus = url.origin === job.prometheus;
  if (isPrometheus && url.pathname.startsWith('/api/v1/')) return route.continue();
  const file = fileOf(url.pathname);
  if (!isPrometheus || !existsSync(file)) return route.fulfill({ status: 404, body: '' }); // and is told as a complaint
  return route.fulfill({ contentType: TYPES[extname(file)], body: readFileSync(file) });
};

/** What a person reads in each panel. */
const read = () =>
  [...document.querySelectorAll('[data-viz-panel-key]')].map((panel) => {
    const text = (selector) => panel.querySelector(selector)?.textContent?.trim() ?? null;
    return {
      title: text('h2, h6'),
      text: panel.innerText,
      empty: text('[data-empty]'),
      error:
        panel
          .querySelector('[data-testid*="Panel status error"], [data-testid*="Alert error"]')
          ?.getAttribute('aria-label') ?? null,
      rows: panel.querySelectorAll('[role="row"]').length,
      marks: Number(panel.querySelector('[data-marks]')?.getAttribute('data-marks') ?? 0),
      plots: panel.querySelectorAll('canvas, svg rect').length,
    };
  });

/** Tall enough for the whole dashboard, since what is out of sight is not drawn. */
const heightOf = ({ panels }) => 130 + 38 * Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));

const shoot = async (browser, { dashboard: file, picture, width }) => {
  const dashboard = JSON.parse(readFileSync(file, 'utf8'));
  const height = heightOf(dashboard);
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: job.scale ?? 1,
    timezoneId: 'UTC',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`${message.text()} (${message.location().url})`)
  );
  await page.route('**/*', answer);
  await page.addInitScript((shown) => Object.assign(window, { shown }), {
    ...job,
    dashboard,
  });
  await page.goto(job.prometheus);
  await page.waitForFunction(() => window.isLoaded?.() && document.fonts.status === 'loaded', undefined, {
    timeout: PATIENCE,
  });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const panels = await page.evaluate(read);
  const variables = await page.evaluate(() => window.choices());
  if (picture) await page.screenshot({ path: picture });
  await page.close();
  return { panels, variables, complaints };
};

const browser = await chromium.launch({
  executablePath: process.env.SAS_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});
try {
  const shots = [];
  for (const shot of job.shots) shots.push(await shoot(browser, shot));
  process.stdout.write(JSON.stringify(shots));
} finally {
  await browser.close();
}
