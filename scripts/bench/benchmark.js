const { showTable } = require('../proofs/support/show-table');
const { benchmarksChart, describeChart } = require('./benchmarks-chart');
const { chosenOf } = require('./measures');
const { sitting } = require('./sitting');
const { columns, markdownTable, reached, tableOf } = require('./table');
const { rowOf, targets } = require('./targets');

/** @typedef {import('./targets').Row} Row */

/**
 * Runs the benchmark, prints its table, and writes its documents after a full run.
 * @param {import('./read-options').Options} options
 * @returns {Promise<number>} exit status: 0 when every «must» is met, 1 when not or when the contestants differ
 */
async function benchmark(options) {
  if (process.env['SMILE_DEVICE'] === 'webgpu') {
    console.error(
      'Cannot run the benchmark on WebGPU: Keras must compute on the same device, and has none; `npm run test:webgpu` times lesson 1 there',
    );
    return 1;
  }
  const chosen = chosenOf(options);
  /** @type {Row[]} */
  let rows = [];
  /** @param {Record<string, import('./targets').Answers>} answers of some measures */
  const conclude = (answers) => {
    rows = targets.flatMap((target) => {
      const mine = answers[target.measure];
      const measure = chosen.find(({ name }) => name === target.measure);
      return mine ? rowOf(target, mine, measure?.amount?.(options.quick)) : [];
    });
    const [head, ...lines] = tableOf(columns, rows);
    showTable(head, lines);
    const values = valuesOf(rows);
    if (values.absolute) console.log(`\n${values.absolute}`);
    return { values, chart: () => benchmarksChart(rows) };
  };
  const show = chosen.length > 1 ? conclude : undefined;
  const status = await sitting('benchmarks', options, chosen, conclude, show);
  const missed = rows.filter((row) => !reached(row).must);
  if (missed.length === 0) return status;
  console.log(`\nNot met: ${missed.map(({ row }) => row).join('; ')}`);
  return 1;
}

/** @param {readonly Row[]} rows @returns for the document; absolute: medians, which hold for one machine on one day */
function valuesOf(rows) {
  const { measure, ours: median, spread, must, met } = columns;
  const seen = { measure, median, spread, must, met }; // nobody else shows it, and there is no aim beyond what must be
  const [ratios, times] = [rows.filter(({ unit }) => !unit), rows.filter(({ unit }) => unit)];
  const absolute = rows.flatMap((row) => (row.absolute ? `- ${row.row}: ${row.absolute}` : []));
  return {
    compared: markdownTable(tableOf(columns, ratios)),
    seen: markdownTable(tableOf(seen, times)),
    ...{ picture: describeChart(rows), absolute: absolute.join('\n') },
  };
}

module.exports = { benchmark, valuesOf };
