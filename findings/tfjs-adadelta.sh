#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the first steps of Adadelta.
#
# Expected, as TensorFlow, Keras and the paper do: the gradient is divided by the root of the mean of its squares, this step's
# among them, so that the first step is small, whatever the gradient: sqrt(1e-7 / (0.05 + 1e-7)) = 0.00141 for rho 0.95.
# Seen: the first step is the gradient itself times the learning rate, as that of gradient descent with a rate of 1: one weight
# with the gradient 100 goes to -100. With `optimizer: 'adadelta'`, whose rate is 1, a training is thrown off in its first steps.
#
# Why: `updates` is made of `accumulatedGrad`, the mean before this step, which is 0 at first; `newAccumulatedGrad` is meant.
#
#   {"step":-100,"expected":-0.0014142}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > adadelta.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const weight = tf.variable(tf.scalar(0));
tf.train.adadelta(1, 0.95, 1e-7).minimize(() => weight.mul(100));
const step = Number(weight.dataSync()[0].toPrecision(5));
const meanOfSquares = 0.05 * 100 ** 2;
const expected = Number((-100 * Math.sqrt(1e-7 / (meanOfSquares + 1e-7))).toPrecision(5));
log(JSON.stringify({ step, expected }));
EOF
seen=$(node adadelta.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"step":-100,"expected":-0.0014142}' ]
