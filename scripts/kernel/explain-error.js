/**
 * What the errors of TensorFlow.js mean that a beginner meets, and what cures them. A rule answers nothing where its
 * pattern fits but the case is another one.
 * @type {Array<[pattern: RegExp, explain: (found: string[]) => string | undefined]>}
 */
const rules = [
  [/^Unknown loss ([\w -]+)/, ([, name = '']) => nameLike('loss', name, losses)],
  [/^Unknown metric ([\w -]+)/, ([, name = '']) => metricLike(name)],
  [/^Unknown Optimizer ([\w -]+)/i, ([, name = '']) => nameLike('optimizer', name, optimizers)],
  [/^Unknown activation: ?([\w -]+)/, ([, name = '']) => nameLike('activation', name, activations)],
  [
    /logits and labels must have the same shape, but got shapes \[(.*?)\] and \[(.*?)\]/,
    ([, one = '', other = '']) =>
      `The labels have another shape than the network's answers: [${one}] and [${other}]. ${labelModes}`,
  ],
  [
    /target expected a batch of elements where each example has shape \[(.*?)\].*each with shape \[(.*?)\]/,
    ([, outputs = '', labels = '']) =>
      `The network gives ${numbers(outputs)} for each picture, and a label has ${numbers(labels)}. ${labelModes}`,
  ],
  [
    // A model that was loaded calls its input "input1".
    /^Error when checking (?:input)?: expected \S+ to have (\d+) dimension\(s\)[.,]? but got array with shape \[?([\d,]+)/,
    ([, wanted, got = '']) =>
      Number(wanted) === shapeOf(got).length + 1
        ? `The network takes a batch, also for one picture, and got one picture alone, of the shape [${got}]. Write picture.expandDims(0) for a batch of one.`
        : `The network takes ${wanted} dimensions, [pictures, height, width, colours] where it takes pictures, and got the shape [${got}].`,
  ],
  [
    /Error when checking target: expected (\S+) to have (\d+) dimension\(s\)\.? but got array with shape \[?([\d,]+)/,
    ([, layer, got, labels]) =>
      `The last layer, ${layer}, gives ${got} dimensions for labels of the shape [${labels}]. Behind convolutions add tf.layers.flatten() before the dense layer.`,
  ],
  [
    /^Error when checking (?:input)?: expected \S+ to have shape \[?null,([\d,]+)\]?,? but got array with shape \[?(\d+),([\d,]+)/,
    ([, wanted = '', first = '', got = '']) =>
      // tfjs takes a row of numbers for as many inputs of one number.
      wanted === first && got === '1'
        ? `The network takes a batch, also for one row of ${wanted} numbers. Write row.expandDims(0) for a batch of one.`
        : otherPictures(wanted, got),
  ],
  [
    /^input expected a batch of elements where each example has shape \[(.*?)\].*each with shape \[(.*?)\]/,
    ([, wanted = '', got = '']) => otherPictures(wanted, got),
  ],
  [
    /Incompatible shapes: \[(\d+)\] vs\. \[(\d+),(\d+)\]/,
    ([, labels, pictures, classes]) =>
      labels === pictures
        ? `If these are labels, [${labels}], and the answers of a network, [${pictures},${classes}]: whole numbers take the loss sparseCategoricalCrossentropy; for categoricalCrossentropy load the pictures with labelMode: 'categorical'.`
        : undefined,
  ],
  [
    /Incompatible shapes: \[(\d+),(\d+)\] vs\. \[(\d+)\]/,
    ([, pictures, classes, labels]) =>
      labels === pictures
        ? `If these are the answers of a network, [${pictures},${classes}], and labels, [${labels}]: whole numbers take the loss sparseCategoricalCrossentropy; for another loss load the pictures with labelMode: 'categorical'.`
        : undefined,
  ],
  [
    /^Error when checking model .*the Array of Tensors that you are passing to your model is not the size the (?:the )?model expected/,
    () =>
      'A model takes a tensor for each of its inputs and outputs, and got a list, or another number of tensors. Make a tensor of a list: tf.tensor([0, 1, 0, 1]).',
  ],
  [
    /^Received an array of \d+ Tensors, but expected 1 to match the (input|output) keys/,
    ([, keys]) =>
      `The dataset gives lists as ${keys === 'input' ? 'xs' : 'ys'}. If it gives single samples, put batches of them behind it: dataset.batch(32).`,
  ],
  [
    /^(?:LayersVariable|Container|Layer) '?(.+?)'? is already disposed/,
    () =>
      'This model was disposed, and its weights are gone. Run the cells again that build and train it.',
  ],
  [
    /^Tensor is disposed\.?$/,
    () =>
      'This tensor was disposed, by dispose(), at the end of tf.tidy() or of a batch. Run the cell again that makes it; what must outlive tf.tidy() is returned from it.',
  ],
  [
    /^Input 0 is incompatible with layer (\S+): expected axis -?\d+ of input shape to have value (\d+) but got shape \[?([\d,]+)/,
    ([, layer, wanted, got]) =>
      `The network was built for inputs of another shape: its layer ${layer} takes ${wanted} numbers and got [${got}]. Load the pictures with the imageSize that stands in the network's inputShape.`,
  ],
  [
    /^Input 0 is incompatible with layer (\S+): expected ndim=4, found ndim=3/,
    ([, layer]) =>
      `The layer ${layer} takes pictures, of the shape [height, width, colours], and one number is missing: the colours belong to the inputShape as well, for example [150, 150, 3], or [150, 150, 1] for grey pictures.`,
  ],
  [
    /^Input 0 is incompatible with layer (\S+): expected /,
    ([, layer]) =>
      `The layer ${layer} does not fit behind the one before it. If this cell was run a second time, its layers were added behind those of the first time: run from tf.sequential() on.`,
  ],
  [
    /^No such layer: /,
    () =>
      'The network has no layer of this name. Its names are model.layers.map(({ name }) => name); model.layers[0] is the first layer.',
  ],
  [
    /^The first layer in a Sequential model must get an `inputShape`/,
    () =>
      'The first layer must be told what it gets, for example inputShape: [150, 150, 3] for pictures of 150 × 150 pixels in three colours.',
  ],
  [
    /^The model needs to be compiled before being used|^You must compile a model before/,
    () =>
      "The model has no optimizer and no loss yet. Run model.compile({ optimizer: 'adam', loss: …, metrics: ['accuracy'] }) first.",
  ],
  [
    /^Failed to parse URL from (\S+)|^Cannot find any (?:save|load) handlers for URL '(.+)'/,
    ([, from, address]) => {
      // Without the kind of a file or of a store, since an address names a folder.
      const to = address?.replace(/^\w+:\/\//, '').replace(/\.(?:keras|h5|json)$/, '');
      return from === undefined
        ? `Where to save is told as an address, 'file://${to}'; saveClassifier(classifier, '${to}') keeps the names of the classes as well, and saveKeras(model, '${to}.keras') writes for Keras.`
        : `loadKeras('${from}') opens a .keras or .h5, and loadClassifier('${from}') what this project has saved; tf.loadLayersModel() takes an address: 'file://…/model.json'.`;
    },
  ],
  [
    /^Argument '\w+' passed to '(\w+)' must be (int32|bool) tensor, but got \w+ tensor/,
    ([, op, kind]) =>
      `${op}() wants ${kind === 'bool' ? 'yes and no' : 'whole numbers'} here, and a tensor's numbers are float32 otherwise: write x.${kind === 'bool' ? 'toBool' : 'toInt'}().`,
  ],
  [
    /^restoreBestWeights = True is not implemented/,
    () =>
      "smile-lab's stopEarly({ patience: 3 }) and keepBestWeights() do it together, as two callbacks.",
  ],
  [
    /^In\[[01]\] ndims must be >= 2|^Error in matMul: inputs must have the same rank/,
    () =>
      'matMul() multiplies matrices of the shapes [n, m] and [m, k]; for rows of numbers take tf.dot(a, b). A list holds values, not a shape: tf.ones([2, 3]) has the shape [2, 3].',
  ],
  [
    /^Matrix size-incompatible: In\[0\]: \[(.+?)\], In\[1\]: \[(.+?)\]/,
    ([, one, other]) =>
      `matMul() needs as many columns in the first as rows in the second, and got [${one}] and [${other}]. tf.matMul(a, b, false, true) turns the second one.`,
  ],
  [
    /^Cannot start training because another fit\(\) call is ongoing/,
    () =>
      'This model is still being trained: perhaps await is missing in front of fit. Wait, or press Stop, and run the cell again.',
  ],
];

const labelModes =
  "With one output (sigmoid) load the pictures with labelMode: 'binary' and use the loss binaryCrossentropy; with one output a class (softmax) labelMode: 'categorical' and categoricalCrossentropy.";

const losses = [
  ...['binaryCrossentropy', 'categoricalCrossentropy', 'sparseCategoricalCrossentropy'],
  ...['meanSquaredError', 'meanAbsoluteError', 'meanAbsolutePercentageError'],
  ...['meanSquaredLogarithmicError', 'squaredHinge', 'hinge', 'categoricalHinge', 'logcosh'],
  ...['kullbackLeiblerDivergence', 'poisson', 'cosineProximity'],
];
const metrics = ['accuracy', 'binaryAccuracy', 'categoricalAccuracy', 'mse', 'mae'];
/** No means over batches, which is all that `fit` shows. */
const countedOverBatches = ['precision', 'recall', 'auc', 'f1', 'f1score'];
const optimizers = ['adam', 'sgd', 'rmsprop', 'adamax', 'adagrad', 'adadelta'];
const activations = [
  ...['relu', 'sigmoid', 'softmax', 'tanh', 'linear', 'elu', 'selu', 'relu6'],
  ...['softplus', 'softsign', 'hardSigmoid', 'logSoftmax', 'swish', 'mish', 'gelu'],
];

/** @param {string} name */
function metricLike(name) {
  if (!countedOverBatches.includes(name.replace(/[_ -]/g, '').toLowerCase())) {
    return nameLike('metric', name, metrics);
  }
  return `"${name}" is counted over all batches, and fit shows means of them: after the training evaluateClassifier gives precision, recall, F1 and ROC-AUC.`;
}

/** @param {string} kind @param {string} name @param {string[]} known */
function nameLike(kind, name, known) {
  const plain = (/** @type {string} */ one) => one.replace(/[_ -]/g, '').toLowerCase();
  const same = known.find((one) => plain(one) === plain(name));
  if (same) return `The ${kind} "${name}" is written "${same}" in TypeScript.`;
  const list = known.slice(0, 5).map((one) => `"${one}"`);
  return `There is no ${kind} "${name}". Some that there are: ${list.join(', ')}.`;
}

/** @param {string} shape */
function shapeOf(shape) {
  return shape.split(',').filter(Boolean).map(Number);
}

/** @param {string} shape */
function numbers(shape) {
  const count = shapeOf(shape).reduce((product, size) => product * size, 1);
  return count === 1 ? 'one number' : `${count} numbers`;
}

/** @param {string} wanted @param {string} got of one picture each */
function otherPictures(wanted, got) {
  const [height, width, colours] = shapeOf(wanted);
  const [otherHeight, otherWidth, otherColours] = shapeOf(got);
  if (colours === undefined || otherColours === undefined) {
    return `The network was built for inputs of the shape [${wanted}], and got [${got}].`;
  }
  if (colours !== otherColours) {
    return `The network was built for ${colours} numbers a pixel (3 for colours, 1 for grey), and got pictures with ${otherColours}.`;
  }
  return `The network was built for pictures of ${height} × ${width} pixels, and got ${otherHeight} × ${otherWidth}. Load them with imageSize: [${height}, ${width}], or build the network with inputShape: [${got.replaceAll(',', ', ')}].`;
}

/**
 * Says in plain words what an error of TensorFlow.js means and what cures it.
 * @param {string} message
 * @param {string} [stack] in which it was thrown
 * @returns {string | undefined} undefined where it says so itself, or is another's
 */
function explainError(message, stack = '') {
  if (/\(reading 'replace'\)$/.test(message) && /^ +at toSnakeCase /m.test(stack)) {
    return "A layer of one's own needs a name in its class: static className = 'Smile';";
  }
  for (const [pattern, explain] of rules) {
    const found = pattern.exec(message);
    const explained = found && explain(found);
    if (explained) return explained;
  }
  return undefined;
}

/**
 * Takes from an error of TensorFlow's native library what only its authors can read.
 * @param {string} message
 */
function withoutStatus(message) {
  return message.replace(/^Invalid TF_Status: \d+\s+Message: /, '');
}

module.exports = { explainError, withoutStatus };
