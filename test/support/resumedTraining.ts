/**
 * A training in a process of its own, for {@link runCompiled}: arguments folder and epochs, pictures in the
 * environment. It goes on from the checkpoint in the folder, tells `training` after the first epoch that it has made, and
 * ends with one line: `done`, history and weights.
 */
export const RESUMED_TRAINING = `
const [folder, epochs] = args;
const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
const model = tf.sequential({ layers: [
  tf.layers.flatten({ inputShape: [4, 4, 3] }),
  tf.layers.dense({ units: 8, kernelInitializer }),
  tf.layers.batchNormalization(),
  tf.layers.dropout({ rate: 0.5, seed: 7 }),
  tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
] });
model.compile({ optimizer: lab.kerasAdam(0.01), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
const data = process.env.PICTURES;
const { classNames, train, validation } = await lab.splitPictures(data, { seed: 1 });
const said = [];
const print = (line) => said.push(line);
const callbacks = [lab.stopEarly({ patience: 1000, print }), lab.keepBestWeights({ print })];
const before = await lab.resumeTraining(model, folder, callbacks);
const options = { classNames, imageSize: [4, 4], batchSize: 4, labelMode: 'binary', seed: 1 };
const load = async (files, more) =>
  (await lab.imageDatasetFromFiles(files, { ...options, ...more })).map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
let isTold = false;
const tell = new tf.CustomCallback({
  onEpochEnd: async () => {
    if (!isTold) process.stdout.write('training\\n');
    isTold = true;
  },
});
Object.assign(tell, { order: 3 }); // behind the checkpoint
const { history } = await model.fitDataset(await load(train, {}), {
  epochs: Number(epochs),
  initialEpoch: before.epoch,
  verbose: 0,
  validationData: await load(validation, { shuffle: false }),
  callbacks: [
    lab.stopAtNaN(), ...callbacks, lab.scheduleLearningRate({ schedule: (epoch) => 0.01 * 0.9 ** epoch }),
    lab.keepCheckpoint({ folder }), tell,
  ],
});
const all = Object.fromEntries(
  Object.entries(history).map(([name, values]) => [name, [...(before.history[name] ?? []), ...values]]),
);
const weights = model.getWeights().map((weight) => Array.from(weight.dataSync()));
process.stdout.write('done ' + JSON.stringify({ history: all, weights, said }) + '\\n');
`;
