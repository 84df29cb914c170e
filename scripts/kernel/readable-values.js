const { inspect } = require('node:util');

/** @typedef {import('smile-lab').tf.Tensor} Tensor */

/** A picture has as many lines as pixels. */
const MOST_LINES = 20;

/**
 * Lets `console.log`, and the last line of a cell, show of a tensor its values and of a model its layers, not the fields
 * with which TensorFlow.js does its work.
 * @param {typeof import('smile-lab').tf} tf
 */
function makeReadable(tf) {
  /** @type {Array<[{ prototype: object }, (value: any, isAlone: boolean) => string]>} */
  const kinds = [
    [tf.Tensor, describeTensor],
    [tf.SymbolicTensor, ({ name, shape }) => `SymbolicTensor "${name}" ${shapeText(shape)}`],
    [tf.LayersModel, describeModel],
    [tf.layers.Layer, describeLayer],
    [tf.data.Dataset, describeDataset],
    [tf.Callback, ({ constructor }) => `${constructor.name}, a callback for fit and fitDataset`],
    [tf.History, describeHistory],
    [tf.Optimizer, describeOptimizer],
    [Promise, () => 'Promise (write await in front of it for its value)'],
  ];
  for (const [{ prototype }, describe] of kinds) {
    Object.defineProperty(prototype, inspect.custom, {
      configurable: true,
      /** @param {number} depth @param {{ depth?: number }} options */
      value(depth, options) {
        return describe(this, depth === options.depth);
      },
    });
  }
}

/** @param {Tensor} tensor @param {boolean} isAlone */
function describeTensor(tensor, isAlone) {
  const head = `${tensor.constructor.name} ${tensor.dtype} ${shapeText(tensor.shape)}`;
  if (tensor.isDisposed) return `${head}, disposed`;
  if (!isAlone) return head;
  try {
    // Its first line is «Tensor».
    const lines = tensor.toString().split('\n').slice(1);
    const isLong = lines.length > MOST_LINES;
    const shown = isLong ? [...lines.slice(0, MOST_LINES - 1), '    …'] : lines;
    return [head, ...shown].join('\n');
  } catch {
    return head; // WebGPU gives its values to those only who await them.
  }
}

/** @param {import('smile-lab').tf.LayersModel} model @param {boolean} isAlone */
function describeModel(model, isAlone) {
  const kind = model.getClassName();
  if (!isBuilt(model)) {
    return `${kind} "${model.name}" without layers that know their input: the first one needs inputShape`;
  }
  if (!isAlone || isDisposed(model)) {
    const { layers } = model;
    return `${kind} "${model.name}" (${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}, ${countOf(model)} parameters)${isDisposed(model) ? ', disposed' : ''}`;
  }
  /** @type {string[]} */
  const lines = [];
  model.summary(undefined, undefined, (line) => lines.push(line));
  return lines.join('\n');
}

/** @param {import('smile-lab').tf.LayersModel} model */
function isBuilt(model) {
  try {
    return model.outputs.length > 0;
  } catch {
    return false;
  }
}

/** @param {import('smile-lab').tf.layers.Layer} layer a model is one as well */
function isDisposed(layer) {
  return (
    /** @type {{ _refCount?: number | null }} */ (/** @type {unknown} */ (layer))._refCount === 0
  );
}

/** @param {import('smile-lab').tf.layers.Layer} layer */
function describeLayer(layer) {
  const head = `${layer.getClassName()} "${layer.name}"`;
  try {
    return `${head} (output ${shapeText(layer.outputShape)}, ${countOf(layer)} parameters)${isDisposed(layer) ? ', disposed' : ''}`;
  } catch {
    return `${head} (in no model yet)`;
  }
}

/** @param {{ countParams(): number }} layer */
function countOf(layer) {
  return layer.countParams().toLocaleString('en');
}

/** @param {import('smile-lab').ImageDataset} dataset */
function describeDataset({ size, classNames, filePaths }) {
  const batches =
    Number.isFinite(size) && size !== null
      ? `${size} ${size === 1 ? 'batch' : 'batches'}`
      : 'batches, nobody knows how many';
  if (!classNames || !filePaths) return `Dataset (${batches})`;
  return `Dataset (${filePaths.length} pictures of ${classNames.join(', ')}, in ${batches})`;
}

/** @param {import('smile-lab').tf.History} history */
function describeHistory({ history }) {
  // Of an epoch that was stopped before its first batch there is no value.
  const { length } = history['loss'] ?? [];
  const last = Object.entries(history).map(([name, values]) => `${name} ${round(values.at(-1))}`);
  return `History of ${length} ${length === 1 ? 'epoch' : 'epochs'}${length > 0 ? `, last: ${last.join(', ')}` : ''}`;
}

/** @param {import('smile-lab').tf.Optimizer} optimizer */
function describeOptimizer(optimizer) {
  const settings = Object.entries(optimizer.getConfig()).map(([name, value]) => `${name} ${value}`);
  return `${optimizer.getClassName()} optimizer (${settings.join(', ')})`;
}

/** @param {unknown} value */
function round(value) {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : inspect(value);
}

/** @param {unknown} shape */
function shapeText(shape) {
  return JSON.stringify(shape)?.replaceAll(',', ', ');
}

module.exports = { makeReadable };
