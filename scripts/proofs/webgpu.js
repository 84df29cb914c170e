require('../setup/check-node');
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { afterSetUp } = require('../setup/set-up');
const { NotHere } = require('./support/not-here');
const { json } = require('./support/project');
const { run } = require('./support/run');
const { onSwiftShader } = require('./support/swift-shader');

const notebook = path.join('notebooks', '01-happy-or-sad.ipynb');
const unseen = path.join('data', 'unseen-style', 'sad');

/** The lesson says which folder; the cells ran in `notebooks`. */
const model = path.join('models', 'lesson-1');

/** Largest difference between a probability on WebGPU and the same model's on the CPU. */
const tolerance = 1e-4;

/**
 * `npm run test:webgpu`: lesson 1, as it stands, from the first cell to the last on WebGPU, by SwiftShader. It must reach
 * 99.9 %, and what it saves must predict the same on the CPU. On two cores it takes most of an hour.
 */
afterSetUp(async () => {
  let environment;
  try {
    environment = onSwiftShader();
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`– ${error.message}`);
    return 0;
  }
  Object.assign(process.env, environment);
  // Only now: it hands this environment to the kernel.
  const { executeNotebook } = require('../notebooks/execute-notebook');
  const { device, accuracy, seconds } = await executeNotebook(
    notebook,
    path.join('executed', '01-happy-or-sad-on-webgpu.ipynb'),
    {
      cellSeconds: 0,
      expression: `({
        device: trainingDevice(),
        accuracy: history.history['acc'],
        seconds: trainingSeconds,
      })`,
      watcher: { cell: (cell, of) => console.log(`cell ${cell} of ${of}`) },
    },
  );
  console.log(device.description);
  console.log(`epochs ${accuracy.length}, accuracy ${accuracy.at(-1)}, ${seconds.toFixed(0)} s`);
  assert.strictEqual(device.kind, 'webgpu');
  assert.ok(accuracy.at(-1) >= 0.999, 'the training did not reach 99.9 %');

  const onWebGpu = await probabilitiesOfSad({ SMILE_DEVICE: 'webgpu' });
  const onCpu = await probabilitiesOfSad({ SMILE_DEVICE: 'cpu' });
  const largest = Math.max(
    ...onCpu.map((probability, i) => Math.abs(probability - (onWebGpu[i] ?? NaN))),
  );
  console.log(`${onCpu.length} pictures on the CPU: largest difference ${largest}`);
  assert.ok(largest <= tolerance, `more than ${tolerance}`);
  return 0;
});

/**
 * What the saved model says of pictures that it has not seen, by the command `smile-lab`.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number[]>}
 */
async function probabilitiesOfSad(env) {
  const pictures = fs.readdirSync(unseen).map((name) => path.join(unseen, name));
  const args = ['scripts/smile-lab.js', 'predict', '--model', model, '--json', ...pictures];
  /** @type {{ classNames: string[], predictions: Array<{ probabilities: number[] }> }} */
  const { classNames, predictions } = json(await run(process.execPath, args, { env }));
  return predictions.map(({ probabilities }) => Number(probabilities[classNames.indexOf('sad')]));
}
