/** An epoch of each run comes so often: ten times as fast as lesson 1 trains. */
const pause = 20; // ms

/**
 * The dashboard in a real browser, which follows three trainings at once.
 * @type {import('../measure').Measure}
 */
const dashboard = {
  name: 'dashboard',
  prepare({ folder }, { quick }) {
    // With --quick the first ones come at once, and the last fifty are followed.
    const task = { folder, runs: 3, epochs: 1000, pause, before: quick ? 950 : 0 };
    return { browser: { contestant: 'browser', task } };
  },
  rows({ browser = [] }) {
    const of = (/** @type {(answer: any) => number} */ valueOf) => browser.map(valueOf);
    const less = { isSeen: true, better: 'less', unit: 's' };
    const following = 'dashboard, three runs of 1,000 epochs';
    /** @type {import('../measure').Row[]} */
    const rows = [
      {
        place: 23,
        measure: 'dashboard, first paint',
        values: of(({ firstPaint }) => firstPaint),
        context: {
          unit: 's',
          values: { 'all curves of three runs': of(({ allCurves }) => allCurves) },
        },
        ...{ ...less, must: 1 },
      },
      {
        place: 24,
        measure: `${following}: an epoch is in the list, at the latest`,
        values: of(({ numbers }) => numbers.greatest),
        context: { unit: 's', values: { 'the median epoch': of(({ numbers }) => numbers.median) } },
        ...{ ...less, must: 1 },
      },
      {
        place: 25,
        measure: `${following}: it is in the curves, at the latest`,
        values: of(({ points }) => points.greatest),
        context: { unit: 's', values: { 'the median epoch': of(({ points }) => points.median) } },
        ...{ ...less, must: 2 },
      },
      {
        place: 26,
        measure: `${following}: the page does not answer, the longest time`,
        values: of(({ busyFollowing }) => busyFollowing),
        context: { unit: 's', values: { 'while it opens': of(({ busyOpening }) => busyOpening) } },
        ...{ ...less, must: 0.2 },
      },
    ];
    return rows;
  },
};

module.exports = { dashboard };
