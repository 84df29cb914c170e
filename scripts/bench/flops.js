const { layersOf, product } = require('./networks');

/** @typedef {import('./networks').Network} Network */

/**
 * Counts what a network's convolutions and dense layers compute for one picture: places × outputs × inputs × 2, since a
 * multiplication and the addition that follows it count as two (as in Kaplan et al. 2020, «Scaling Laws for Neural
 * Language Models», section 2.1); biases, relu, pooling, loss and optimizer, below a hundredth of it, do not count.
 * @type {(network: Network) => number} FLOP of a prediction
 */
function predictionFlops(network) {
  return flopsOf(network).reduce((sum, flops) => sum + flops);
}

/**
 * Backward, a layer does the same sum twice, for the gradient of its weights and for that of its inputs; the first layer
 * does the former only, since nobody asks for the gradient of the picture.
 * @type {(network: Network) => number} FLOP of a training step, for each picture of its batch
 */
function trainingFlops(network) {
  return 3 * predictionFlops(network) - Number(flopsOf(network)[0]);
}

/** @param {Network} network of each layer */
function flopsOf(network) {
  return layersOf(network).map(({ kernel, places }) => 2 * places * product(kernel));
}

module.exports = { predictionFlops, trainingFlops };
