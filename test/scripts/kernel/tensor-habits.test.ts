import path from 'node:path';

import { describeDiagnostics } from '../../../scripts/kernel/cell-error';
import { mendedConverter } from '../../../scripts/kernel/mended-converter';

const FIRST = `import { tf, buildHappyOrSad, evaluateClassifier, evaluatePictures, showFilters, trainRecipe, type Classifier, drawHistory, imageDatasetFromDirectory, predictPicture, showPictures, stopAtAccuracy } from 'smile-lab';
const model = buildHappyOrSad(); const xs = tf.ones([2, 3]); const ys = tf.ones([2, 3]);
const ds = await imageDatasetFromDirectory('data'); const history = await model.fitDataset(ds, { epochs: 1 }); const [batch] = await ds.take(1).toArray();`;

const HABITS: Array<[cell: string, cure: string]> = [
  ['tf.sequential([tf.layers.dense({ units: 1 })])', 'tf.sequential({ layers: [ … ] })'],
  ["tf.layers.dense(128, { activation: 'relu' })", 'tf.layers.dense({ units: 128, activation:'],
  ['tf.keras.layers.Dense(1)', 'is tf.layers.dense({ units: 1 })'],
  ['stopAtAccuracy(0.9)', 'stopAtAccuracy({ accuracy: 0.9 })'],
  ['xs / 255', 'xs.div(255)'],
  ['1 - xs', 'xs.sub(ys)'],
  ['xs + 1', 'xs.add(1)'],
  ['-xs', 'xs.neg()'],
  ['xs > 0.5', 'xs.greater(0.5)'],
  ['xs.numpy()', 'await tensor.array()'],
  ['model.predict(xs).dataSync()', 'model.predict(x) as tf.Tensor'],
  ['if True:\n  1', 'In TypeScript a block stands in braces'],
  ['model.layers[-1].name', 'model.layers.at(-1)!'],
  ['await showPictures(ds)', 'showPictures(dataset.filePaths)'],
  ['drawHistory(history)', 'history.history'],
  ["await predictPicture('models/x', 'a.png')", "await loadClassifier('models/mine')"],
  ['tf.tensor([1, 2, 3])[0]', 'await tensor.data()'],
  ['xs == ys', 'tf.equal(a, b)'],
  ['xs != ys', 'tf.equal(a, b)'],
  ['await model.evaluateDataset(ds)', 'model.evaluateDataset(data, {})'],
  ['await model.fitDataset(ds)', 'model.fitDataset(data, { epochs: 10 })'],
  ["model.compile('adam', 'meanSquaredError')", "model.compile({ optimizer: 'adam'"],
  ["tf.conv2d(tf.ones([1, 8, 8, 1]), [[[[1]]]], 1, 'same')", 'x as tf.Tensor4D'],
  ['tf.image.resizeBilinear(tf.zeros([8, 8, 3]), [4, 4])', 'x as tf.Tensor4D'],
  ['showFilters({} as Classifier)', 'classifier.model'],
  ['class Mine extends tf.CustomCallback { onEpochEnd() {} }', 'is an async function'],
  ['model.compile()', "model.compile({ optimizer: 'adam'"],
  ['model.predict([[5]])', 'tf.tensor('],
  ['model.predict(batch)', 'batch.xs'],
  ['await showPictures(batch)', 'batch.xs'],
  ['await model.fitDataset(ds, { epochs: 1, validationData: batch })', 'batch.xs'],
  ['for (const x of xs) console.log(x)', 'await tensor.data()'],
  ['[...xs]', 'await tensor.data()'],
  ['Array.from(xs)', 'await tensor.data()'],
  ['xs.length', 'await tensor.data()'],
  ['xs.item()', 'await tensor.data()'],
  ['Number(xs)', 'await tensor.data()'],
  ['Number(xs.mean()).toFixed(2)', 'await tensor.data()'],
  ['tf.layers.dense(128)', 'tf.layers.dense({ units: 128 })'],
  ['tf.layers.dropout(0.5)', 'tf.layers.dropout({ rate: 0.5 })'],
  ["tf.layers.activation('relu')", 'each under its name'],
  ["await showPictures('me.png')", "showPictures(['me.png'])"],
  ['const c: Classifier["input"] = { imageSize: [8, 8], rescale: 255 }', '{ divisor: 255 }'],
  ["await trainRecipe('happyOrSad', { data: 'x', seed: 1 })", 'trainRecipe(happyOrSad, { … })'],
  ["await evaluateClassifier({ model, classNames: [] }, 'data')", 'evaluatePictures(classifier,'],
  ['await evaluatePictures({} as Classifier, ds)', 'evaluateClassifier(classifier, dataset)'],
  ['await predictPicture({} as Classifier, ds.filePaths)', 'predictFolder(classifier, folder)'],
  ['await predictPicture({} as Classifier)', "An argument for 'picture' was not provided."],
  ['drawHistory([history.history])', '{ first: one.history, second: other.history }'],
  ['drawHistory({ first: history })', 'history.history'],
  ['xs.arraySync().length', 'as number[][]'],
  ['xs.shape()', 'is written without ()'],
  ['ds.classNames.length()', 'is written without ()'],
  ["import np from 'numpy'", 'a package of Python'],
  ["import { tf as other } from 'smile-labs'", 'is called smile-lab'],
  ["import x from 'not-installed'", 'npm install'],
  ["import x from './not-there'", "begins at the notebook's folder"],
  ['model.evaluate(xs, ys).print()', 'as tf.Scalar[]'],
  ['const [loss, accuracy] = model.evaluate(xs, ys)', 'as tf.Scalar[]'],
  ["({} as Classifier).predict('a.png')", "predictPicture(classifier, 'me.png')"],
  ['({} as Classifier).summary()', 'classifier.model'],
  ["showFilters('models/mine')", "const { model } = await loadClassifier('models/mine')"],
  ['tf.zeros(3, 4)', 'tf.zeros([3, 4])'],
  ['ds[0]', '(await dataset.take(1).toArray())[0]'],
  ['ds.map((batch) => batch)[0]', '(await dataset.take(1).toArray())[0]'],
  ['const list = [1]; list.append(2)', 'list.push(x)'],
  ['ds.classNames.len', 'list.length'],
  ['[1, 2].mean()', 'list.reduce('],
  ["'happy'.upper()", 'text.toUpperCase()'],
  ['const name: string = "a"; name.strip()', 'text.trim()'],
  ['({ a: 1 }).keys()', 'Object.keys(object)'],
  ['help(model)', 'Shift+Tab'],
  ['#load the pictures', 'a comment begins with //'],
  ['const a = 1 #one', 'a comment begins with //'],
  ["'''one\ntwo'''", 'between backticks'],
  ['if (require.main === module) console.log(1)', 'A cell is no file and has no module'],
];

