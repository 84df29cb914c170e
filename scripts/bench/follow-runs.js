const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');
const { atTheEnd, endAll } = require('../browser/at-the-end');
const { startChromium } = require('../browser/start-chromium');
const { until } = require('../browser/until');
const { root } = require('../setup/paths');
const { curvesSeen, lags } = require('./lags');
const { PlayedRun } = require('./played-run');
const { median } = require('./statistics');
const { watchPage } = require('./watch-page');

/**
 * @typedef {import('./watch-page').Watched} Watched
 * @typedef {import('playwright-core').Page} Page
 */

const curves = 4; // loss and accuracy, of training and validation

/**
 * Opens the dashboard in a real browser, among runs that are over, and lets it follow others that go on at once. Prints
 * how soon everything was to be seen, a JSON object in seconds.
 * usage: node follow-runs.js TASK
 */
async function main() {
  const { folder, runs, epochs, pause, before } = JSON.parse(process.argv[2] ?? '');
  // What is left of a browser that is killed goes with the sitting's folder.
  process.env['TMPDIR'] = folder;
  const logs = path.join(folder, `logs-${process.pid}`);
  const named = (/** @type {string} */ name) =>
    Array.from({ length: runs }, (_, i) => new PlayedRun(path.join(logs, `${name}-${i + 1}`)));
  for (const run of named('past')) {
    await run.begin(epochs);
    for (let epoch = 0; epoch < epochs; epoch++) await run.writeEpoch();
    await run.end();
  }
  const [address, { browser }] = await Promise.all([startServer(logs), startChromium(folder)]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watchPage);
  const opening = await open(page, address);
  const following = await follow(page, named('going'), { epochs, pause, before });
  console.log(JSON.stringify({ ...opening, ...following }));
}

/**
 * @param {Page} page
 * @param {string} address
 */
async function open(page, address) {
  await page.goto(address);
  const { charts, busy } = await until(
    'all curves',
    () => watched(page),
    (seen) => seen.charts.length >= curves,
  );
  const { began, firstPaint } = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { began: performance.timeOrigin, firstPaint: paint?.startTime ?? NaN };
  });
  return {
    firstPaint: firstPaint / 1000,
    allCurves: (Number(charts[curves - 1]) - began) / 1000,
    busyOpening: longest(busy),
  };
}

/**
 * @param {Page} page
 * @param {PlayedRun[]} runs
 * @param {{ epochs: number, pause: number, before: number }} course pause: milliseconds from one epoch of a run to its
 *   next; before: so many epochs come at once, and are not followed
 */
async function follow(page, runs, { epochs, pause, before }) {
  const start = Date.now();
  for (const run of runs) await run.begin(epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const due = start + Math.max(0, epoch - before) * pause;
    await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    for (const run of runs) await run.writeEpoch();
  }
  for (const run of runs) await run.end();
  const seen = await until(
    'all epochs',
    () => watched(page),
    (now) => runs.every(({ name }) => isShown(now, name, epochs)),
  );
  const followed = runs.map(({ name, written }) => ({ name, epochs: written.slice(before) }));
  const numbers = followed.flatMap((run) =>
    lags(
      run.epochs,
      seen.numbers.filter(({ id }) => id === run.name),
    ),
  );
  const points = followed.flatMap((run) =>
    lags(
      // Of many epochs the curves show every tenth.
      run.epochs.filter(({ epoch }) => epoch % 10 === 0),
      curvesSeen(seen, run.name),
    ),
  );
  return {
    numbers: inSeconds(numbers),
    points: inSeconds(points),
    busyFollowing: longest(seen.busy.filter(({ at }) => at >= start)),
  };
}

/**
 * @param {Page} page
 * @returns {Promise<Watched>}
 */
function watched(page) {
  return page.evaluate(() => /** @type {any} */ (globalThis).watched);
}

/**
 * @param {Watched} seen
 * @param {string} name of a run
 * @param {number} epochs
 */
function isShown(seen, name, epochs) {
  const inList = seen.numbers.some(({ id, epoch }) => id === name && epoch === epochs);
  return inList && curvesSeen(seen, name).at(-1)?.epoch === epochs;
}

/** @param {readonly number[]} ms */
function inSeconds(ms) {
  return { median: median(ms) / 1000, greatest: Math.max(...ms) / 1000 };
}

/**
 * @param {readonly { ms: number }[]} busy
 * @returns {number} seconds; 0 where the page was never busy for more than 50 ms
 */
function longest(busy) {
  return Math.max(0, ...busy.map(({ ms }) => ms)) / 1000;
}

/**
 * Starts the dashboard as `npm run dashboard` does.
 * @param {string} logs
 * @returns {Promise<string>} its address
 */
async function startServer(logs) {
  const script = path.join(root, 'scripts', 'dashboard.js');
  const args = [script, '--logs', logs, '--port', '0', '--end-with', String(process.pid)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  atTheEnd({ orderly: () => void server.kill() });
  for await (const line of readline.createInterface({ input: server.stdout })) {
    const [, address] = /(http:\S+)/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('Cannot start the dashboard: its address is required, and it ended without it');
}

main()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(endAll);
