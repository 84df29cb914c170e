#!/usr/bin/env bash
# TensorFlow.js 4.22.0: training a model whose batch normalization is frozen (`trainable = false`).
# Expected, as in Keras since version 2.1.3, whose guide to transfer learning relies on it: it normalizes with its moving averages,
#   and leaves them alone. Of 10 and 30 it has seen nothing, so mean 0, variance 1, and the outputs are the inputs: loss 0.
# Seen: it normalizes with the batch, moves the averages (momentum 0.99: 0.2 of 20), and the loss of the same model on the same
#   pictures is 481 in fit() and 44 in evaluate().
#     {"averages":[0.2,1.99],"fit":481,"evaluate":44}
# Why: BatchNormalization.call() in @tensorflow/tfjs-layers asks only whether it is a training.
# Where this concerns us: src/models/layers/batchNormalization.ts, test/models/layers/batchNormalization.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat >seen.js <<'JS'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

(async () => {
  const norm = tf.layers.batchNormalization({ inputShape: [1] });
  const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones' });
  const model = tf.sequential({ layers: [norm, dense] });
  norm.trainable = false;
  model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
  const x = tf.tensor2d([[10], [30]]);
  const { history } = await model.fit(x, x, { epochs: 1, verbose: 0 });
  const [, , mean, variance] = norm.getWeights().map((weight) => Number(weight.dataSync()[0].toFixed(2)));
  const fit = Math.round(history.loss[0]);
  log(JSON.stringify({ averages: [mean, variance], fit, evaluate: Math.round(model.evaluate(x, x).dataSync()[0]) }));
})();
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"averages":[0.2,1.99],"fit":481,"evaluate":44}' ]
