#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer `conv1d` with `padding: 'causal'`.
# Expected, by its documentation («output[t] does not depend on input[t + 1:]. Useful when modeling temporal data») and as in Keras:
#   each step plus the one before it, of 1, 2, 3, 4: 1, 3, 5, 7.
# Seen: the layer is made and added, and its first prediction throws.
#     The support for CAUSAL padding mode in conv1dWithBias is not implemented yet.
# Where this concerns us: src/models/layers/causalConvolution.ts, test/saving/layerSettings.test.ts.
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

const settings = { filters: 1, kernelSize: 2, padding: 'causal', useBias: false, kernelInitializer: 'ones' };
const model = tf.sequential({ layers: [tf.layers.conv1d({ ...settings, inputShape: [4, 1] })] });
let seen;
try {
  seen = JSON.stringify([...model.predict(tf.tensor3d([1, 2, 3, 4], [1, 4, 1])).dataSync()]);
} catch (error) {
  seen = error.message;
}
log(seen);
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = 'The support for CAUSAL padding mode in conv1dWithBias is not implemented yet.' ]
