#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer `upSampling2d` with `interpolation: 'bilinear'`, of two pixels 0 and 10.
# Expected, as Keras' UpSampling2D: 0, 2.5, 7.5, 10, the same to the left and to the right of the middle.
# Seen: 0, 5, 10, 10; everything is moved by a quarter of a pixel.
#     [0,5,10,10]
# Why: UpSampling2D in @tensorflow/tfjs-layers calls resizeBilinear() without half-pixel centres.
# Where this concerns us: src/models/layers/upSampling.ts, test/saving/layerSettings.test.ts.
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

const layer = tf.layers.upSampling2d({ size: [1, 2], interpolation: 'bilinear' });
log(JSON.stringify([...layer.apply(tf.tensor4d([0, 10], [1, 1, 2, 1])).dataSync()]));
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '[0,5,10,10]' ]
