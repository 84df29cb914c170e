import { element, short, table } from './dom.js';

/** Of Okabe and Ito, distinguished by colour-blind people; each has a contrast of 3 : 1 on white. */
export const colours = [
  '#0072b2',
  '#c04f00',
  '#007a5a',
  '#a0457d',
  '#7a5c00',
  '#4d4d4d',
  '#3d3db8',
  '#b3261e',
];

/** More points than these make tfjs-vis slow, and a screen shows no more. */
const MOST_POINTS = 250;
/** So many have room for a number under each. */
const FEW_POINTS = 21;
const ROWS_IN_TABLE = 25;

/** @type {Promise<any> | undefined} */
let library;

/** tfjs-vis, 1.2 MB: only once there is something to draw, so that the page is there before it. */
export function tfvis() {
  library ??= new Promise((resolve, reject) => {
    const script = element('script', { src: './tfjs-vis.js' });
    script.onload = () => resolve(/** @type {any} */ (window).tfvis);
    script.onerror = () => reject(new Error('tfjs-vis cannot be loaded'));
    document.head.append(script);
  });
  return library;
}

/**
 * A name as the drawing bears it: Vega takes dots and brackets for paths into an object, and a long name would leave no
 * room for the curves. Two names that became equal are distinguished by spaces of no width.
 *
 * @param {string} name @param {number} index
 */
