const { doublings, drawChart, drawLine, first, fromZero, second } = require('./chart');
const { digits } = require('./statistics');

/** @typedef {import('./scaling').Seen} Seen */
/** @typedef {'training' | 'loadingTime' | 'trainingPeak' | 'loadingPeak'} Name */
/** @typedef {{ title: string, names: Name[], scale: typeof doublings }} Row of panels, of training and loading */

const [width, height] = [250, 170]; // CSS pixels

/** @type {Row[]} */
const rows = [
  { title: 'ms a picture', names: ['training', 'loadingTime'], scale: doublings },
  // From 0, since what matters is how flat they are.
  { title: 'MB at the peak', names: ['trainingPeak', 'loadingPeak'], scale: fromZero },
];

/**
 * Draws time a picture over peak memory, a column for each thing that grows.
 * @type {(seen: readonly Seen[]) => string} a self-contained SVG document
 */
function scalingChart(seen) {
  const sweeps = sweepsOf(seen);
  const panels = rows.flatMap((row) => sweeps.map(([title, mine]) => panel(title, mine, row)));
  const names = { training: first, loading: second };
  const layout = { columns: sweeps.length, left: 72, right: 22 };
  return drawChart({ title: describeScaling(seen), names, panels, ...layout });
}

/** @type {(title: string, seen: readonly Seen[], row: Row) => import('./chart').Panel} */
function panel(title, seen, { title: upwards, names, scale }) {
  const grows = seen.map(({ value }) => value);
  const x = doublings(grows, width);
  const values = names.flatMap((name) => seen.map((one) => one[name]));
  const y = scale(values, height);
  const curves = names.map((name, i) => {
    const points = seen.map((one) => [x.at(one.value), height - y.at(one[name])]);
    return drawLine(i === 0 ? first : second, points);
  });
  const ticks = grows.map((value) => ({ at: x.at(value), text: value.toLocaleString('en') }));
  const upright = y.ticks.map(({ at, text }) => ({ at: height - at, text }));
  const axes = { x: { title, ticks }, y: { title: upwards, ticks: upright } };
  return { width, height, ...axes, content: curves.join('') };
}

/** @type {(seen: readonly Seen[]) => string} the picture in words */
function describeScaling(seen) {
  const parts = sweepsOf(seen).map(([title, mine]) => {
    const points = mine.map(
      ({ value, training, trainingPeak }) =>
        `${value}: ${digits(training)} ms, ${trainingPeak.toFixed(0)} MB`,
    );
    return `${title}: ${points.join('; ')}`;
  });
  return `Training time a picture and peak memory. With the ${parts.join('. With the ')}`;
}

/** @type {(seen: readonly Seen[]) => [title: string, seen: Seen[]][]} */
function sweepsOf(seen) {
  const titles = new Set(seen.map(({ title }) => title));
  return [...titles].map((title) => [title, seen.filter((one) => one.title === title)]);
}

module.exports = { describeScaling, scalingChart, sweepsOf };
