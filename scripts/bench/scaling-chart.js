const draw = require('./chart');
const { digits } = require('./table');

/** @typedef {import('./scaling').Seen} Seen */
/** @typedef {(seen: Seen) => number} ValueOf */

const width = 250; // CSS pixels, as all below
const height = 170;
const left = 72;
const gap = 22;
/** What the greatest and the least value keep from the panel's edges. */
const inset = 12;

/**
 * The rows of panels: training and loading, the time a picture and the peak of memory.
 * @type {Array<{ title: string, of: ValueOf[], upright: (values: number[]) => Upright }>}
 * @typedef {{ y: (value: number) => number, ticks: { at: number, text: string }[] }} Upright
 */
const rows = [
  {
    title: 'ms a picture',
    of: [({ training }) => training, ({ loading }) => 1000 / loading],
    upright: doublings,
  },
  {
    title: 'MB at the peak',
    of: [({ trainingPeak }) => trainingPeak, ({ loadingPeak }) => loadingPeak],
    upright: fromZero,
  },
];

/**
 * Draws time a picture over peak memory, a column for each thing that grows.
 * @type {(seen: readonly Seen[]) => string} a self-contained SVG document
 */
function scalingChart(seen) {
  const names = [
    { name: 'training', sample: draw.sampleOf(draw.first) },
    { name: 'loading', sample: draw.sampleOf(draw.second) },
  ];
  const legend = draw.drawLegend([names], 3 * width);
  const panels = [...columnsOf(seen)].flatMap(([title, mine], column) =>
    rows.map((row, i) => {
      const x = left + column * (left + width + gap);
      const y = legend.height + 16 + i * (height + draw.BELOW_AXIS + 16);
      return `<g transform="translate(${x} ${y})">${panel(title, mine, row)}</g>`;
    }),
  );
  return `${draw.chartCard({
    width: 3 * (left + width + gap),
    height: legend.height + 2 * (16 + height + draw.BELOW_AXIS),
    title: describeScaling(seen),
    content: `<g transform="translate(${left} 0)">${legend.svg}</g>${panels.join('')}`,
  })}\n`;
}

/** @type {(title: string, seen: readonly Seen[], row: typeof rows[number]) => string} */
function panel(title, seen, { title: upwards, of, upright }) {
  const grows = seen.map(({ value }) => value);
  const across = draw.logScale(Math.min(...grows), Math.max(...grows), width - 2 * inset);
  const x = (/** @type {number} */ value) => Math.round(inset + across(value));
  const { y, ticks } = upright(of.flatMap((valueOf) => seen.map(valueOf)));
  const curves = of.map((valueOf, i) => {
    const { colour, mark } = i === 0 ? draw.first : draw.second;
    const corners = seen.map((one) => [x(one.value), Math.round(y(valueOf(one)))]);
    const points = corners.map(([px, py]) => draw.markPath(mark, px, py, 4.4)).join('');
    return `<polyline points="${corners.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/><path d="${points}" fill="${colour}"/>`;
  });
  const axis = {
    title,
    ticks: grows.map((value) => ({ at: x(value), text: value.toLocaleString('en') })),
  };
  const axes = draw.drawAxes({ width, height, x: axis, y: { title: upwards, ticks } }, left);
  return `${axes}${curves.join('')}`;
}

/** @param {readonly number[]} values each doubling takes the same room @returns {Upright} */
function doublings(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const up = draw.logScale(low, high, height - 2 * inset);
  const y = (/** @type {number} */ value) => height - inset - up(value);
  const ticks = [-3, -2, -1, 0, 1, 2, 3, 4].flatMap((power) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((times) => ({
      at: y(times * 10 ** power),
      text: [1, 2, 3, 5].includes(times) ? String(Number(`${times}e${power}`)) : '',
    })),
  );
  return { y, ticks: ticks.filter(({ at }) => at >= 0 && at <= height) };
}

/** @param {readonly number[]} values from 0 on, since what matters is how flat they are @returns {Upright} */
function fromZero(values) {
  const { greatest, numbers } = draw.roundNumbers(values);
  const y = (/** @type {number} */ value) => height * (1 - value / greatest);
  const ticks = numbers.map((/** @type {any} */ { value, text }) => ({ at: y(value), text }));
  return { y, ticks };
}

/** @type {(seen: readonly Seen[]) => string} the picture in words */
function describeScaling(seen) {
  const parts = [...columnsOf(seen)].map(([title, mine]) => {
    const points = mine.map(
      ({ value, training, trainingPeak }) =>
        `${value}: ${digits(training)} ms, ${trainingPeak.toFixed(0)} MB`,
    );
    return `${title}: ${points.join('; ')}`;
  });
  return `Training time a picture and peak memory. With the ${parts.join('. With the ')}`;
}

/** @type {(seen: readonly Seen[]) => Map<string, Seen[]>} by the titles of their sweeps */
function columnsOf(seen) {
  /** @type {Map<string, Seen[]>} */
  const columns = new Map();
  for (const one of seen) columns.set(one.title, [...(columns.get(one.title) ?? []), one]);
  return columns;
}

module.exports = { columnsOf, describeScaling, scalingChart };
