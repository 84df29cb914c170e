#!/usr/bin/env bash
# TensorFlow.js 4.22.0: normalization layers that predict and cannot be trained.
#
# Expected, as Keras does: batchNormalization along another axis than the last, and layerNormalization without beta
# (`center: false`) or gamma (`scale: false`), are trained.
# Seen: each predicts, and `fit` throws.
#
# Why: the gradient of FusedBatchNorm takes mean, variance and scale to lie along the last axis, and reads offset and scale
# whether or not they are there.
#
#   {"axis":"fails","center":"fails","scale":"fails"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > train.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

async function trained(layer) {
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const x = tf.randomNormal([5, 6, 6, 4]);
  model.predict(x);
  return model.fit(x, x, { verbose: 0 }).then(() => 'works', () => 'fails');
}

(async () => {
  const inputShape = [6, 6, 4];
  const axis = await trained(tf.layers.batchNormalization({ axis: 1, inputShape }));
  const center = await trained(tf.layers.layerNormalization({ center: false, inputShape }));
  const scale = await trained(tf.layers.layerNormalization({ scale: false, inputShape }));
  log(JSON.stringify({ axis, center, scale }));
})();
EOF
seen=$(node train.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"axis":"fails","center":"fails","scale":"fails"}' ]
