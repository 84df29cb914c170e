const { seen } = require('../measure');

const following = 'dashboard, three runs of 1,000 epochs';

/**
 * The dashboard in a real browser, which follows three trainings at once.
 * @type {import('../measure').Measure}
 */
const dashboard = {
  name: 'dashboard',
  prepare: ({ folder, quick }) => ({
    // An epoch of each run every 20 ms: ten times as fast as lesson 1 trains. With --quick the last fifty are followed.
    browser: { folder, runs: 3, epochs: 1000, pause: 20, before: quick ? 950 : 0 },
  }),
  figures: () => [
    seen(23, 'dashboard, first paint', {
      of: ({ firstPaint }) => firstPaint,
      beside: { 'all curves of three runs': ({ allCurves }) => allCurves },
      must: 1,
    }),
    seen(24, `${following}: an epoch is in the list, at the latest`, {
      of: ({ numbers }) => numbers.greatest,
      beside: { 'the median epoch': ({ numbers }) => numbers.median },
      must: 1,
    }),
    seen(25, `${following}: it is in the curves, at the latest`, {
      of: ({ points }) => points.greatest,
      beside: { 'the median epoch': ({ points }) => points.median },
      must: 2,
    }),
    seen(26, `${following}: the page does not answer, the longest time`, {
      of: ({ busyFollowing }) => busyFollowing,
      beside: { 'while it opens': ({ busyOpening }) => busyOpening },
      must: 0.2,
    }),
  ],
};

module.exports = { dashboard };
