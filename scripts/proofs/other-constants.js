require('../setup/check-node');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { joined } = require('../notebooks/read-cells');
const { afterSetUp } = require('../setup/set-up');
const { root } = require('../setup/paths');

/**
 * `npm run test:constants [-- NUMBER…]`: executes each lesson with other values in the cell whose text says that
 * everything below follows it, and with a learner's own folder. Every cell must run. A number is that of a lesson.
 */
afterSetUp(async () => {
  const { executeNotebook } = require('../notebooks/execute-notebook');
  const { lessons } = require('../notebooks/lessons');
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'smile-lab-constants-'));
  const given = process.argv.slice(2).map(Number);
  let status = 0;
  try {
    const constants = otherConstants(own);
    for (const [i, lesson] of lessons().entries()) {
      if (given.length > 0 && !given.includes(i + 1)) continue;
      const notebook = JSON.parse(fs.readFileSync(lesson, 'utf8'));
      setConstants(notebook, constants[i] ?? {});
      // In the lesson's own folder, to which its paths belong.
      const changed = path.join(path.dirname(lesson), `.${path.basename(lesson)}`);
      fs.writeFileSync(changed, JSON.stringify(notebook));
      try {
        const executed = path.join('executed', `constants-${path.basename(lesson)}`);
        await executeNotebook(changed, executed, { cellSeconds: 0 });
        console.log(`${lesson}: every cell ran with other constants`);
      } catch (error) {
        console.error(/** @type {Error} */ (error).message);
        status = 1;
      } finally {
        fs.rmSync(changed);
      }
    }
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
  return status;
});

/**
 * @param {string} own an empty folder, for what the lessons read and write
 * @returns {Array<Record<string, string>>} one for each lesson: a constant's name, and the code of its value
 */
function otherConstants(own) {
  const inOwn = (/** @type {string} */ name) => JSON.stringify(path.join(own, name));
  copyOfPictures('happy-or-sad', path.join(own, 'known'));
  copyOfPictures('unseen-style', path.join(own, 'unknown'));
  return [
    {
      IMAGE_SIZE: '[96, 120]',
      BATCH_SIZE: '16',
      FILTERS: '[8, 16, 24, 32]',
      EPOCHS: '2',
      TRAINING_PICTURES: inOwn('known'),
      UNSEEN_PICTURES: inOwn('unknown'),
      MODEL_FOLDER: inOwn('model-1'),
      LOG_FOLDER: inOwn('logs-1'),
    },
    {
      IMAGE_SIZE: '[64, 64]',
      QUICK_SIZE: '[32, 48]',
      BATCH_SIZE: '16',
      EPOCHS: '2',
      HELD_OUT_STYLE: "'noto'",
      RUN_FOLDER: inOwn('run-2'),
      LOG_FOLDER: inOwn('logs-2'),
    },
    {
      EPOCHS: '2',
      TRAINING_PICTURES: inOwn('known'),
      UNSEEN_PICTURES: inOwn('unknown'),
      PATCH_SIZE: '50',
      CORNER_SIDE: '10',
      CORNER_COLOUR: "'blue'",
    },
  ];
}

/**
 * Some pictures of `data` as a learner's own: other names for classes and files, and what systems and programs leave there.
 * @param {string} name
 * @param {string} folder
 */
function copyOfPictures(name, folder) {
  for (const [from, to] of [
    ['happy', 'glad'],
    ['sad', 'gloomy'],
  ]) {
    const source = path.join(root, 'data', name, /** @type {string} */ (from));
    const target = path.join(folder, /** @type {string} */ (to));
    fs.mkdirSync(target, { recursive: true });
    for (const [i, file] of fs.readdirSync(source).slice(0, 14).entries()) {
      fs.copyFileSync(path.join(source, file), path.join(target, `${i}.PNG`));
    }
    for (const stray of ['.DS_Store', '.hidden.png', 'Thumbs.db']) {
      fs.writeFileSync(path.join(target, stray), 'no picture');
    }
  }
  fs.mkdirSync(path.join(folder, '.git'));
  fs.writeFileSync(path.join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  fs.writeFileSync(path.join(folder, 'README.md'), 'Some faces.\n');
}

/**
 * Replaces the values of constants, each of which stands in a line of its own.
 * @param {{ cells: Array<{ cell_type: string, source: string | string[] }> }} notebook
 * @param {Record<string, string>} constants
 * @throws {Error} when a constant is not there
 */
function setConstants(notebook, constants) {
  const cell = notebook.cells.find(
    ({ cell_type, source }) => cell_type === 'code' && /^const SEED = /m.test(joined(source)),
  );
  if (!cell) throw new Error('Cannot find the cell with the constants: none begins with SEED');
  for (const [name, value] of Object.entries(constants)) {
    const line = new RegExp(`^(const ${name}\\b[^=\\n]*= )[^;\\n]*;`, 'm');
    const source = joined(cell.source);
    if (!line.test(source))
      throw new Error(`Cannot change ${name}: the lesson has no such constant`);
    cell.source = source.replace(line, (_, start) => `${start}${value};`);
  }
}
