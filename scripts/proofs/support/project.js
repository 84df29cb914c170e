const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../setup/paths');
const { run, start } = require('./run');
const { temporaryFolder } = require('./temporary-folder');

/** What git does not keep: a fresh clone has none of it. */
const made = ['.git', 'node_modules', '.venv', 'dist', 'models', 'logs', 'executed'];
const setUp = "require('./scripts/setup/set-up').afterSetUp(async () => {})";

/** A copy of the project as a fresh clone has it, in the system's folder for temporary files. */
class Project {
  /**
   * @param {string} [folder] where; a new temporary folder if none is given
   * @param {string} [source] what is copied; this project if none is given
   */
  constructor(folder = path.join(temporaryFolder(), 'smile-lab'), source = root) {
    this.folder = folder;
    fs.cpSync(source, folder, {
      recursive: true,
      filter: (file) => !made.includes(path.relative(source, file)),
    });
  }

  /** @param {...string} parts */
  path(...parts) {
    return path.join(this.folder, ...parts);
  }

  /** @param {Parameters<typeof run>[2] & { node?: string }} [options] node: the binary, ours if none is given */
  setUp({ node = process.execPath, ...options } = {}) {
    return run(node, ['-e', setUp], { cwd: this.folder, ...options });
  }

  /** @param {Parameters<typeof run>[2]} [options] */
  startSetUp(options) {
    return start(process.execPath, ['-e', setUp], { cwd: this.folder, ...options });
  }

  /**
   * Runs one of the project's commands.
   * @param {string} script
   * @param {string[]} args
   * @param {Parameters<typeof run>[2] & { node?: string }} [options]
   */
  command(script, args = [], { node = process.execPath, ...options } = {}) {
    return run(node, [this.path('scripts', script), ...args], { cwd: this.folder, ...options });
  }

  /**
   * Trains one epoch and saves the model, the shortest proof that all is there and works.
   * @param {string} out
   * @param {Parameters<typeof run>[2] & { node?: string }} [options]
   * @returns {Promise<any>} what `--json` prints
   */
  async train(out, options) {
    const data = ['--data', 'data/happy-or-sad', '--epochs', '1', '--out', out, '--force'];
    return json(await this.command('smile-lab.js', ['train', ...data, '--json'], options));
  }

  /**
   * Runs one cell in the project's kernel.
   * @param {string} cell
   * @param {string} [expression] what the kernel evaluates after it
   * @param {Parameters<typeof run>[2]} [options]
   * @returns {Promise<any>} the expression's value
   * @throws {Error} with the cell's error
   */
  async cell(cell, expression = '0', options) {
    const notebook = this.path('notebooks', 'proof.ipynb');
    const cells = [
      {
        id: 'proof',
        cell_type: 'code',
        metadata: {},
        source: cell,
        outputs: [],
        execution_count: null,
      },
    ];
    const kernelspec = {
      name: 'smile-lab',
      display_name: 'Smile Lab (TypeScript)',
      language: 'typescript',
    };
    fs.mkdirSync(path.dirname(notebook), { recursive: true });
    fs.writeFileSync(
      notebook,
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }),
    );
    const execute = `
      const { executeNotebook } = require('./scripts/notebooks/execute-notebook');
      executeNotebook('notebooks/proof.ipynb', 'executed/proof.ipynb', { expression: ${JSON.stringify(expression)} }).then(
        (value) => console.log(JSON.stringify(value)),
        (error) => { console.error(error.message); process.exit(1); },
      );`;
    return json(await run(process.execPath, ['-e', execute], { cwd: this.folder, ...options }));
  }
}

/** @param {import('./run').Ended} ended */
function json({ status, stdout, stderr }) {
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/**
 * A failed set-up says what happened in a sentence, then the cure, and nothing like a stack.
 * @param {import('./run').Ended} ended
 * @param {{ cause: RegExp, cure: RegExp }} expected
 * @returns {string} the sentence
 */
function assertTold({ status, stdout, stderr }, { cause, cure }) {
  assert.strictEqual(status, 1, `exit status ${status} instead of 1:\n${stderr}`);
  assert.strictEqual(stdout, '');
  assert.doesNotMatch(stderr, /^\s+at .*:\d+/m, 'a stack was printed');
  const [said = '', advice = ''] = stderr.trim().split('\n').slice(-2);
  const sentence = said.replace(/\.$/, '');
  assert.match(sentence, cause);
  assert.match(advice, cure);
  return sentence;
}

module.exports = { Project, assertTold, json };
