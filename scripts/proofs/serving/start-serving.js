const path = require('node:path');
const { root } = require('../../setup/paths');
const { start } = require('../support/run');

/** Under which the model is served. */
const NAME = 'faces';

/**
 * Saves the network of lesson 1, with the weights that it begins with: they answer as fast as trained ones.
 * @param {string} folder
 * @param {any} smileLab the library
 * @returns {Promise<string>} where it lies
 */
async function modelFolder(folder, { buildHappyOrSad, saveClassifier }) {
  const model = buildHappyOrSad({ seed: 1 });
  const location = path.join(folder, NAME);
  const input = { imageSize: [150, 150], rescale: { divisor: 255 } };
  await saveClassifier({ model, classNames: ['happy', 'sad'], input }, location);
  model.dispose();
  return location;
}

/**
 * Starts `smile-lab serve` and waits until it answers.
 * @param {string} model its folder
 * @param {string[]} [args]
 */
async function startServing(model, args = []) {
  let printed = '';
  /** @type {(address: string) => void} */
  let answers = () => {};
  const address = new Promise((resolve) => (answers = resolve));
  const script = path.join(root, 'scripts', 'smile-lab.js');
  const server = start(process.execPath, [script, 'serve', model, '--port', '18501', ...args], {
    onText(text) {
      printed += text;
      const [, found] = /^(http:\S+) answers/m.exec(printed) ?? [];
      if (found !== undefined) answers(found);
    },
  });
  const ended = server.ended.then(() => Promise.reject(new Error(`It does not serve: ${printed}`)));
  /** @type {string} */
  const found = await Promise.race([address, ended]);
  ended.catch(() => {});
  const kill = () => {
    try {
      server.kill();
    } catch (error) {
      // It has ended.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  };
  return { ...server, kill, address: found };
}

module.exports = { NAME, modelFolder, startServing };
