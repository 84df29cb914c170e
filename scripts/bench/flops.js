const { layersOf } = require('./networks');

/** @typedef {import('./networks').Network} Network */

/**
 * Counts what a network's convolutions and dense layers compute for one picture. A multiplication and the addition that
 * follows it count as two (as in Kaplan et al. 2020, «Scaling Laws for Neural Language Models», section 2.1); biases,
 * relu, pooling, loss and optimizer, below a hundredth of it, do not count.
 *
 *     places × outputs × inputs × 2
 *
 * @param {Network} network
 * @returns {number} FLOP of a prediction
 */
function predictionFlops(network) {
  return layersOf(network).reduce((sum, layer) => sum + flopsOf(layer), 0);
}

/**
 * Backward, a layer does the same sum twice, for the gradient of its weights and for that of its inputs; the first layer
 * does the former only, since nobody asks for the gradient of the picture.
 *
 * @param {Network} network
 * @returns {number} FLOP of a training step, for each picture of its batch
 */
function trainingFlops(network) {
  const [first] = layersOf(network);
  return 3 * predictionFlops(network) - (first ? flopsOf(first) : 0);
}

/** @param {{ places: number, outputs: number, inputs: number }} layer */
function flopsOf({ places, outputs, inputs }) {
  return 2 * places * outputs * inputs;
}

module.exports = { predictionFlops, trainingFlops };
