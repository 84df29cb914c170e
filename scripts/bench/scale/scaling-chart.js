const { chartParts, colours, logScale } = require('../draw-chart');
const { digits } = require('../table');
const { sweeps, valueOf } = require('./points');

/** @typedef {import('./scaling').Seen} Seen */
/** @typedef {{ grows: number, ms: number, megabytes: number }} Place */

const width = 250; // CSS pixels, as all below
const height = 170;
const left = 72;
const gap = 22;
/** What the greatest and the least value keep from the panel's edges. */
const inset = 12;

/**
 * Draws time a picture over peak memory, a column for each thing that grows.
 * @param {readonly Seen[]} seen
 * @returns {string} a self-contained SVG document
 */
function scalingChart(seen) {
  const { BELOW_AXIS, MARKS, chartCard, drawAxes, drawLegend, markPath, sampleOf } = chartParts();
  const looks = [
    { name: 'training', colour: colours.blue, mark: MARKS.circle },
    { name: 'loading', colour: colours.orange, mark: MARKS.diamond },
  ];
  const items = looks.map((look) => ({ name: look.name, sample: sampleOf(look) }));
  const legend = drawLegend([items], 3 * width);
  const panels = sweeps.flatMap(({ sweep, title }, column) => {
    const lines = linesOf(seen.filter(({ point }) => point.sweep === sweep));
    const grows = (lines[0] ?? []).map((place) => place.grows);
    const across = logScale(Math.min(...grows), Math.max(...grows), width - 2 * inset);
    /** @param {number} value */
    const x = (value) => Math.round(inset + across(value));
    const ticks = grows.map((value) => ({ at: x(value), text: value.toLocaleString('en') }));
    return /** @type {const} */ (['ms', 'megabytes']).map((field, row) => {
      const { y, axis } = upright(
        field,
        lines.flat().map((place) => place[field]),
      );
      const curves = lines.map((places, i) => {
        const { colour, mark } = looks[i] ?? looks[0] ?? { colour: '', mark: '' };
        const corners = places.map((place) => [x(place.grows), Math.round(y(place[field]))]);
        const points = corners.map(([px, py]) => markPath(mark, px, py, 4.4)).join('');
        return `<polyline points="${corners.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/><path d="${points}" fill="${colour}"/>`;
      });
      const axes = drawAxes({ width, height, x: { title, ticks }, y: axis }, left);
      const at = [
        left + column * (left + width + gap),
        legend.height + 16 + row * (height + BELOW_AXIS + 16),
      ];
      return `<g transform="translate(${at.join(' ')})">${axes}${curves.join('')}</g>`;
    });
  });
  return `${chartCard({
    width: 3 * (left + width + gap),
    height: legend.height + 2 * (16 + height + BELOW_AXIS),
    title: describeScaling(seen),
    content: `<g transform="translate(${left} 0)">${legend.svg}</g>${panels.join('')}`,
  })}\n`;
}

/**
 * @param {readonly Seen[]} seen
 * @returns {[training: Place[], loading: Place[]]}
 */
function linesOf(seen) {
  return [
    seen.map(({ point, training: ms, trainingPeak }) => {
      return { grows: valueOf(point), ms, megabytes: trainingPeak / 1e6 };
    }),
    seen.map(({ point, loading, loadingPeak }) => {
      return { grows: valueOf(point), ms: 1000 / loading, megabytes: loadingPeak / 1e6 };
    }),
  ];
}

/**
 * Memory from 0 on, since what matters there is how flat it is; each doubling of time takes the same room.
 * @param {'ms' | 'megabytes'} field
 * @param {readonly number[]} values
 */
function upright(field, values) {
  if (field === 'megabytes') {
    const { greatest, numbers } = chartParts().roundNumbers(values);
    /** @param {number} value */
    const y = (value) => height * (1 - value / greatest);
    const ticks = numbers.map((/** @type {{ value: number, text: string }} */ { value, text }) => ({
      at: y(value),
      text,
    }));
    return { y, axis: { title: 'MB at the peak', ticks } };
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const up = logScale(low, high, height - 2 * inset);
  /** @param {number} value */
  const y = (value) => height - inset - up(value);
  const decades = [-3, -2, -1, 0, 1, 2, 3, 4].flatMap((power) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((times) => ({
      at: y(times * 10 ** power),
      text: [1, 2, 3, 5].includes(times) ? String(Number(`${times}e${power}`)) : '',
    })),
  );
  const ticks = decades.filter(({ at }) => at >= 0 && at <= height);
  return { y, axis: { title: 'ms a picture', ticks } };
}

/**
 * @param {readonly Seen[]} seen
 * @returns {string} the picture in words
 */
function describeScaling(seen) {
  const parts = sweeps.map(({ sweep, title }) => {
    const mine = seen.filter(({ point }) => point.sweep === sweep);
    const points = mine.map(
      ({ point, training, trainingPeak }) =>
        `${valueOf(point)}: ${digits(training)} ms, ${(trainingPeak / 1e6).toFixed(0)} MB`,
    );
    return `${title}: ${points.join('; ')}`;
  });
  return `Training time a picture and peak memory. With the ${parts.join('. With the ')}`;
}

module.exports = { describeScaling, scalingChart };
