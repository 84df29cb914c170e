const path = require('node:path');
const { dist } = require('../setup/paths');

// What the library draws its own charts with, compiled.
const charts = ['axes', 'marks', 'roundNumbers', 'runsLegend', 'trainingLooks'];
const svg = ['escapeXml', 'rounded', 'svgCard'];
const files = [...charts.map((name) => `charts/${name}`), ...svg.map((name) => `svg/${name}`)];
const parts = Object.assign({}, ...files.map((file) => require(path.join(dist, 'display', file))));
const { BELOW_AXIS, drawAxes, drawLegend, escapeXml, svgCard } = parts;
const { markPath, roundNumbers, sampleOf, tenths } = parts;
const [first, second] = parts.RUN_LOOKS;

/**
 * @typedef {{ at: (value: number) => number, ticks: { at: number, text: string }[] }} Scale in CSS pixels
 * @typedef {import('../../src/display/charts/axes').Axes & { content: string }} Panel content: SVG elements
 * @typedef {{ colour: string, mark: string }} Look
 */

/** @type {(values: readonly number[], length: number) => Scale} each doubling takes the same room, between powers of 2 */
function doublings(values, length) {
  const least = Math.floor(Math.log2(Math.min(...values)));
  const most = Math.max(least + 1, Math.ceil(Math.log2(Math.max(...values))));
  const at = (/** @type {number} */ value) =>
    ((Math.log2(value) - least) / (most - least)) * length;
  const powers = Array.from({ length: most - least + 1 }, (_, i) => 2 ** (least + i));
  return { at, ticks: powers.map((power) => ({ at: at(power), text: String(power) })) };
}

/** @type {(values: readonly number[], length: number) => Scale} */
function fromZero(values, length) {
  const { greatest, numbers } = roundNumbers(values);
  const at = (/** @type {number} */ value) => (value / greatest) * length;
  return { at, ticks: numbers.map((/** @type {any} */ one) => ({ ...one, at: at(one.value) })) };
}

/** @type {(look: Look, line: number[][], marked?: number[][]) => string} a line through points, and marks at some of them */
function drawLine({ colour, mark }, line, marked = line) {
  const corners = line.map((point) => point.map(tenths)).join(' ');
  const marks = marked.map(([x, y]) => markPath(mark, tenths(x), tenths(y), 4.5)).join('');
  return (
    `<polyline points="${corners}" fill="none" stroke="${colour}" stroke-width="2"/>` +
    `<path d="${marks}" fill="${colour}"/>`
  );
}

/**
 * Draws panels of one size below a legend.
 * @param {{ title: string, names: Record<string, Look>, panels: Panel[], columns: number, left: number, right: number }} chart
 *   title: it in words; left, right: room beside each panel, in CSS pixels
 * @returns {string} a self-contained SVG document
 */
function drawChart({ title, names, panels, columns, left, right }) {
  const { width = 0, height = 0 } = panels[0] ?? {};
  const [wide, high] = [left + width + right, 16 + height + BELOW_AXIS];
  const samples = Object.entries(names).map(([name, look]) => ({ name, sample: sampleOf(look) }));
  const legend = drawLegend([samples], columns * wide - left - right);
  const placed = panels.map(({ content, ...axes }, i) => {
    const x = left + (i % columns) * wide;
    const y = legend.height + 16 + Math.floor(i / columns) * high;
    return `<g transform="translate(${x} ${y})">${drawAxes(axes, left)}${content}</g>`;
  });
  const content = `<g transform="translate(${left} 0)">${legend.svg}</g>${placed.join('')}`;
  const size = { width: columns * wide, height: legend.height + (panels.length / columns) * high };
  return `${svgCard({ ...size, title, content })}\n`;
}

module.exports = { doublings, drawChart, drawLine, escapeXml, first, fromZero, second };
