require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { dist, root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

/** How far an answer may be from that of TensorFlow Lite: engines compute 8 bits in their own order, a step is 1/256. */
const TOLERANCE = { float32: 1e-4, int8: 1 / 64 };
const MOST_OF_FLOAT = 0.26;
const MOST_POINTS = 1;

/**
 * `npm run test:phones`: lesson 1's network as .tflite, .onnx and in tfjs's format with fewer bits, each asked about the 320
 * faces of data/emotions; the .tflite also by ai-edge-litert, the engine of phones, and by LiteRT.js in a browser. And a
 * network that 8 bits break, which must be refused.
 */
afterSetUp(async () => {
  const { askLitert } = require('./phones/ask-litert');
  const { askLitertJs } = require('./phones/ask-litert-js');
  const { breakable } = require('./phones/breakable');
  const { temporaryFolder } = require('./support/temporary-folder');
  const lab = require(dist);
  const folder = temporaryFolder();
  const samples = path.join(root, 'data', 'emotions');
  let isMet = true;
  /** @param {boolean} holds @param {string} text */
  const tell = (holds, text) => {
    isMet &&= holds;
    console.log(`${holds ? 'Met' : 'MISSED'}: ${text}`);
  };

  const data = path.join(root, 'data', 'happy-or-sad');
  const [out, logs] = ['faces', 'logs'].map((name) => path.join(folder, name));
  const { classifier } = await lab.trainRecipe(lab.happyOrSad, {
    data,
    seed: 1,
    folder: out,
    logs,
  });
  console.log(`Lesson 1's network, seed 1, asked about ${path.relative(root, samples)}`);
  const files = /** @type {const} */ ([
    ['faces.tflite', undefined],
    ['dynamic.tflite', 'dynamic'],
    ['float16.tflite', 'float16'],
    ['int8.tflite', 'int8'],
    ['float16/model.json', 'float16'],
    ['uint16/model.json', 'uint16'],
    ['uint8/model.json', 'uint8'],
  ]);
  for (const [name, quantize] of files) {
    const file = path.join(folder, name);
    const report = await lab.exportClassifier(classifier, file, {
      quantize,
      samples,
      acceptLoss: true,
    });
    console.log(`${name}\n${lab.describeExport(report)}`);
    const [whole, quantized] = report.files;
    if (name !== 'int8.tflite') continue;
    const share = quantized.bytes / whole.bytes;
    tell(share <= MOST_OF_FLOAT, `the int8 file has ${share.toFixed(3)} of the float file's size`);
    const lost = 100 * (report.accuracy - quantized.accuracy);
    tell(Math.abs(lost) <= MOST_POINTS, `it loses ${lost.toFixed(1)} points of accuracy`);
  }
  await onnx();

  const pictures = await lab.imageDatasetFromDirectory(samples, {
    imageSize: [150, 150],
    shuffle: false,
    batchSize: 1000,
  });
  const [{ xs }] = await pictures.toArray();
  fs.writeFileSync(path.join(folder, 'pictures.f32'), new Uint8Array((await xs.data()).buffer));
  const shape = /** @type {number[]} */ (xs.shape);
  const litert = await askLitert(folder, ['faces.tflite', 'int8.tflite'], shape);
  const browser = await askLitertJs(folder, ['faces.tflite', 'int8.tflite'], shape);
  const own = lab.tf.tidy(() =>
    classifier.model.predict(lab.toInput(xs, classifier.input.rescale)),
  );
  const probabilities = await own.data();
  for (const { which, answers } of [litert, browser]) {
    for (const [i, kind] of /** @type {const} */ (['float32', 'int8']).entries()) {
      const [told, wanted] = [answers[i] ?? [], litert.answers[i] ?? []];
      const differences = told.map((value, j) => Math.abs(value - (wanted[j] ?? NaN)));
      const same = told.filter((value, j) => value > 0.5 === probabilities[j] > 0.5).length;
      tell(
        told.length === shape[0] && Math.max(...differences) <= TOLERANCE[kind],
        `${which}, ${kind}: the model's class in ${same} of ${told.length}; at most ${Math.max(...differences).toPrecision(2)} from ai-edge-litert`,
      );
    }
  }

  const trap = await breakable(lab, folder);
  const refused = await lab
    .exportClassifier(trap.classifier, path.join(folder, 'trap.tflite'), {
      quantize: 'int8',
      samples: trap.samples,
    })
    .then(
      () => 'it was written',
      (/** @type {Error} */ error) => error.message.replace(folder, ''),
    );
  tell(/at most 2 points may be lost/.test(refused), `a network that 8 bits break: ${refused}`);
  return isMet ? 0 : 1;

  async function onnx() {
    const { ONNX_FOLDER } = require(path.join(dist, 'phones', 'convertInPython.js'));
    const { main } = require('../get');
    if ((await main(['onnx'], ONNX_FOLDER)) !== 0) return tell(false, 'get onnx');
    const report = await lab.exportClassifier(classifier, path.join(folder, 'x.onnx'), { samples });
    console.log(`x.onnx\n${lab.describeExport(report)}`);
  }
});
