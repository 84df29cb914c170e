#!/usr/bin/env bash
# TensorFlow.js 4.22.0: training a model with `batchNormalization({ scale: false })` or `({ center: false })`, as most networks of
# keras.applications have it.
# Expected, by its documentation of both and as in Keras: it is trained without gamma, or without beta.
# Seen: it predicts, and the first step of a training throws.
#     {"scale":"Cannot read properties of undefined (reading 'read')","center":"Cannot read properties of undefined (reading 'read')"}
# Why: BatchNormalization.call() in @tensorflow/tfjs-layers reads both weights in training, whatever the layer has.
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

async function train(args) {
  const norm = tf.layers.batchNormalization({ inputShape: [2], ...args });
  const model = tf.sequential({ layers: [norm, tf.layers.dense({ units: 1 })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  model.predict(tf.ones([2, 2]));
  const fit = model.fit(tf.ones([2, 2]), tf.ones([2, 1]), { epochs: 1, verbose: 0 });
  return fit.then(() => 'trained', (error) => error.message);
}
(async () => log(JSON.stringify({ scale: await train({ scale: false }), center: await train({ center: false }) })))();
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"scale":"Cannot read properties of undefined (reading '"'read'"')","center":"Cannot read properties of undefined (reading '"'read'"')"}' ]
