const { doublings, drawChart, drawLine, escapeXml, first, second } = require('./chart');
const { cautious, summary } = require('./statistics');

/** @typedef {import('./targets').Row} Row */

const [width, rowHeight] = [660, 48]; // CSS pixels: the longest measure has room
const wanted = { colour: '#222222', mark: '-.2,-1.6 .2,-1.6 .2,1.6 -.2,1.6' };

/**
 * Draws each ratio of which more is better: a point at its median, a line over its spread, a mark where it must be.
 * @type {(rows: readonly Row[]) => string} a self-contained SVG document
 */
function benchmarksChart(rows) {
  const drawn = rows.filter(isDrawn);
  const all = drawn.flatMap(({ values, stock = [], must }) => [...values, ...stock, must, 1]);
  const { at, ticks } = doublings(all, width);
  const lines = drawn.flatMap(({ row, values, stock, must }, i) => {
    const y = i * rowHeight + 32;
    /** @type {(look: import('./chart').Look, values: readonly number[]) => string} */
    const range = (look, values) => {
      const [min = 0, median = 0, max = 0] = Object.values(summary(values)).map(at);
      const ends = [min, max].map((x) => [x, y]);
      return drawLine(look, ends, [[median, y]]);
    };
    const halo = 'stroke="#ffffff" stroke-width="4" paint-order="stroke"';
    const name = `<text x="4" y="${y - 12}" ${halo}>${escapeXml(row)}</text>`;
    return [name, range(first, values), stock ? range(second, stock) : '', range(wanted, [must])];
  });
  const height = drawn.length * rowHeight;
  const even = `<path d="M${at(1)} 0V${height}" stroke="#bbbbbb" stroke-dasharray="4 4"/>`;
  const x = { title: 'times as fast (each step is twice as fast)', ticks };
  return drawChart({
    title: describeChart(rows),
    names: { 'Smile Lab': first, 'stock tfjs-node': second, must: wanted },
    panels: [{ width, height, x, content: even + lines.join('') }],
    ...{ columns: 1, left: 18, right: 18 },
  });
}

/** @type {(rows: readonly Row[]) => string} the picture in words */
function describeChart(rows) {
  const parts = rows.filter(isDrawn).map(({ row, values, must, better }) => {
    return `${row} ${cautious(summary(values).median, better)} (must be ${must})`;
  });
  return `Times as fast, medians: ${parts.join('; ')}`;
}

const isDrawn = (/** @type {Row} */ { better, unit }) => better === 'more' && !unit;

module.exports = { benchmarksChart, describeChart };
