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
    [2345],
    /^Argument of type '(?:number|string|"[^"]*")' is not assignable to parameter of type '\w+(?:Layer|Flatten|Pooling2D|Activation)?Args'/,
    'What a layer is made of stands in an object, each under its name: tf.layers.dense({ units: 128 }), tf.layers.dropout({ rate: 0.5 }).',
  ],
  [
    [2345],
    /^Argument of type '(?:string|"[^"]*")' is not assignable to parameter of type 'Pictures'/,
    "A list is wanted here, also of one file: showPictures(['me.png']).",
  ],
  [
    [2322],
    /^Type 'number' is not assignable to type 'Rescale'/,
    "Written as { divisor: 255 } or { scale: 1 / 255 }; 'none' where the model rescales by itself.",
  ],
  [
    [2339, 2488, 2551, 7053],
    /^(?:Property '\w+' does not exist on t|T)ype '(?:Scalar|Tensor<Rank\.R0>) \| (?:Scalar|Tensor<Rank\.R0>)\[\]'/,
    'evaluate gives the loss, and with metrics a list: const loss = model.evaluate(xs, ys) as tf.Scalar, or const [loss, accuracy] = model.evaluate(xs, ys) as tf.Scalar[]; then loss.dataSync()[0].',
  ],
  [
    [2339, 2551],
    /^Property '\w+' does not exist on type 'Classifier'/,
    "A classifier holds the model and what turns a picture into its input: predictPicture(classifier, 'me.png'), evaluatePictures(classifier, folder). The model itself is classifier.model.",
  ],
  [
    [2345],
    /^Argument of type '(?:string|"[^"]*")' is not assignable to parameter of type '(?:tf\.)?LayersModel'/,
    "The model itself is wanted here, not its path: const { model } = await loadClassifier('models/mine').",
  ],
  [
    [2345],
    /^Argument of type 'number' is not assignable to parameter of type 'number\[\] \| \[number\]/,
    'A shape is a list: tf.zeros([3, 4]).',
  ],
  [
    [2345],
    /^Argument of type '(?:string|"[^"]*")' is not assignable to parameter of type 'Recipe'/,
    "The recipe itself is wanted, not its name: import { happyOrSad } from 'smile-lab', and trainRecipe(happyOrSad, { … }).",
  ],
  [
    [2345],
    /^Argument of type '(?:string|"[^"]*")' is not assignable to parameter of type 'Dataset<Batch>'/,
    'A dataset is wanted here, as imageDatasetFromDirectory() loads it; evaluatePictures(classifier, folder) measures on a folder.',
  ],
  [
    [2345],
    /^Argument of type '\w*Dataset\b.*' is not assignable to parameter of type '.*LabelledPicture\[\]'/,
    'A folder or a list of files is wanted here; evaluateClassifier(classifier, dataset) measures on a dataset.',
  ],
  [
    [2345],
    /^Argument of type '(?:readonly )?string\[\]' is not assignable to parameter of type 'string \| Uint8Array'/,
    'One picture is wanted here: for (const path of paths) console.log(await predictPicture(classifier, path)). For all of a folder there is predictFolder(classifier, folder).',
  ],
  [
    [2345],
    /^Argument of type '.*\[\]' is not assignable to parameter of type 'Readonly<Record<string, readonly \(number \| Tensor/,
    'Each training gets a name: showHistory({ first: one.history, second: other.history }).',
  ],
  [
    [2339, 2551],
    /^Property '\w+' does not exist on type 'number \| number\[\] \| number\[\]\[\]/,
    'TypeScript does not know how many dimensions this list has. Say so, with as many brackets: (await tensor.array()) as number[][]; or take await tensor.data(), one row of numbers.',
  ],
  [
    [2349],
    /^This expression is not callable/,
    'What stands in front of the bracket is no function: a value such as list.length or tensor.shape is written without ().',
  ],
  [[2307], /^Cannot find module '\.{1,2}\//, "Such a path begins at the notebook's folder."],
  [
    [2307],
    /^Cannot find module '(?:numpy|pandas|matplotlib|sklearn|scipy|torch|tensorflow|keras|PIL|cv2|seaborn)\b/,
    "That is a package of Python. Here tf computes and showHistory() draws: import { tf, showHistory } from 'smile-lab'.",
  ],
  [
    [2307],
    /^Cannot find module 'smile/i,
    "The library is called smile-lab: import { tf } from 'smile-lab'.",
  ],
  [
    [2307],
    /^Cannot find module '(?!node:)[@\w]/,
    'If it is a package of npm, it is not installed: npm install --no-save and its name, in a terminal in this folder. A file beside the notebook begins with ./',
  ],
  [[7053], /^A dataset has no element/, 'Its first batch is (await dataset.take(1).toArray())[0].'],
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
    [2322, 2345],
    /^(?:Type|Argument of type) 'History' /,
    'The values of a training are in its history: history.history.',
  ],
  [
    [2345],
    /^Argument of type 'string' is not assignable to parameter of type '.*Classifier/,
    "A classifier is wanted here, not its path: const classifier = await loadClassifier('models/mine').",
  ],
];

