#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer `reshape({ targetShape: [-1, 2] })` behind an input of [4, 4, 2], and `flatten` or `dense` behind it.
# Expected, as in Keras: 32 numbers in rows of two are 16 rows, so its output is [batch, 16, 2].
# Seen: [batch, null, 2], although only the batch is open, and `flatten` refuses it.
#     {"shape":[null,null,2],"flatten":"The shape of the input to \"Flatten\" is not fully defined (got ,2). Make sure to pass a complete \"input_shape\" or \"batch_input_shape\" argument to the first layer in your model."}
# Why: Reshape.computeOutputShape() in @tensorflow/tfjs-layers works a size out only where the batch's is known, too.
# Where this concerns us: src/models/layers/reshape.ts, test/models/layers/reshape.test.ts.
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

const model = tf.sequential({ layers: [tf.layers.reshape({ targetShape: [-1, 2], inputShape: [4, 4, 2] })] });
const { outputShape: shape } = model;
let flatten = 'added';
try {
  model.add(tf.layers.flatten());
} catch (error) {
  flatten = error.message;
}
log(JSON.stringify({ shape, flatten }));
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"shape":[null,null,2],"flatten":"The shape of the input to \"Flatten\" is not fully defined (got ,2). Make sure to pass a complete \"input_shape\" or \"batch_input_shape\" argument to the first layer in your model."}' ]
