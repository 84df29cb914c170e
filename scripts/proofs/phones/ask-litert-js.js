const express = require('express');
const { startChromium } = require('../../browser/start-chromium');
const { endAll } = require('../../browser/at-the-end');
const { runNpm } = require('../../setup/node-packages');

const VERSION = '2.5.3';

const PAGE = `<!doctype html><title>LiteRT.js</title>
<script type="importmap">{"imports": {
  "@litertjs/core": "/node_modules/@litertjs/core/dist/index.js",
  "@litertjs/wasm-utils": "/node_modules/@litertjs/wasm-utils/dist/index.js"
}}</script>
<script type="module">
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
window.ask = async (file, shape) => {
  window.loaded ??= loadLiteRt('/node_modules/@litertjs/core/wasm/');
  await window.loaded;
  const [count, ...one] = shape;
  const length = one.reduce((product, size) => product * size);
  const pictures = new Float32Array(await (await fetch('/pictures.f32')).arrayBuffer());
  const model = await loadAndCompile('/' + file, { accelerator: 'wasm' });
  const answers = [];
  for (let i = 0; i < count; i++) {
    const tensor = new Tensor(pictures.slice(i * length, (i + 1) * length), [1, ...one]);
    const [result] = await model.run(tensor);
    answers.push(result.toTypedArray()[0]);
    tensor.delete();
    result.delete();
  }
  return answers;
};
window.isReady = true;
</script>`;

/**
 * Asks LiteRT.js in Chromium, which is installed for this alone.
 * @param {string} folder with the files, and the pictures in pictures.f32
 * @param {string[]} files
 * @param {number[]} shape of the pictures
 * @returns {Promise<{ which: string, answers: number[][] }>} of each file the answers
 */
async function askLitertJs(folder, files, shape) {
  const packages = ['core', 'wasm-utils'].map((name) => `@litertjs/${name}@${VERSION}`);
  await runNpm(['install', '--prefix', folder, '--no-save', '--no-audit', ...packages]);
  const app = express();
  app.get('/', (_, response) => void response.send(PAGE));
  app.use(express.static(folder));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    const { browser, which } = await startChromium(folder);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction('window.isReady');
    const answers = [];
    for (const file of files) {
      answers.push(await page.evaluate(`ask(${JSON.stringify(file)}, ${JSON.stringify(shape)})`));
    }
    const [name] = which.split(' (');
    return {
      which: `LiteRT.js ${VERSION} in ${name}`,
      answers: /** @type {number[][]} */ (answers),
    };
  } finally {
    await endAll();
    server.close();
  }
}

module.exports = { askLitertJs };
