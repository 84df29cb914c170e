#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the gradient of a maximum that several values reach.
#
# Expected, as TensorFlow does: they share it, so that a step of training does not grow with their number.
# Seen: each of them gets the whole. GlobalMaxPooling2D meets this wherever a picture has an even background: behind a
# convolution all values of that background are the same. The kernel of one convolution gets 16 times the gradient that Keras
# gives it for a picture of 4 × 4 equal pixels.
#
# Why: the gradient of Max multiplies with `equal(x, y)`; TensorFlow's (`_MinOrMaxGrad`) divides by how many are equal.
#
#   {"gradient":[1,1,1],"kernel":16}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > max.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const gradient = Array.from(tf.grad((x) => tf.max(x))(tf.tensor1d([2, 2, 2])).dataSync());
const convolution = tf.layers.conv2d({
  filters: 1,
  kernelSize: 1,
  inputShape: [4, 4, 1],
  useBias: false,
  kernelInitializer: 'ones',
});
const model = tf.sequential({ layers: [convolution, tf.layers.globalMaxPooling2d({})] });
const ofKernel = tf.variableGrads(() => model.apply(tf.ones([1, 4, 4, 1]), { training: true }).sum());
const [kernel] = Object.values(ofKernel.grads)[0].dataSync();
log(JSON.stringify({ gradient, kernel }));
EOF
seen=$(node max.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"gradient":[1,1,1],"kernel":16}' ]
