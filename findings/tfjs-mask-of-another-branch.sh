#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the mask of one branch of a model, in another branch.
#
# Expected, as Keras does, whose layers these are: a mask (`maskZero` of an embedding, `masking`) belongs to the steps that it
# was made for. A recurrent layer whose input has none leaves no step out.
# Seen: it takes the mask of whatever ran before it. A simpleRNN that adds up six ones gives 6; beside a masked branch of the
# same model, which it is not connected with, it gives 2, the number of words that are not masked there.
#
# Why: `execute` of @tensorflow/tfjs-layers writes `mask` into the one object of arguments that all layers of a call get, and
# takes it away for none.
#
#   {"alone":6,"besideAMask":2}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > mask.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const words = tf.input({ shape: [6] });
const ones = tf.input({ shape: [6, 1] });
const counting = () =>
  tf.layers.simpleRNN({
    units: 1,
    activation: 'linear',
    kernelInitializer: 'ones',
    recurrentInitializer: 'ones',
    useBias: false,
  });
const masked = tf.layers.dropout({ rate: 0 }).apply(
  tf.layers.embedding({ inputDim: 9, outputDim: 1, embeddingsInitializer: 'zeros', maskZero: true }).apply(words),
);
const ofWords = tf.layers.flatten().apply(masked);
const ofOnes = counting().apply(ones);
const count = (model, inputs) => Math.round(model.predict(inputs).dataSync()[0]);
const series = tf.ones([1, 6, 1]);
const alone = count(tf.model({ inputs: ones, outputs: ofOnes }), series);
const both = tf.model({
  inputs: [words, ones],
  // Embedding and flatten give 0.
  outputs: tf.layers.add().apply([ofOnes, tf.layers.dense({ units: 1, kernelInitializer: 'zeros' }).apply(ofWords)]),
});
const besideAMask = count(both, [tf.tensor2d([[3, 5, 0, 0, 0, 0]]), series]);
log(JSON.stringify({ alone, besideAMask }));
EOF
seen=$(node mask.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"alone":6,"besideAMask":2}' ]
