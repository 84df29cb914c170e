const { endShared } = require('./contestants');
const { writeDocument } = require('./document');
const { Inputs } = require('./inputs');
const { busyWarning, machine, shareInWords, warnEarly, watchOthers } = require('./machine');

/**
 * @typedef {import('./read-options').Options} Options
 * @typedef {Record<string, string | number>} Conditions under which figures were taken, for a document's template
 * @typedef {object} Outcome
 * @property {Record<string, string>} versions by name
 * @property {() => string} chart SVG
 * @property {(conditions: Conditions) => string} document Markdown
 */

/**
 * Watches the machine during a benchmark, and writes its documents after a full run on a quiet machine.
 * @param {string} name of the documents
 * @param {Options} options
 * @param {(inputs: Inputs, isFull: boolean) => Promise<Outcome>} work measures and prints; throws when it cannot
 * @returns {Promise<number>} exit status: 1 when the work failed, or the documents of a full run cannot be written
 */
async function sitting(name, { quick, only, rounds, leastRounds }, work) {
  const start = Date.now();
  await warnEarly();
  const othersShare = watchOthers();
  const inputs = new Inputs(quick, tell);
  const why = quick ? '--quick' : only ? '--only' : rounds < leastRounds ? '--rounds' : undefined;
  let outcome;
  try {
    outcome = await work(inputs, !why);
  } catch (error) {
    tell('');
    console.error(/** @type {Error} */ (error).message);
    return 1;
  } finally {
    await endShared();
  }
  const others = othersShare();
  const seconds = Math.ceil((Date.now() - start) / 1000);
  console.log(`\nThat took ${seconds} s; other programs took ${shareInWords(others)}.`);
  const warning = busyWarning(others);
  if (warning) console.error(warning);
  if (why || warning) {
    console.log(`\nNot written: docs/${name}.*, because of ${why ?? 'that'}.`);
    return why ? 0 : 1;
  }
  const versions = Object.entries(outcome.versions).map(([name, version]) => `${name} ${version}`);
  const conditions = {
    ...{ ...machine(), versions: versions.join(', '), others: shareInWords(others), rounds },
    ...{ seed: inputs.seed, minutes: Math.ceil(seconds / 60) },
    date: new Date().toISOString().slice(0, 10),
  };
  await writeDocument(name, outcome.document(conditions), outcome.chart());
  console.log(`\nWritten: docs/${name}.md and docs/${name}.svg.`);
  return 0;
}

/**
 * Tells on standard error what is being done: in a terminal in place, elsewhere line by line.
 * @param {string} text nothing when it is over
 */
function tell(text) {
  const { isTTY, columns } = process.stderr;
  if (isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, columns - 1)}`);
  else if (text) process.stderr.write(`${text}\n`);
}

module.exports = { sitting };