/** What is right as it stands: of lists, of numbers, and whether two names mean one tensor. */
const RIGHT = [
  '[1, 2][0]',
  'xs.shape[0]',
  'xs === ys',
  '-xs.size',
  'xs.shape.at(-1)',
  'xs == null',
  'Number(xs.size) + Number(xs.dataSync()[0])',
  // What is advised.
  "tf.conv2d(tf.ones([1, 8, 8, 1]) as tf.Tensor4D, [[[[1]]]], 1, 'same')",
  'await showPictures((await ds.take(1).toArray())[0]!.xs, { range: [0, 255] })',
];

test('what is written as in Keras, NumPy or Python is told how it is written here, and what is right is let be', () => {
  const home = process.cwd();
  process.chdir(path.join(home, 'notebooks'));
  const converter = mendedConverter();
  try {
    const { declOutput = '', diagnostics } = converter.convert('', FIRST);
    expect(diagnostics).toEqual([]);
    const toldOf = (cell: string) => {
      const found = converter.convert(declOutput, cell).diagnostics;
      return found.length > 0 ? describeDiagnostics(found, cell).evalue : '';
    };
    for (const [cell, cure] of HABITS) {
      expect(`${cell}: ${toldOf(cell)}`).toContain(cure);
      expect(toldOf(cell)).not.toContain(home);
    }
    expect(RIGHT.map(toldOf)).toEqual(RIGHT.map(() => ''));
  } finally {
    converter.close();
    process.chdir(home);
  }
}, 300_000);
