const path = require('node:path');
const { showTable } = require('../proofs/support/show-table');
const { root } = require('../setup/paths');
const { benchmarksChart, describeChart } = require('./benchmarks-chart');
const { benchmarksDocument } = require('./benchmarks-document');
const { endShared } = require('./contestants');
const { formatted } = require('./formatted');
const { Inputs } = require('./inputs');
const { machine } = require('./machine');
const { chosenOf, measures } = require('./measures');
const { describeProfile, profile } = require('./profile');
const { progress } = require('./progress');
const { runMeasures } = require('./run-measures');
const { contextOf, parted, reached, tableOf, tableOfSeen } = require('./table');
const { busyWarning, shareInWords, warnEarly, watchOthers } = require('./watch-others');
const { writeWhole } = require('./write-whole');

const seed = 1;
/** Fewer are no median that a document may carry. */
const leastRounds = 5;

/**
 * Runs the benchmark, prints its table, and writes its documents after a full run.
 * @param {{ rounds: number, quick: boolean, only: string | undefined }} options
 * @returns {Promise<number>} exit status: 0 when every «must» is met, 1 when not or when the contestants differ
 */
async function benchmark({ rounds, quick, only }) {
  const start = Date.now();
  if (process.env['SMILE_DEVICE'] === 'webgpu') {
    console.error(
      'Cannot run the benchmark on WebGPU: Keras must compute on the same device, and has none; `npm run test:webgpu` times lesson 1 there',
    );
    return 1;
  }
  const { cores } = machine();
  await warnEarly();
  const othersShare = watchOthers();

  const screen = progress();
  const chosen = chosenOf(measures, { quick, only });
  const options = { quick, rounds, told: screen.told };
  const inputs = new Inputs(seed);
  let why = quick ? '--quick' : only ? '--only' : rounds < leastRounds ? '--rounds' : undefined;
  let result;
  let explanation = '';
  try {
    result = await runMeasures(chosen, inputs, options, (rows) => {
      screen.end();
      for (const row of rows) {
        const [, [measure, stock, ours, spread] = []] = tableOf([row]);
        const beside = row.isSeen ? '' : `, stock tfjs-node ${stock}`;
        console.log(`${measure}: ${ours} (${spread})${beside}`);
      }
    });
    if (!why) explanation = describeProfile(await profile(inputs, screen.told), result.rows, cores);
  } catch (error) {
    screen.end();
    console.error(/** @type {Error} */ (error).message);
    return 1;
  } finally {
    await endShared();
  }
  const others = othersShare();
  screen.end();
  const { rows, versions } = result;
  const { compared, seen } = parted(rows);
  for (const [head = [], ...lines] of [tableOf(compared), tableOfSeen(seen)]) {
    if (lines.length > 0) showTable(head, lines);
  }
  console.log(`\n${contextOf(rows).join('\n')}`);

  if (!only && chosen.length < measures.length) {
    const out = measures.filter((measure) => !chosen.includes(measure)).map(({ name }) => name);
    console.log(`\nLeft out because of --quick, since it takes long: ${out.join(', ')}.`);
  }
  const seconds = Math.ceil((Date.now() - start) / 1000);
  console.log(`\nThat took ${seconds} s; other programs took ${shareInWords(others)}.`);
  const warning = busyWarning(others);
  if (warning) {
    console.error(warning);
    why ??= 'that';
  }
  if (why) console.log(`\nNot written: docs/benchmarks.*, because of ${why}.`);
  else {
    console.log(`\n${explanation}`);
    const date = new Date().toISOString().slice(0, 10);
    const minutes = Math.ceil(seconds / 60);
    const sitting = { machine: machine(), versions, seed, rounds, date, minutes, others };
    const picture = describeChart(rows);
    const docs = path.join(root, 'docs');
    writeWhole({
      [path.join(docs, 'benchmarks.md')]: await formatted(
        benchmarksDocument(rows, sitting, picture, explanation),
      ),
      [path.join(docs, 'benchmarks.svg')]: benchmarksChart(rows),
    });
    console.log('\nWritten: docs/benchmarks.md and docs/benchmarks.svg.');
  }
  const missed = rows.filter((row) => !reached(row).must);
  if (missed.length === 0) return 0;
  console.log(`\nNot met: ${missed.map(({ measure }) => measure).join('; ')}`);
  return 1;
}

module.exports = { benchmark };
