#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the gradient of logSigmoid, behind another operation.
#
# Expected: it has a gradient wherever it stands, as other functions of tensors do.
# Seen: of what is computed, as what goes into a layer's activation is, it ends with "Cannot read properties of undefined
# (reading 'backend')". A layer with such an activation predicts, and cannot be trained.
#
# Why: logSigmoid is a customGrad whose gradient reads x, and x is not handed to its `save`, which would keep it: by then it
# is disposed.
#
#   {"ofInput":0.27,"ofComputed":"Cannot read properties of undefined (reading 'backend')"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > logSigmoid.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const gradient = (f) => {
  try {
    return Number(tf.grad(f)(tf.scalar(1)).dataSync()[0].toFixed(2));
  } catch (error) {
    return error.message;
  }
};
const ofInput = gradient((x) => tf.logSigmoid(x));
const ofComputed = gradient((x) => tf.logSigmoid(x.mul(1)));
log(JSON.stringify({ ofInput, ofComputed }));
EOF
seen=$(node logSigmoid.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"ofInput":0.27,"ofComputed":"Cannot read properties of undefined (reading '"'backend'"')"}' ]
