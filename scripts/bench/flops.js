/**
 * Counts what a network's convolutions and dense layers compute for one picture of a training step's batch. Forward that is
 * places × outputs × inputs × 2, since a multiplication and the addition that follows it count as two (as in Kaplan et al.
 * 2020, «Scaling Laws for Neural Language Models», section 2.1); biases, relu, pooling, loss and optimizer, below a
 * hundredth of it, do not count. Backward, a layer does the same sum twice, for the gradient of its weights and for that of
 * its inputs; the first layer does the former only, since nobody asks for the gradient of the picture.
 * @param {import('../../src/index').tf.LayersModel} model
 * @returns {number} FLOP
 */
function trainingFlops(model) {
  const layers = model.layers.filter((layer) => layer.countParams() > 0);
  const forward = layers.map((layer) => {
    const shape = /** @type {number[]} */ (layer.outputShape);
    const [, height = 1, width = 1] = shape.slice(0, -1);
    return 2 * height * width * (layer.countParams() - Number(shape.at(-1))); // biases left out
  });
  return 3 * forward.reduce((sum, flops) => sum + flops, 0) - Number(forward[0]);
}

module.exports = { trainingFlops };
