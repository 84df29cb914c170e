const path = require('node:path');
const { dist } = require('../setup/paths');

const fontSize = 14;
const grid = '#e4e4e4';
/** Okabe and Ito's, told apart with every kind of colour blindness (https://jfly.uni-koeln.de/color/). */
const colours = { blue: '#0072B2', orange: '#D55E00', ink: '#222222' };

/**
 * Draws a chart on a white card, which reads the same on a light and on a dark page.
 * @param {object} spec in Vega-Lite's language, without looks
 * @param {string} title what the picture shows, for who cannot see it
 * @returns {Promise<string>} a self-contained SVG document
 */
async function drawChart(spec, title) {
  const { FONT, svgCard } = require(path.join(dist, 'display', 'svg', 'svgCard.js'));
  const vega = require('vega');
  const { compile } = require('vega-lite');
  const axis = {
    labelFontSize: fontSize,
    titleFontSize: fontSize,
    titleFontWeight: 'normal',
    labelColor: colours.ink,
    titleColor: colours.ink,
    gridColor: grid,
    domainColor: colours.ink,
    tickColor: colours.ink,
  };
  const config = {
    // Inside an <img> nobody reaches the descriptions of single marks; the card's title stands for them.
    aria: false,
    font: FONT,
    view: { stroke: null },
    axis,
    legend: {
      labelFontSize: fontSize,
      labelColor: colours.ink,
      labelLimit: 500,
      symbolOpacity: 1,
      title: null,
      orient: 'top',
    },
    text: { fontSize, color: colours.ink },
  };
  const whole = { background: 'transparent', padding: 0, config, ...spec };
  const view = new vega.View(vega.parse(compile(/** @type {any} */ (whole)).spec), {
    renderer: 'none',
    logLevel: vega.Error,
  });
  try {
    const svg = await view.toSVG();
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    return `${svgCard({ width: Number(width), height: Number(height), title, content: svg })}\n`;
  } finally {
    view.finalize();
  }
}

module.exports = { colours, drawChart };
