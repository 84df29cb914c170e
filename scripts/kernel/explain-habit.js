const arithmetic =
  'a tensor is computed with by functions: xs.div(255), xs.add(1), xs.sub(ys), xs.mul(2), xs.neg(), xs.greater(0.5).';

const values =
  'In TypeScript the values of a tensor are await tensor.data(), a list of numbers, or await tensor.array(), lists in lists.';

/**
 * What a learner brings from Keras, NumPy or Python, by the compiler's code and its words, and how it is written here.
 * @type {Array<[codes: number[], words: RegExp, cure: string, cell?: RegExp]>}
 */
const habits = [
  [
    [2559, 2345],
    /^(?:Type|Argument of type) '[^']*\[\]' .*'SequentialArgs'/,
    'tf.sequential() takes its list under a name: tf.sequential({ layers: [ … ] }).',
  ],
  [
    [2554],
    /^Expected 1 arguments?, but got 2/,
    'Options stand together in one object. A layer of Keras, Dense(128, activation="relu"), is tf.layers.dense({ units: 128, activation: \'relu\' }); Conv2D(16, 3) is tf.layers.conv2d({ filters: 16, kernelSize: 3 }).',
    /layers\./,
  ],
  [
    [2554],
    /^Expected 1 arguments?, but got/,
    "What a model is compiled with stands in one object: model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] }).",
    /\.compile\(/,
  ],
  [
    [2554],
    /^Expected 2 arguments, but got 1/,
    'How long to train is told as well: model.fitDataset(data, { epochs: 10 }).',
    /\.fitDataset\(/,
  ],
  [
    [2554],
    /^Expected 2 arguments, but got 1/,
    'Perhaps the options are missing: model.evaluateDataset(data, {}).',
    /\.evaluateDataset\(/,
  ],
  [
    [2339, 2551],
    /^Property 'keras' does not exist/,
    'Keras is in tf itself: tf.keras.layers.Dense(1) is tf.layers.dense({ units: 1 }), and keras.Sequential is tf.sequential.',
  ],
  [
    [2559],
    /^Type '[\d.]+' has no properties in common with type '\{ accuracy\?/,
    'The accuracy stands under its name: stopAtAccuracy({ accuracy: 0.9 }).',
  ],
  [
    [2559],
    /^Type '[^{].*' has no properties in common with type/,
    'Options stand in an object, each under its name: { name: value }.',
  ],
  [
    [2362, 2363],
    /^The (?:left|right)-hand side of an arithmetic operation/,
    `If a tensor stands here: ${arithmetic}`,
  ],
  [
    [2365, 7053],
    /^Operator '[-+*/%<>=]+' cannot be applied to types? .*'(?:Tensor|Variable)/,
    `In TypeScript ${arithmetic}`,
  ],
  [
    [7053],
    /^Operator '[!=]=' asks whether two tensors/,
    'tf.equal(a, b) compares each value; (await tf.equal(a, b).all().data())[0] is 1 where all are equal.',
  ],
  [[7053], /^A tensor has no element/, `${values} A part of it is tensor.slice([0], [1]).`],
  [
    [7053],
    /^A list has no element -/,
    'In TypeScript list[-1] is list.at(-1), and the last layer model.layers.at(-1)!.',
  ],
  [
    [2339, 2345, 2488, 2551, 2769],
    /^Property '\w+' does not exist on type '(?:Tensor|Variable)<Rank(?:\.\w+)?>'\.$|^Type 'Tensor<.*Symbol\.iterator|Argument of type 'Tensor<\w+>' is not .* 'Iterable</,
    values,
  ],
  [[7053], /^A tensor is no number/, values],
  [
    [2322, 2345],
    /^(?:Argument of type|Type) 'Tensor<Rank>(?: \| .*)?' is not assignable to .* '(?:.* )?Tensor[1-6]D/,
    'TypeScript does not know how many dimensions this tensor has. Say so behind it, with the number that is wanted here: x as tf.Tensor4D.',
  ],
  [
    [2322, 2345],
    /^(?:Argument of type|Type) '(?:ImageBatch|Batch|\{ xs: Tensor<.*ys: .*)' is not assignable/,
    'A batch has two parts: batch.xs, the pictures, and batch.ys, their labels. As validationData they are [batch.xs, batch.ys].',
  ],
  [
    [2339, 2551],
    /^Property '\w+' does not exist on type 'Tensor<Rank> \| Tensor<Rank>\[\]'/,
    'A network may have several outputs, and TypeScript cannot know that this one has one: const output = model.predict(x) as tf.Tensor; then output.dataSync().',
  ],
  [
    [2345],
    /^Argument of type '\w*Dataset\b.*' is not assignable to parameter of type 'Pictures'/,
    'Files are wanted here, or the pictures of one batch: showPictures(dataset.filePaths), or showPictures((await dataset.take(1).toArray())[0].xs, { range: [0, 255] }).',
  ],
  [
    [2345],
    /^Argument of type 'Classifier' is not assignable to parameter of type '(?:tf\.)?LayersModel'/,
    'The model alone is wanted here: classifier.model.',
  ],
  [
    [2322, 2416],
    /^Type 'void' is not assignable to type 'Promise<void>'|^Property 'on\w+' in type .* base type '(?:Custom)?Callback'/,
    'A callback of this kind is an async function: async onEpochEnd(epoch, logs) { … }.',
  ],
  [
    [2345],
    /^Argument of type 'History' /,
    'The values of a training are in its history: history.history.',
  ],
  [
    [2345],
    /^Argument of type 'string' is not assignable to parameter of type '.*Classifier/,
    "A classifier is wanted here, not its path: const classifier = await loadClassifier('models/mine').",
  ],
];

/**
 * Says how what is written as in Keras, NumPy or Python is written here.
 * @param {number} code
 * @param {string} messageText of the compiler
 * @param {string} [cell]
 * @returns {string | undefined}
 */
function explainHabit(code, messageText, cell = '') {
  return habits.find(
    ([codes, words, , where]) =>
      codes.includes(code) && words.test(messageText) && (!where || where.test(cell)),
  )?.[2];
}

module.exports = { explainHabit };
