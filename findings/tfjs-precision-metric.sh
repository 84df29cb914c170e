#!/usr/bin/env bash
# TensorFlow.js 4.22.0: a model with one sigmoid compiled with `metrics: ['precision']`; labels 1, 1, 0, 0, outputs 0.73, 0.27, 0.88,
# 0.12.
# Expected, as Keras' metric of that name: of the two above 0.5 one is right, 0.5.
# Seen: 0.
#     {"outputs":[0.73,0.27,0.88,0.12],"precision":0}
# Why: precision() of @tensorflow/tfjs-layers counts outputs that are exactly 1.
# Where this concerns us: src/tensorflow/objective/installObjective.ts, which says so, and src/evaluation/Precision.ts.
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

const layer = tf.layers.dense({ units: 1, inputShape: [1], activation: 'sigmoid', kernelInitializer: 'ones' });
const model = tf.sequential({ layers: [layer] });
model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['precision'] });
const [x, y] = [tf.tensor2d([[1], [-1], [2], [-2]]), tf.tensor2d([[1], [1], [0], [0]])];
const outputs = [...model.predict(x).dataSync()].map((value) => Number(value.toFixed(2)));
log(JSON.stringify({ outputs, precision: model.evaluate(x, y)[1].dataSync()[0] }));
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"outputs":[0.73,0.27,0.88,0.12],"precision":0}' ]
