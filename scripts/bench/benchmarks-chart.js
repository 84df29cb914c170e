const { chartParts, colours, logScale } = require('./draw-chart');
const { summary } = require('./statistics');
const { cautious } = require('./table');

/** @typedef {import('./measure').Row} Row */

/** Between the axes, in CSS pixels: the longest measure has room. */
const width = 660;
const rowHeight = 48;
/** Beside the axis, for half of its first and last number. */
const margin = 18;
const upright = '-.2,-1.4 .2,-1.4 .2,1.4 -.2,1.4';

/**
 * Draws each ratio of which more is better: a point at its median, a line over its spread, a mark where it must be.
 * @param {readonly Row[]} rows
 * @returns {string} a self-contained SVG document
 */
function benchmarksChart(rows) {
  const parts = chartParts();
  const { BELOW_AXIS, MARKS, chartCard, drawAxes, drawLegend, markPath, sampleOf } = parts;
  const drawn = drawnOf(rows);
  const looks = {
    ours: { colour: colours.blue, mark: MARKS.circle },
    stock: { colour: colours.orange, mark: MARKS.diamond },
  };
  const must = `<path d="${markPath(upright, 14, 0, 5)}" fill="${colours.ink}"/>`;
  const items = [
    { name: 'Smile Lab', sample: sampleOf(looks.ours) },
    { name: 'stock tfjs-node', sample: sampleOf(looks.stock) },
    { name: 'must', sample: must },
  ];
  const legend = drawLegend([items], width);
  const top = legend.height + 10;

  const all = drawn.flatMap(({ values, stock = [], must }) => [...values, ...stock, must, 1]);
  const least = Math.floor(Math.log2(Math.min(...all)));
  const greatest = Math.max(least + 1, Math.ceil(Math.log2(Math.max(...all))));
  const powers = Array.from({ length: greatest - least + 1 }, (_, i) => 2 ** (least + i));
  const at = logScale(2 ** least, 2 ** greatest, width);
  const height = drawn.length * rowHeight;
  const title = 'times as fast (each step is twice as fast)';
  const x = { title, ticks: powers.map((power) => ({ at: at(power), text: String(power) })) };
  const lines = drawn.flatMap(({ measure, values, stock, must }, row) => {
    const y = row * rowHeight + 32;
    /** @param {{ colour: string, mark: string }} look @param {readonly number[]} of */
    const range = ({ colour, mark }, of) => {
      const { median, min, max } = summary(of);
      return (
        `<path d="M${at(min).toFixed(1)} ${y}H${at(max).toFixed(1)}" stroke="${colour}" stroke-width="3" opacity="0.5"/>` +
        `<path d="${markPath(mark, Number(at(median).toFixed(1)), y, 5.5)}" fill="${colour}"/>`
      );
    };
    return [
      `<text x="4" y="${y - 12}" stroke="#ffffff" stroke-width="4" paint-order="stroke">${parts.escapeXml(measure)}</text>`,
      range(looks.ours, values),
      stock ? range(looks.stock, stock) : '',
      `<path d="${markPath(upright, at(must), y, 5)}" fill="${colours.ink}"/>`,
    ];
  });
  const even = `<path d="M${at(1).toFixed(1)} 0V${height}" stroke="${colours.ink}" stroke-opacity="0.4" stroke-dasharray="4 4"/>`;
  const panel = `${even}${drawAxes({ width, height, x }, 0)}${lines.join('')}`;
  return `${chartCard({
    width: width + 2 * margin,
    height: top + height + BELOW_AXIS,
    title: describeChart(rows),
    content: `<g transform="translate(${margin} 0)">${legend.svg}<g transform="translate(0 ${top})">${panel}</g></g>`,
  })}\n`;
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} the picture in words
 */
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
