const draw = require('./chart');
const { summary } = require('./statistics');
const { cautious } = require('./table');

/** @typedef {import('./measure').Row} Row */

/** Between the axes, in CSS pixels: the longest measure has room. */
const width = 660;
const rowHeight = 48;
/** Beside the axis, for half of its first and last number. */
const margin = 18;
const ink = '#222222';

/**
 * Draws each ratio of which more is better: a point at its median, a line over its spread, a mark where it must be.
 * @type {(rows: readonly Row[]) => string} a self-contained SVG document
 */
function benchmarksChart(rows) {
  const drawn = drawnOf(rows);
  const samples = [
    { name: 'Smile Lab', sample: draw.sampleOf(draw.first) },
    { name: 'stock tfjs-node', sample: draw.sampleOf(draw.second) },
    { name: 'must', sample: must(14, 0) },
  ];
  const legend = draw.drawLegend([samples], width);
  const all = drawn.flatMap(({ values, stock = [], must }) => [...values, ...stock, must, 1]);
  const least = Math.floor(Math.log2(Math.min(...all)));
  const greatest = Math.max(least + 1, Math.ceil(Math.log2(Math.max(...all))));
  const powers = Array.from({ length: greatest - least + 1 }, (_, i) => 2 ** (least + i));
  const at = draw.logScale(2 ** least, 2 ** greatest, width);
  const height = drawn.length * rowHeight;
  const title = 'times as fast (each step is twice as fast)';
  const x = { title, ticks: powers.map((power) => ({ at: at(power), text: String(power) })) };
  const lines = drawn.flatMap((row, i) => {
    const y = i * rowHeight + 32;
    return [
      `<text x="4" y="${y - 12}" stroke="#ffffff" stroke-width="4" paint-order="stroke">${draw.escapeXml(row.measure)}</text>`,
      range(draw.first, row.values, at, y),
      row.stock ? range(draw.second, row.stock, at, y) : '',
      must(at(row.must), y),
    ];
  });
  const even = `<path d="M${at(1).toFixed(1)} 0V${height}" stroke="${ink}" stroke-opacity="0.4" stroke-dasharray="4 4"/>`;
  const panel = `${even}${draw.drawAxes({ width, height, x }, 0)}${lines.join('')}`;
  const top = legend.height + 10;
  return `${draw.chartCard({
    width: width + 2 * margin,
    height: top + height + draw.BELOW_AXIS,
    title: describeChart(rows),
    content: `<g transform="translate(${margin} 0)">${legend.svg}<g transform="translate(0 ${top})">${panel}</g></g>`,
  })}\n`;
}

/** @type {(x: number, y: number) => string} */
const must = (x, y) =>
  `<path d="${draw.markPath('-.2,-1.4 .2,-1.4 .2,1.4 -.2,1.4', x, y, 5)}" fill="${ink}"/>`;

/** @type {(look: { colour: string, mark: string }, values: readonly number[], at: (value: number) => number, y: number) => string} */
function range({ colour, mark }, values, at, y) {
  const { median, min, max } = summary(values);
  const point = draw.markPath(mark, Number(at(median).toFixed(1)), y, 5.5);
  return (
    `<path d="M${at(min).toFixed(1)} ${y}H${at(max).toFixed(1)}" stroke="${colour}" stroke-width="3" opacity="0.5"/>` +
    `<path d="${point}" fill="${colour}"/>`
  );
}

/** @type {(rows: readonly Row[]) => string} the picture in words */
function describeChart(rows) {
  const parts = drawnOf(rows).map(({ measure, values, must, better }) => {
    return `${measure} ${cautious(summary(values).median, better)} (must be ${must})`;
  });
  return `Times as fast, medians: ${parts.join('; ')}`;
}

/** @param {readonly Row[]} rows */
function drawnOf(rows) {
  return rows.filter(({ better, unit }) => better === 'more' && !unit);
}

module.exports = { benchmarksChart, describeChart };
