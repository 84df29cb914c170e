require('../setup/check-node');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { addon, dist, root } = require('../setup/paths');
const { Project, json } = require('./support/project');
const { fetchNodes } = require('./support/programs');
const { showTable } = require('./support/show-table');

const pictures = 'data/unseen-style/happy';

const cell = `
import * as tf from '@tensorflow/tfjs-node-gpu';
import { trainingDevice } from 'smile-lab';
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).arraySync();
`;

/**
 * What has to work on every Node, in this order; each gives what the table shows.
 * @type {Record<string, (project: Project, version: string, node: string) => Promise<string>>}
 */
const steps = {
  async compile(project, _version, node) {
    for (const made of [addon, dist]) {
      fs.rmSync(project.path(path.relative(root, made)), { recursive: true, force: true });
    }
    const { status, stderr } = await project.setUp({ node });
    assert.strictEqual(status, 0, stderr);
    return '✓';
  },
  async 'train and save'(project, version, node) {
    const { history } = await project.train(`models/node-${version}`, { node });
    assert.ok(history.loss[0] > 0, `the loss is ${history.loss[0]}`);
    return `loss ${history.loss[0].toFixed(3)}`;
  },
  async 'load and predict'(project, version, node) {
    const [first = ''] = fs.readdirSync(project.path(pictures)).sort();
    const args = ['--model', `models/node-${version}`, '--json', path.join(pictures, first)];
    const { predictions } = json(
      await project.command('smile-lab.js', ['predict', ...args], { node }),
    );
    const [prediction] = predictions;
    assert.ok(prediction.probability >= 0.5 && prediction.probability <= 1);
    return `${prediction.predictedClass} ${prediction.probability.toFixed(3)}`;
  },
  async cell(project, version) {
    // The set-up wrote the Node that ran it into the kernel's entry.
    const value = await project.cell(
      cell,
      '({ product, kind: trainingDevice().kind, node: process.version })',
    );
    assert.deepStrictEqual(value.product, [
      [19, 22],
      [43, 50],
    ]);
    assert.strictEqual(value.node, `v${version}`);
    return `${value.kind}, ${value.node}`;
  },
};

/** `npm run test:node-versions`: a copy of the project on each Node in turn, each time compiled anew. */
async function main() {
  const project = new Project();
  /** @type {Array<Array<string | number>>} */
  const rows = [];
  let failed = false;
  for (const { version, node } of await fetchNodes(['20', '22', '24', '26'])) {
    const start = Date.now();
    const row = [version];
    for (const [name, step] of Object.entries(steps)) {
      try {
        row.push(await step(project, version, node));
      } catch (error) {
        console.error(`Node ${version}, ${name}: ${/** @type {Error} */ (error).message}`);
        row.push('✗');
        failed = true;
        break;
      }
    }
    while (row.length <= Object.keys(steps).length) row.push('');
    rows.push([...row, Math.round((Date.now() - start) / 1000)]);
    console.log(`Node ${version}: ${row.includes('✗') ? 'failed' : 'passed'}`);
  }
  showTable(['Node', ...Object.keys(steps), 'seconds'], rows);
  process.exitCode = failed ? 1 : 0;
}

main();
