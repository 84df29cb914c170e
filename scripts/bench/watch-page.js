/**
 * @typedef {import('./lags').Seen} Seen
 * @typedef {object} Watched all times in milliseconds of this computer's clock
 * @property {Seen[]} numbers the number of epochs in the list of runs, once it is painted
 * @property {Seen[]} fetched epochs that the page has asked for, for its curves
 * @property {number[]} charts one was put in its place and is painted
 * @property {{ at: number, ms: number }[]} busy the page worked for more than 50 ms, and answered nobody
 */

/**
 * Notes in the dashboard's page what a reader sees and when, and how long the page could not answer. Runs in the browser,
 * before the page's own scripts.
 */
function watchPage() {
  const window = /** @type {any} */ (globalThis);
  /** @type {Watched} */
  const watched = (window.watched = { numbers: [], fetched: [], charts: [], busy: [] });
  const now = () => performance.timeOrigin + performance.now();
  // In the frame after the change the change has been painted.
  const painted = (/** @type {() => void} */ then) =>
    window.requestAnimationFrame(() => window.setTimeout(then));

  new window.PerformanceObserver((/** @type {any} */ list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watched.busy.push({ at: performance.timeOrigin + startTime, ms: duration });
    }
  }).observe({ type: 'longtask', buffered: true });

  const { fetch } = window;
  window.fetch = async (/** @type {string} */ address, /** @type {any} */ options) => {
    const response = await fetch(address, options);
    if (!response.ok || !address.includes('/api/run?')) return response;
    const answer = await response.json();
    if (answer.epoch.length > 0) {
      watched.fetched.push({ id: answer.id, epoch: answer.epoch.at(-1), at: now() });
    }
    return { ok: true, json: async () => answer };
  };

  /** @type {Map<string, number>} */
  const told = new Map();
  new window.MutationObserver((/** @type {any[]} */ changes) => {
    if (changes.some(({ target }) => target.className === 'chart')) {
      painted(() => watched.charts.push(now()));
    }
    for (const run of window.document.querySelectorAll('#run-list .run')) {
      const id = run.querySelector('button').textContent;
      const epoch = Number(/(\d+)(?: of \d+)? epochs/.exec(run.textContent)?.[1] ?? 0);
      if (epoch === (told.get(id) ?? 0)) continue;
      told.set(id, epoch);
      painted(() => watched.numbers.push({ id, epoch, at: now() }));
    }
  }).observe(window.document, { subtree: true, childList: true, characterData: true });
}

module.exports = { watchPage };
