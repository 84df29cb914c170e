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

/** @typedef {import('./watch-page').Watched} Watched */

const curves = 4; // loss and accuracy, of training and validation

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
  const named = (/** @type {string} */ name) =>
    Array.from({ length: runs }, (_, i) => new PlayedRun(path.join(logs, `${name}-${i + 1}`)));
  for (const run of named('past')) await play([run], epochs);
  const [address, { browser }] = await Promise.all([startServer(logs), startChromium(folder)]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(watchPage);
  /** @returns {Promise<Watched>} */
  const watched = () => page.evaluate(() => /** @type {any} */ (globalThis).watched);

  await page.goto(address);
  const opened = await until('all curves', watched, ({ charts }) => charts.length >= curves);
  const { began, firstPaint } = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { began: performance.timeOrigin, firstPaint: Number(paint?.startTime) };
  });
  const start = Date.now();
  const going = named('going');
  await play(going, epochs, (epoch) => start + Math.max(0, epoch - before) * pause);
  /** @type {(now: Watched, name: string) => import('./lags').Moment[][]} in the list and in the curves */
  const seenOf = (now, name) => [
    now.numbers.filter(({ id }) => id === name),
    curvesSeen(now, name),
  ];
  const seen = await until('all epochs', watched, (now) =>
    going.every(({ name }) => seenOf(now, name).every((all) => all.at(-1)?.epoch === epochs)),
  );
  const delays = going.map(({ name, written }) => {
    const [inList = [], inCurves = []] = seenOf(seen, name);
    const followed = written.slice(before);
    const tenth = followed.filter(({ epoch }) => epoch % 10 === 0); // of many the curves show those
    return { numbers: lags(followed, inList), points: lags(tenth, inCurves) };
  });
  const answer = {
    firstPaint: firstPaint / 1000,
    allCurves: (Number(opened.charts[curves - 1]) - began) / 1000,
    busyOpening: longest(opened.busy),
    numbers: inSeconds(delays.flatMap(({ numbers }) => numbers)),
    points: inSeconds(delays.flatMap(({ points }) => points)),
    busyFollowing: longest(seen.busy.filter(({ at }) => at >= start)),
  };
  console.log(JSON.stringify(answer));
}

/**
 * @param {PlayedRun[]} runs
 * @param {number} epochs
 * @param {(epoch: number) => number} [due] when each is to come, from 0 on; at once when left out
 */
async function play(runs, epochs, due) {
  for (const run of runs) await run.begin(epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (due) await new Promise((resolve) => setTimeout(resolve, due(epoch) - Date.now()));
    for (const run of runs) await run.writeEpoch();
  }
  for (const run of runs) await run.end();
}

/** @param {readonly number[]} ms */
const inSeconds = (ms) => ({ median: median(ms) / 1000, greatest: Math.max(...ms) / 1000 });

/** @type {(busy: readonly { ms: number }[]) => number} seconds; 0 where the page was never busy for more than 50 ms */
const longest = (busy) => Math.max(0, ...busy.map(({ ms }) => ms)) / 1000;

/**
 * Starts the dashboard as `npm run dashboard` does.
 * @type {(logs: string) => Promise<string>} its address
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
