require('./setup/check-node');
const { parseArgs } = require('node:util');
const { diagnose } = require('./setup/diagnose');
const { tensorflowFolder } = require('./setup/paths');
const { steps } = require('./setup/set-up');

/**
 * `npm run doctor`, `npx smile-lab doctor [--json]`.
 * @param {string[]} args
 */
function main(args) {
  let json = false;
  try {
    const options = /** @type {const} */ ({ json: { type: 'boolean' }, help: { type: 'boolean' } });
    const { values } = parseArgs({ args, options });
    json = values.json === true;
    if (values.help) {
      console.log(
        'Usage: smile-lab doctor [--json]\n\nTells what is installed, which device trains, and why.\n\n' +
          'Examples:\n  $ npx smile-lab doctor\n  $ npx smile-lab doctor --json',
      );
      return;
    }
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 2;
    return;
  }

  const { why, missing, unknown, ...diagnosis } = diagnose();
  const human = [
    `Node        ${diagnosis.node}`,
    `Python      ${diagnosis.python || 'no virtual environment yet'}`,
    `TensorFlow  ${diagnosis.tensorflow || (tensorflowFolder() ? (unknown.length > 0 ? 'installed' : 'installed, not running') : 'not installed yet')}`,
    `Device      ${diagnosis.device ? `${diagnosis.device.toUpperCase()}: ${why}` : why || 'none can be chosen'}`,
    ...steps.map(
      ({ name }) => `${missing.includes(name) ? '✗' : unknown.includes(name) ? '?' : '✓'} ${name}`,
    ),
    ...diagnosis.problems.map(({ what, cure }) => `\nProblem: ${what}\nCure:    ${cure}`),
    diagnosis.ok ? '\nAll is well.' : '',
  ].join('\n');
  if (json) {
    console.error(human);
    console.log(JSON.stringify(diagnosis));
  } else {
    console.log(human);
  }
  process.exitCode = diagnosis.ok ? 0 : 1;
}

module.exports = { main };
if (require.main === module) main(process.argv.slice(2));
