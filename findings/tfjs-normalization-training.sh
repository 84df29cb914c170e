#!/usr/bin/env bash
# TensorFlow.js 4.22.0: normalization layers that predict and cannot be trained.
#
# Expected, as Keras does: batchNormalization along another axis than the last, and both batchNormalization and
# layerNormalization without beta (`center: false`) or gamma (`scale: false`), are trained. Most networks of keras.applications
# have batch normalization without gamma.
# Seen: each predicts, and `fit` throws.
#
# Why: the gradient of FusedBatchNorm takes mean, variance and scale to lie along the last axis, and reads offset and scale
# whether or not they are there; in training BatchNormalization.call() reads both weights likewise.
#
#   {"axis":"fails","batch":["fails","fails"],"layer":["fails","fails"]}
# Where this concerns us: src/models/layers/batchNormalization.ts, src/models/layers/layerNormalization.ts.
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
  const without = async (kind) => [
    await trained(tf.layers[kind]({ center: false, inputShape })),
    await trained(tf.layers[kind]({ scale: false, inputShape })),
  ];
  const [batch, layer] = [await without('batchNormalization'), await without('layerNormalization')];
  log(JSON.stringify({ axis, batch, layer }));
})();
EOF
seen=$(node train.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"axis":"fails","batch":["fails","fails"],"layer":["fails","fails"]}' ]
