const path = require('node:path');
const { dist } = require('../setup/paths');

/** Okabe and Ito's, told apart with every kind of colour blindness (https://jfly.uni-koeln.de/color/). */
const colours = { blue: '#0072B2', orange: '#D55E00', ink: '#222222' };

/** What the library draws its own charts with, compiled. */
function chartParts() {
  const names = ['charts/axes', 'charts/marks', 'charts/roundNumbers', 'charts/runsLegend'];
  const files = [...names, 'svg/escapeXml'].map((name) => path.join(dist, 'display', `${name}.js`));
  return Object.assign({}, ...files.map((file) => require(file)));
}

/**
 * @param {number} low value at 0
 * @param {number} high value at `length`
 * @param {number} length in CSS pixels
 * @returns {(value: number) => number} where a value stands if each doubling takes the same room
 */
function logScale(low, high, length) {
  return (value) => (Math.log(value / low) / Math.log(high / low)) * length;
}

module.exports = { chartParts, colours, logScale };
