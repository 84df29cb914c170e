const { showTable } = require('../proofs/support/show-table');
const { benchmarksChart, describeChart } = require('./benchmarks-chart');
const { fillTemplate } = require('./document');
const { machine } = require('./machine');
const { rowOf } = require('./measure');
const { chosenOf, measures } = require('./measures');
const { describeProfile, profile } = require('./profile');
const { runMeasures } = require('./run-measures');
const { sitting } = require('./sitting');
const { cellsOf, contextOf, markdownTable, reached, tablesOf } = require('./table');

/** @typedef {import('./measure').Row} Row */

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
  const rows = [];
  const status = await sitting('benchmarks', options, async (inputs, isFull) => {
    const versions = await runMeasures(chosen, inputs, options, (measure, answers) => {
      inputs.told('');
      const mine = measure.figures(options.quick).map((figure) => rowOf(figure, answers));
      for (const row of mine) console.log(inShort(row));
      rows.push(...mine);
    });
    rows.sort((a, b) => a.place - b.place);
    const explanation = isFull ? describeProfile(await profile(inputs), rows, machine().cores) : '';
    inputs.told('');
    for (const [head = [], ...lines] of Object.values(tablesOf(rows))) {
      if (lines.length > 0) showTable(head, lines);
    }
    console.log(`\n${contextOf(rows).join('\n')}`);
    const left = measures.filter((measure) => !chosen.includes(measure)).map(({ name }) => name);
    if (!options.only && left.length > 0) {
      console.log(`\nLeft out because of --quick, since it takes long: ${left.join(', ')}.`);
    }
    if (isFull) console.log(`\n${explanation}`);
    return {
      versions,
      document: (conditions) => benchmarksDocument(rows, conditions, explanation),
      chart: () => benchmarksChart(rows),
    };
  });
  const missed = rows.filter((row) => !reached(row).must);
  if (missed.length === 0) return status;
  console.log(`\nNot met: ${missed.map(({ measure }) => measure).join('; ')}`);
  return 1;
}

/** @param {Row} row */
function inShort(row) {
  const { measure, ours, spread, 'stock tfjs-node': stock } = cellsOf(row);
  return `${measure}: ${ours} (${spread})${row.isSeen ? '' : `, stock tfjs-node ${stock}`}`;
}

/**
 * @param {readonly Row[]} rows
 * @param {import('./sitting').Conditions} conditions
 * @param {string} explanation where the time goes
 * @returns {string} Markdown
 */
function benchmarksDocument(rows, conditions, explanation) {
  const { compared, seen } = tablesOf(rows);
  return fillTemplate('benchmarks.md', {
    ...{ ...conditions, explanation, picture: describeChart(rows) },
    ...{ compared: markdownTable(compared), seen: markdownTable(seen) },
    absolute: `- ${contextOf(rows).join('\n- ')}`,
  });
}

module.exports = { benchmark, benchmarksDocument };
