/**
 * @typedef {Record<string, import('./lags').Moment[]>} Moments by the names of runs
 * @typedef {object} Watched all times in milliseconds of this computer's clock
 * @property {Moments} list the number of epochs beside a run's name, once it is painted
 * @property {Moments} curves the last epoch that a run's curves show, once all of them are painted
 * @property {{ at: number, ms: number }[]} busy the page worked for more than 50 ms, and answered nobody
 */

/**
 * Notes in the dashboard's page what a reader sees and when, and how long the page could not answer. Runs in the browser,
 * before the page's own scripts.
 */
function watchPage() {
  const window = /** @type {any} */ (globalThis);
  /** @type {Watched} */
  const watched = (window.watched = { list: {}, curves: {}, busy: [] });
  for (const where of /** @type {const} */ (['list', 'curves'])) {
    window.document.addEventListener(`smile-lab:${where}`, (/** @type {any} */ { detail }) => {
      const note = () => {
        const at = performance.timeOrigin + performance.now();
        for (const [name, epoch] of detail) (watched[where][name] ??= []).push({ epoch, at });
      };
      // In the frame after the change the change has been painted.
      window.requestAnimationFrame(() => window.setTimeout(note));
    });
  }
  new window.PerformanceObserver((/** @type {any} */ list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watched.busy.push({ at: performance.timeOrigin + startTime, ms: duration });
    }
  }).observe({ type: 'longtask', buffered: true });
}

module.exports = { watchPage };
