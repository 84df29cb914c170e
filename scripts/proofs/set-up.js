require('../setup/check-node');
const { parseArgs } = require('node:util');
const { NotHere } = require('./support/not-here');
const { showTable } = require('./support/show-table');
const { removeTemporaryFolders } = require('./support/temporary-folder');

/** @type {Array<{ name: string, promise: string, prove: () => Promise<string> }>} */
const proofs = [
  require('./set-up/wrong-node'),
  require('./set-up/wrong-python'),
  require('./set-up/no-venv'),
  require('./set-up/no-compiler'),
  require('./set-up/no-network'),
  require('./set-up/classroom'),
  require('./set-up/second-run'),
  require('./set-up/edited-src'),
  require('./set-up/moved'),
  require('./set-up/two-at-once'),
  require('./set-up/killed'),
  require('./set-up/full-disk'),
  require('./set-up/each-python'),
  require('./set-up/nothing-outside'),
];

/**
 * `npm run test:set-up [-- --only NAME]`: what the set-up promises, each on a copy of the project and with the real
 * cause. Exit status 0 only if none failed.
 */
async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const chosen = proofs.filter(({ name }) => !values.only || name === values.only);
  if (chosen.length === 0) {
    console.error(`--only must be one of: ${proofs.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const rows = [];
  for (const { name, promise, prove } of chosen) {
    console.log(`${name}: ${promise} …`);
    const start = Date.now();
    const [mark, seen] = await outcome(prove);
    removeTemporaryFolders();
    rows.push([mark, name, Math.round((Date.now() - start) / 1000), firstLine(seen)]);
    console.log(`${mark} ${seen}\n`);
  }
  showTable(['', 'proof', 'seconds', 'seen'], rows);
  return rows.some(([mark]) => mark === '✗') ? 1 : 0;
}

/**
 * @param {() => Promise<string>} prove
 * @returns {Promise<[mark: string, seen: string]>}
 */
async function outcome(prove) {
  try {
    return ['✓', await prove()];
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return error instanceof NotHere ? ['–', `not possible here: ${message}`] : ['✗', message];
  }
}

/** @param {string} text */
function firstLine(text) {
  return text.split('\n', 1).join();
}

main().then((status) => {
  process.exitCode = status;
});
