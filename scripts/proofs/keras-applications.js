require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { loadLibrary } = require('../load-library');
const { python } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

const NAMES = ['MobileNetV3Small', 'EfficientNetV2B0', 'ResNet50'];

/** How far a number may be from Keras', as a share of the largest. */
const TOLERANCE = 1e-4;

/**
 * `npm run test:backbones`: files that the real keras.applications makes, of networks with their preprocessing inside, are
 * loaded as backbones up to a layer in their middle, which must give what it gives in Keras.
 */
afterSetUp(async () => {
  const { cleanEnvironment } = require('../setup/python-environment');
  const { runProgram } = require('../bench/run-program');
  const { temporaryFolder } = require('./support/temporary-folder');
  const { loadBackbone, tf } = loadLibrary();
  const folder = temporaryFolder();
  const script = path.join(__dirname, 'keras-applications', 'make.py');
  const env = { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' };
  const { answer } = await runProgram(python, [script, folder, ...NAMES], { env });
  /** @param {string} name */
  const numbers = (name) =>
    new Float32Array(Uint8Array.from(fs.readFileSync(path.join(folder, `${name}.f32`))).buffer);
  const pictures = tf.tensor(numbers('pictures'), [2, 64, 64, 3]);
  let isMet = true;
  for (const { name, layer } of answer.made) {
    for (const ending of ['keras', 'h5']) {
      const file = path.join(folder, `${name}.${ending}`);
      const start = performance.now();
      const { model } = await loadBackbone(file, { layer, input: { rescale: 'none' } });
      const seconds = (performance.now() - start) / 1000;
      const found = /** @type {import('../../src').tf.Tensor} */ (model.predict(pictures));
      const wanted = numbers(name);
      const values = /** @type {Float32Array} */ (await found.data());
      const difference = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (wanted[i] ?? NaN))),
        0,
      );
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const isClose = difference <= TOLERANCE * largest && values.length === wanted.length;
      isMet &&= isClose;
      console.log(
        `${isClose ? 'Met' : 'MISSED'}: ${name}.${ending} up to ${layer}, ${model.layers.length} layers, loaded in ${seconds.toFixed(1)} s; differs by ${difference.toExponential(1)} at most, of ${largest.toPrecision(3)}`,
      );
      tf.dispose(found);
      model.dispose();
    }
  }
  return isMet ? 0 : 1;
});