function legendName(name, index) {
  const plain = name.replace(/[.[\]\\'"`<>&]/g, '·');
  const brief = plain.length > 22 ? `${plain.slice(0, 13)}…${plain.slice(-8)}` : plain;
  return brief + '\u200b'.repeat(index);
}

/**
 * Draws into a container, and shows the drawing once it is ready, so that nothing flickers.
 *
 * @param {HTMLElement} container
 * @param {number} height
 * @param {(tfvis: any, area: HTMLElement, size: { width: number, height: number }) => Promise<void>} draw
 */
async function drawInto(container, height, draw) {
  const vis = await tfvis();
  // A pause before each drawing, so that the page answers between two.
  await new Promise((resolve) => setTimeout(resolve));
  const area = element('div', { attributes: { 'aria-hidden': 'true' } });
  await draw(vis, area, { width: Math.max(240, container.clientWidth), height });
  container.replaceChildren(area);
}

/**
 * @typedef {{ name: string, colour: string, epoch: number[], values: number[] }} Series
 */

/**
 * A card with one chart of several curves; `update` draws it anew.
 *
 * @param {string} title
 */
export function curveCard(title) {
  const container = element('div', { className: 'chart' });
  const note = element('p', { className: 'note', hidden: true });
  const scroll = element('div', {
    className: 'scroll',
    tabIndex: 0,
    attributes: { role: 'region', 'aria-label': `${title}: numbers` },
  });
  const details = element('details', {}, element('summary', {}, 'The same as a table'), scroll);
  const card = element(
    'article',
    { className: 'card' },
    element('h3', {}, title),
    container,
    note,
    details,
  );
  /** @type {Series[]} */
  let shown = [];
  /** What is drawn now, so that the same is not drawn twice. */
  let drawn = '';
  const fillTable = () => {
    if (details.open) scroll.replaceChildren(curveTable(title, shown));
  };
  details.addEventListener('toggle', fillTable);

  /** @param {Series[]} all */
  async function update(all) {
    shown = all;
    const series = all.filter(({ values }) => values.some(Number.isFinite));
    container.hidden = series.length === 0;
    const broken = all.filter(({ values }) => values.some((value) => !Number.isFinite(value)));
    const gaps = broken
      .map(({ name, epoch, values }) => {
        const where = epoch.filter((_, i) => !Number.isFinite(values[i]));
        const what = [
          ...new Set(values.filter((value) => !Number.isFinite(value)).map(String)),
        ].join(', ');
        return `${name}: ${what} in ${where.length === 1 ? 'epoch' : 'epochs'} ${ranges(where)}, where no line can be drawn.`;
      })
      .join(' ');
    fillTable();
    const { rows, epochs, step } = gridOf(series);
    const thinned = step === 1 ? '' : `Every ${step}th epoch is drawn. `;
    const points = series.filter(({ values }) => values.filter(Number.isFinite).length === 1);
    const single = points.map(
      ({ name, values }) =>
        ` ${name}: ${short(values.find(Number.isFinite))}, one point and no line yet.`,
    );
    note.textContent = (thinned + gaps + single.join('')).trim();
    note.hidden = note.textContent === '';
    const sum = (/** @type {number[]} */ values) =>
      values.reduce((all, each) => all + (each || 0), 0);
    const key = JSON.stringify([
      ...[step, container.clientWidth, series.map(({ name, colour }) => [name, colour])],
      series.map(({ epoch, values }) => [
        Math.floor((epoch.at(-1) ?? 0) / step),
        step === 1 ? sum(values) : 0,
      ]),
    ]);
    if (series.length === 0 || key === drawn) return;
    drawn = key;
    const names = series.map(({ name }, i) => legendName(name, i));
    // Vega gives the colours out in the order of the alphabet.
    const inOrder = [...names].sort().map((name) => series[names.indexOf(name)]?.colour);
    await drawInto(container, 250, (vis, area, size) =>
      vis.render.linechart(
        area,
        { values: rows, series: names },
        {
          ...size,
          // The empty line keeps the letters of the first one whole: tfjs-vis leaves no room below.
          xLabel: ['epoch', ' '],
          yLabel: title.split(',')[0],
          zoomToFit: true,
          fontSize: 12,
          seriesColors: inOrder,
          mend: (/** @type {any} */ spec) => standAtEpochs(spec, epochs),
        },
      ),
    );
  }
  return { card, update };
}

/**
 * One grid of epochs for all curves, from the first that one of them has; of many every tenth or hundredth.
 *
 * @param {Series[]} series
 */
function gridOf(series) {
  const first = Math.min(...series.map(({ epoch }) => epoch[0] ?? Infinity));
  const last = Math.max(...series.map(({ epoch }) => epoch.at(-1) ?? 0));
  const step = 10 ** Math.max(0, Math.ceil(Math.log10((last - first + 1) / MOST_POINTS)));
  const begin = Math.ceil(first / step) * step;
  const count = Math.max(0, Math.floor((last - begin) / step) + 1);
  const epochs = Array.from({ length: count }, (_, i) => begin + i * step);
  const rows = series.map(({ epoch, values }) => {
    const valueAt = new Map(epoch.map((each, i) => [each, values[i] ?? NaN]));
    return epochs.map((x) => {
      const y = valueAt.get(x) ?? NaN;
      return { x, y: Number.isFinite(y) ? y : NaN };
    });
  });
  return { rows, epochs, step };
}

/**
 * tfjs-vis counts points from 0, and Vega writes fractions between few: each point stands at its epoch, and so do the
 * numbers below, from the first epoch to the last.
 *
 * @param {any} spec of Vega-Lite, as tfjs-vis has made it
 * @param {number[]} epochs
 */
function standAtEpochs(spec, epochs) {
  epochs.forEach((epoch, i) => (spec.data.values[i].x = epoch));
  spec.encoding.x.scale = { zero: false, nice: false };
  spec.encoding.x.axis =
    epochs.length <= FEW_POINTS ? { values: epochs, format: 'd' } : { tickMinStep: 1 };
  return spec;
}

/** @param {string} title @param {Series[]} series */
function curveTable(title, series) {
  const epochs = [...new Set(series.flatMap(({ epoch }) => epoch))].sort((a, b) => a - b);
  const every = Math.ceil(epochs.length / ROWS_IN_TABLE);
  const chosen = epochs.filter((_, i) => i % every === 0 || i === epochs.length - 1);
  const rows = chosen.map((epoch) => [
    epoch,
    ...series.map(({ epoch: own, values }) => {
      const index = own.indexOf(epoch);
      return index < 0 ? '–' : short(values[index]);
    }),
  ]);
  const caption = every === 1 ? title : `${title}; every ${every}th epoch, and the last`;
  return table(
    caption,
    ['epoch', ...series.map(({ name }) => name)],
    rows,
    new Set(rows[0]?.keys() ?? []),
  );
}

/** @param {number[]} numbers ascending */
function ranges(numbers) {
  /** @type {number[][]} */
  const found = [];
  for (const each of numbers) {
    const last = found.at(-1);
    if (last && last[1] === each - 1) last[1] = each;
    else found.push([each, each]);
  }
  const named = found
    .slice(0, 5)
    .map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return named.join(', ') + (found.length > 5 ? ' …' : '');
}

/**
 * Draws how the numbers of a weight are spread.
 *
 * @param {HTMLElement} container
 * @param {{ columns: Array<{ middle: string, count: number }> }} weight
 */
export async function drawHistogram(container, { columns }) {
  const bars = columns.map(({ middle, count }) => ({ index: Number(middle), value: count }));
  await drawInto(container, 260, (vis, area, size) =>
    vis.render.barchart(area, bars, {
      ...size,
      xLabel: ['value (middle of the column)', ' '],
      yLabel: 'numbers',
      fontSize: 12,
      color: colours[0],
    }),
  );
}
