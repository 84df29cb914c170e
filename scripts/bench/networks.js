/**
 * @typedef {object} Network convolutions of 3×3 with relu, each followed by 2×2 max-pooling, then two dense layers
 * @property {number} size side of the square pictures, in pixels
 * @property {readonly number[]} filters of each convolution
 * @property {number} dense units of the first dense layer, relu; the second has one, sigmoid
 */

/** The network of lesson 1: 2,391,329 parameters at 150². */
const happyOrSad = { size: 150, filters: [16, 32, 64], dense: 128 };

/** The network of the emotion lesson: 3,696,625 parameters. */
const emotions = { size: 256, filters: [16, 32, 16], dense: 256 };

/**
 * @param {Network} network
 * @returns {Array<{ kernel: number[], places: number }>} kernel: shape of the weights, inputs and outputs last; places:
 *   where it is put in a picture
 */
function layersOf({ size, filters, dense }) {
  let [side, channels] = [size, 3];
  const convolutions = filters.map((outputs) => {
    const layer = { kernel: [3, 3, channels, outputs], places: (side - 2) ** 2 };
    [side, channels] = [Math.floor((side - 2) / 2), outputs];
    return layer;
  });
  const flat = side * side * channels;
  return [...convolutions, { kernel: [flat, dense], places: 1 }, { kernel: [dense, 1], places: 1 }];
}

/**
 * @param {Network} network
 * @returns {number[][]} shapes in the order of Keras' and tfjs's `getWeights`: kernel and bias, layer by layer
 */
function weightShapes(network) {
  return layersOf(network).flatMap(({ kernel }) => [kernel, kernel.slice(-1)]);
}

/**
 * Draws weights as Keras does: Glorot uniform, biases 0 (Glorot and Bengio 2010, equation 16).
 * @param {Network} network
 * @param {() => number} random in [0, 1)
 * @returns {Float32Array} all of them, in the order of {@link weightShapes}
 */
function initialWeights(network, random) {
  const values = weightShapes(network).map((shape) => {
    if (shape.length === 1) return new Float32Array(product(shape));
    const [inputs = 0, outputs = 0] = shape.slice(-2);
    const limit = Math.sqrt(6 / (product(shape.slice(0, -2)) * (inputs + outputs)));
    return Float32Array.from({ length: product(shape) }, () => (2 * random() - 1) * limit);
  });
  return Float32Array.from(values.flatMap((some) => [...some]));
}

/** @param {readonly number[]} shape */
function product(shape) {
  return shape.reduce((all, side) => all * side, 1);
}

module.exports = { emotions, happyOrSad, initialWeights, layersOf, product, weightShapes };