const list = "(?:readonly )?[^']*\\[\\]|(?:readonly )?\\[.*\\]";
const text = 'string|"[^"]*"';
const object = '\\{.*\\}|Record<.*>';

/**
 * What Python calls by a method, by the type, as a pattern, and how it is written here.
 * @type {Array<[type: string, methods: Record<string, string>]>}
 */
const methods = [
  [
    list,
    {
      append: 'list.push(x)',
      extend: 'list.push(...others)',
      len: 'list.length',
      size: 'list.length',
      count: 'list.filter((x) => x === y).length',
      index: 'list.indexOf(x)',
      remove: 'list.splice(list.indexOf(x), 1)',
      insert: 'list.splice(index, 0, x)',
      clear: 'list.length = 0',
      copy: '[...list]',
      sum: 'list.reduce((sum, x) => sum + x, 0)',
      mean: 'list.reduce((sum, x) => sum + x, 0) / list.length',
      max: 'Math.max(...list)',
      min: 'Math.min(...list)',
      shape: 'list.length, or tf.tensor(list).shape',
    },
  ],
  [
    text,
    {
      upper: 'text.toUpperCase()',
      lower: 'text.toLowerCase()',
      strip: 'text.trim()',
      startswith: "text.startsWith('a')",
      endswith: "text.endsWith('a')",
      find: "text.indexOf('a')",
      len: 'text.length',
      size: 'text.length',
      join: "list.join(', ')",
      format: '`${x} faces`, between backticks',
    },
  ],
  [
    object,
    {
      keys: 'Object.keys(object)',
      values: 'Object.values(object)',
      items: 'Object.entries(object)',
      get: "object['name'] ?? 0",
      length: 'Object.keys(object).length',
      size: 'Object.keys(object).length',
    },
  ],
];

/**
 * Says how a method of Python's lists, texts and dictionaries is written here.
 * @param {string} messageText of the compiler
 * @returns {string | undefined}
 */
function explainMethod(messageText) {
  const [, name = '', type = ''] =
    /^Property '(\w+)' does not exist on type '(.*?)'\./.exec(messageText) ?? [];
  const known = methods.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 's').test(type))?.[1];
  if (!known || !Object.hasOwn(known, name)) return undefined;
  return `In TypeScript that is ${known[name]}.`;
}

/**
 * Says how what is written as in Keras, NumPy or Python is written here.
 * @param {number} code
 * @param {string} messageText of the compiler
 * @param {string} [cell]
 * @returns {string | undefined}
 */
function explainHabit(code, messageText, cell = '') {
  const habit = habits.find(
    ([codes, words, , where]) =>
      codes.includes(code) && words.test(messageText) && (!where || where.test(cell)),
  )?.[2];
  return habit ?? ([2339, 2550, 2551].includes(code) ? explainMethod(messageText) : undefined);
}

module.exports = { explainHabit };
