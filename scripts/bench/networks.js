/**
 * @typedef {object} Network convolutions of 3×3 with relu, each followed by 2×2 max-pooling, then two dense layers
 * @property {number} size side of the square pictures, in pixels
 * @property {readonly number[]} filters of each convolution
 * @property {number} dense units of the first dense layer, relu; the second has one, sigmoid
 */

const colours = 3;
const kernel = 3;

/** The network of lesson 1: 2,391,329 parameters at 150². */
const happyOrSad = { size: 150, filters: [16, 32, 64], dense: 128 };

/** The network of the emotion lesson: 3,696,625 parameters. */
const emotions = { size: 256, filters: [16, 32, 16], dense: 256 };

/**
 * Follows the shapes through a network.
 * @param {Network} network
 * @returns {Array<{ kind: 'conv' | 'dense', inputs: number, outputs: number, places: number, weights: number[] }>}
 *   inputs: numbers that each output is summed from; outputs: at each place; places: where a kernel is put;
 *   weights: the kernel's shape
 */
function layersOf({ size, filters, dense }) {
  /** @type {ReturnType<typeof layersOf>} */
  const layers = [];
  let side = size;
  let channels = colours;
  for (const outputs of filters) {
    side -= kernel - 1;
    const weights = [kernel, kernel, channels, outputs];
    const inputs = kernel * kernel * channels;
    layers.push({ kind: 'conv', inputs, outputs, places: side * side, weights });
    side = Math.floor(side / 2);
    channels = outputs;
  }
  const flat = side * side * channels;
  layers.push({ kind: 'dense', inputs: flat, outputs: dense, places: 1, weights: [flat, dense] });
  layers.push({ kind: 'dense', inputs: dense, outputs: 1, places: 1, weights: [dense, 1] });
  return layers;
}

/**
 * @param {Network} network
 * @returns {number[][]} shapes in the order of Keras' and tfjs's `getWeights`: kernel and bias, layer by layer
 */
function weightShapes(network) {
  return layersOf(network).flatMap(({ weights, outputs }) => [weights, [outputs]]);
}

/**
 * Draws weights as Keras does: Glorot uniform, biases 0 (Glorot and Bengio 2010, equation 16).
 * @param {Network} network
 * @param {() => number} random in [0, 1)
 * @returns {Float32Array} all of them, in the order of {@link weightShapes}
 */
function initialWeights(network, random) {
  const layers = layersOf(network);
  const size = layers.reduce((sum, { weights, outputs }) => sum + product(weights) + outputs, 0);
  const values = new Float32Array(size);
  let at = 0;
  for (const { kind, inputs, outputs, weights } of layers) {
    const fanOut = kind === 'conv' ? kernel * kernel * outputs : outputs;
    const limit = Math.sqrt(6 / (inputs + fanOut));
    for (let i = product(weights); i > 0; i--) values[at++] = (2 * random() - 1) * limit;
    at += outputs;
  }
  return values;
}

/** @param {readonly number[]} shape */
function product(shape) {
  return shape.reduce((all, side) => all * side, 1);
}

module.exports = { emotions, happyOrSad, initialWeights, layersOf, weightShapes };
