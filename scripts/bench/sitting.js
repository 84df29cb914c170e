const { setTimeout } = require('node:timers/promises');
const { fillTemplate, writeDocument } = require('./document');
const { Inputs } = require('./inputs');
const { busyWarning, machine, shareInWords, watchOthers } = require('./machine');
const { runMeasures } = require('./run-measures');

/**
 * Runs measures while it watches the machine, and writes documents after a full run on a quiet one.
 * @param {string} name of the documents and their template
 * @param {import('./read-options').Options} options
 * @param {readonly import('./run-measures').Measure[]} measures
 * @param {(answers: Record<string, import('./targets').Answers>) => { values: Record<string, string | number>,
 *   chart: () => string }} conclude prints what the measures answered, and gives what stands in the document, and its SVG
 * @param {(answers: Record<string, import('./targets').Answers>) => unknown} [show] prints what one measure answered
 * @returns {Promise<number>} exit status: 1 when the measures failed, or the documents of a full run cannot be written
 */
async function sitting(name, { quick, only, rounds, leastRounds }, measures, conclude, show) {
  const start = Date.now();
  const othersShare = watchOthers();
  const warn = () => {
    const warning = busyWarning(othersShare());
    if (warning) console.error(warning);
    return warning;
  };
  await setTimeout(1000);
  warn(); // before many minutes are spent in vain
  const inputs = new Inputs(quick, tell);
  let outcome;
  try {
    outcome = await runMeasures(measures, inputs, rounds, show);
  } catch (error) {
    tell('');
    console.error(/** @type {Error} */ (error).message);
    return 1;
  }
  const { values, chart } = conclude(outcome.answers);
  const others = othersShare();
  const seconds = Math.ceil((Date.now() - start) / 1000);
  console.log(`\nThat took ${seconds} s; other programs took ${shareInWords(others)}.`);
  const warning = warn();
  const why = quick ? '--quick' : only ? '--only' : rounds < leastRounds ? '--rounds' : undefined;
  if (why || warning) {
    console.log(`\nNot written: docs/${name}.*, because of ${why ?? 'that'}.`);
    return why ? 0 : 1;
  }
  const versions = Object.entries(outcome.versions).map(([name, version]) => `${name} ${version}`);
  const conditions = {
    ...{ ...machine(), versions: versions.join(', '), others: shareInWords(others), rounds },
    ...{ seed: inputs.seed, date: new Date().toISOString().slice(0, 10) },
    minutes: Math.ceil(seconds / 60),
  };
  await writeDocument(name, fillTemplate(name, { ...conditions, ...values }), chart());
  console.log(`\nWritten: docs/${name}.md and docs/${name}.svg.`);
  return 0;
}

/** @param {string} text what is being done, told on standard error: in a terminal in place; nothing when it is over */
function tell(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
  else if (text) process.stderr.write(`${text}\n`);
}

module.exports = { sitting };
