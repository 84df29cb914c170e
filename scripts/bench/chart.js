const path = require('node:path');
const { dist } = require('../setup/paths');

// What the library draws its own charts with, compiled.
const charts = ['axes', 'marks', 'roundNumbers', 'runsLegend'].map((name) => `charts/${name}`);
const files = [...charts, 'svg/escapeXml'].map((file) => path.join(dist, 'display', file));
const parts = Object.assign({}, ...files.map((file) => require(file)));

/** Okabe and Ito's colours, told apart with every kind of colour blindness (https://jfly.uni-koeln.de/color/). */
const [first, second] = [
  { colour: '#0072B2', mark: parts.MARKS.circle },
  { colour: '#D55E00', mark: parts.MARKS.diamond },
];

/**
 * @param {number} low value at 0
 * @param {number} high value at `length`
 * @param {number} length in CSS pixels
 * @returns {(value: number) => number} where a value stands if each doubling takes the same room
 */
function logScale(low, high, length) {
  return (value) => (Math.log(value / low) / Math.log(high / low)) * length;
}

module.exports = { ...parts, first, logScale, second };
