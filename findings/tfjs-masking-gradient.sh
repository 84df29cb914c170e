#!/usr/bin/env bash
# TensorFlow.js 4.22.0: training a model with the layer `masking` behind a layer that has weights.
# Expected, as in Keras: the model is trained; which steps are masked is no function to differentiate.
# Seen: the first step throws. As the first layer it is trained.
#     {"behind a layer":"Cannot compute gradient: gradient function not found for Any.","first":"trained"}
# Why: Masking.call() in @tensorflow/tfjs-layers computes the mask by ops through which the gradient goes, and `any` has none.
# Where this concerns us: src/models/layers/masking.ts, test/models/layers/registerLayer.test.ts.
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

async function train(layers) {
  const model = tf.sequential({ layers: [...layers, tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const fit = model.fit(tf.ones([2, 3, 2]), tf.ones([2, 1]), { epochs: 1, verbose: 0 });
  return fit.then(() => 'trained', (error) => error.message);
}
(async () =>
  log(
    JSON.stringify({
      'behind a layer': await train([tf.layers.dense({ units: 2, inputShape: [3, 2] }), tf.layers.masking()]),
      first: await train([tf.layers.masking({ inputShape: [3, 2] })]),
    }),
  ))();
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"behind a layer":"Cannot compute gradient: gradient function not found for Any.","first":"trained"}' ]
