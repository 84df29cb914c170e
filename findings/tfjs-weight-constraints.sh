#!/usr/bin/env bash
# TensorFlow.js 4.22.0: a layer's weight constraint, in training and when weights are set.
#
# Expected, as Keras does, whose layers and settings these are: after each step of a training the weight is put
# back to what the constraint allows, and weights that are set or loaded stay as they are given.
# Seen: the other way round. With `nonNeg` a weight of 1 becomes -9 by one step of training; setWeights([-9]) makes it 0.
#
# Why: optimizers assign to the variable itself, and only LayerVariable.write of @tensorflow/tfjs-layers applies the
# constraint, which loading calls and training does not.
#
#   {"trained":-9,"set":0}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > constraint.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

async function main() {
  const layer = tf.layers.dense({
    units: 1,
    inputShape: [1],
    useBias: false,
    kernelInitializer: 'ones',
    kernelConstraint: tf.constraints.nonNeg(),
  });
  const model = tf.sequential({ layers: [layer] });
  const weight = () => layer.getWeights()[0].dataSync()[0];
  // The gradient of (w · 1 - (-4))² at w = 1 is 2 · 5 = 10.
  model.compile({ optimizer: tf.train.sgd(1), loss: 'meanSquaredError' });
  await model.fit(tf.tensor2d([[1]]), tf.tensor2d([[-4]]), { epochs: 1, verbose: 0 });
  const trained = weight();
  layer.setWeights([tf.tensor2d([[-9]])]);
  log(JSON.stringify({ trained, set: Math.abs(weight()) }));
}
main();
EOF
seen=$(node constraint.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"trained":-9,"set":0}' ]
