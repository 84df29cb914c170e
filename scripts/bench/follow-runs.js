const { spawn } = require('node:child_process');
const path = require('node:path');
const { atTheEnd, endAll } = require('../browser/at-the-end');
const { startChromium } = require('../browser/start-chromium');
const { until } = require('../browser/until');
const { dist, root } = require('../setup/paths');
const { lags } = require('./lags');
const { playRun } = require('./played-run');
const { median } = require('./statistics');
const { watchPage } = require('./watch-page');

/** @type {typeof import('../../src/dashboard/runningDashboard')} */
const { addressOf, runningDashboard } = require(path.join(dist, 'dashboard/runningDashboard'));

/** @typedef {import('./watch-page').Watched} Watched */

/**
 * Opens the dashboard in a real browser, among runs that are over, and lets it follow others that go on at once. Prints
 * how soon everything was to be seen, a JSON object in seconds.
 * usage: node follow-runs.js TASK; pause: milliseconds from one epoch of a run to its next; before: so many epochs come at
 * once, and are not followed
 */
async function main() {
  const { folder, runs, epochs, pause, before } = JSON.parse(process.argv[2] ?? '');
  // What is left of a browser that is killed goes with the sitting's folder.
  process.env['TMPDIR'] = folder;
  const logs = path.join(folder, `logs-${process.pid}`);
  /** @type {(name: string, due?: (epoch: number) => number) => Promise<import('./lags').Moment[]>} */
  const play = (name, due) => playRun(path.join(logs, name), epochs, due);
  const numbers = Array.from({ length: runs }, (_, i) => i + 1);
  await Promise.all(numbers.map((i) => play(`past-${i}`)));
  const [address, { browser }] = await Promise.all([startServer(logs), startChromium(folder)]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watchPage);
  /** @returns {Promise<Watched>} */
  const watched = () => page.evaluate(() => /** @type {any} */ (globalThis).watched);

  await page.goto(address);
  const isOpen = (/** @type {Watched} */ { curves }) => Object.keys(curves).length >= runs;
  const opened = await until('all curves', watched, isOpen);
  const drawn = Object.values(opened.curves).map(([first]) => Number(first?.at));
  const { began, firstPaint } = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { began: performance.timeOrigin, firstPaint: Number(paint?.startTime) };
  });
  const start = Date.now();
  const names = numbers.map((i) => `going-${i}`);
  const due = (/** @type {number} */ epoch) => start + Math.max(0, epoch - before) * pause;
  const written = await Promise.all(names.map((name) => play(name, due)));
  const seen = await until('all epochs', watched, ({ list, curves }) =>
    names.every((name) => [list, curves].every((all) => all[name]?.at(-1)?.epoch === epochs)),
  );
  const delaysIn = (/** @type {import('./watch-page').Moments} */ moments, every = 1) =>
    names.flatMap((name, i) => {
      const followed = written[i]?.filter(({ epoch }) => epoch > before && epoch % every === 0);
      return lags(followed ?? [], moments[name] ?? []);
    });
  // Of many epochs the curves show every tenth.
  const [list, curves] = [delaysIn(seen.list), delaysIn(seen.curves, 10)];
  const following = seen.busy.filter(({ at }) => at >= start);
  const milliseconds = {
    ...{ firstPaint, allCurves: Math.max(...drawn) - began },
    ...{ inList: Math.max(...list), medianInList: median(list) },
    ...{ inCurves: Math.max(...curves), medianInCurves: median(curves) },
    ...{ busyOpening: longest(opened.busy), busyFollowing: longest(following) },
  };
  const seconds = Object.entries(milliseconds).map(([name, ms]) => [name, ms / 1000]);
  console.log(JSON.stringify(Object.fromEntries(seconds)));
}

/** @type {(busy: readonly { ms: number }[]) => number} 0 where the page was never busy for more than 50 ms */
const longest = (busy) => Math.max(0, ...busy.map(({ ms }) => ms));

/**
 * Starts the dashboard as `npm run dashboard` does.
 * @type {(logs: string) => Promise<string>} its address
 */
async function startServer(logs) {
  const script = path.join(root, 'scripts', 'dashboard.js');
  const args = [script, '--logs', logs, '--port', '0', '--end-with', String(process.pid)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  atTheEnd({ orderly: () => void server.kill() });
  const look = async () => runningDashboard(logs);
  return addressOf(/** @type {any} */ (await until('the dashboard runs', look, Boolean)));
}

main()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(endAll);
