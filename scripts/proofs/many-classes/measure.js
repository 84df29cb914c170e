const fs = require('node:fs');
const path = require('node:path');
const { loadLibrary } = require('../../load-library');
const { temporaryFolder } = require('../support/temporary-folder');

/** @type {typeof import('../../../src/index')} */
const library = loadLibrary();

/** The recipe with small pictures, so that what the classes cost is not hidden by what the pixels cost. */
const SIDE = 32;
/** @type {import('../../../src/index').Recipe} */
const recipe = {
  ...library.emotions,
  loading: { ...library.emotions.loading, imageSize: [SIDE, SIDE] },
  build: ({ seed, classes, colorMode }) =>
    library.buildEmotion({ seed, classes, colorMode, imageSize: [SIDE, SIDE] }),
};

/**
 * Does all that a folder of pictures goes through, one step after the other, and prints the seconds of each and the most
 * memory that the process has held.
 * usage: node measure.js FOLDER
 */
async function main() {
  const folder = process.argv[2] ?? '';
  const home = temporaryFolder();
  const logs = path.join(home, 'logs');
  /** @type {Record<string, number>} */
  const seconds = {};
  /** @template T @param {string} step @param {() => Promise<T>} work */
  const timed = async (step, work) => {
    const start = performance.now();
    const result = await work();
    seconds[step] = (performance.now() - start) / 1000;
    process.stderr.write(
      `${step}: ${seconds[step]?.toFixed(1)} s, at most ${peak().toFixed(0)} MB\n`,
    );
    return result;
  };
  await library.tf.ready();
  const report = await timed('check', () => library.checkPictures(folder));
  await timed('describe the check', async () => library.describeCheck(report));
  // Where trainRecipe looks for it: it need not check the pictures again.
  const file = path.join(home, 'split.json');
  const split = await timed('split', () =>
    library.splitPictures(folder, { seed: 1, report, file }),
  );
  await timed('class weights', async () =>
    library.balancedClassWeights(
      split.train.map(({ label }) => label),
      split.classNames.length,
    ),
  );
  const run = await timed('list, train an epoch and test', () =>
    library.trainRecipe(recipe, {
      data: folder,
      seed: 1,
      epochs: 1,
      folder: home,
      logs,
      resume: true,
    }),
  );
  const { classifier, test } = run;
  if (!test) throw new Error('Cannot measure: a test part is required, got none');
  await timed('report', async () => library.describeEvaluation(test));
  await timed('confusion matrix', async () => library.drawConfusionMatrix(test));
  await timed('top losses', () => library.drawTopLosses(test));
  await timed('evaluate all pictures', () => library.evaluatePictures(classifier, folder));
  const model = path.join(home, 'model');
  await timed('save and load', async () => {
    await library.saveClassifier(classifier, model);
    classifier.model.dispose();
    return library.loadClassifier(model);
  });
  console.log(
    JSON.stringify({ seconds, peak: peak(), device: library.trainingDevice().description }),
  );
}

/** The most memory that this process has held at once, its own alone (proc(5)), in MB. */
function peak() {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  return (1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1])) / 1e6;
}

void main();
