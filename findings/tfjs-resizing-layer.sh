#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer `resizing`, of the pixels 0, 1, 2, 3 in a row.
# Expected, as Keras' layer of the same name and settings, and tf.image.resizeBilinear() with half-pixel centres: two pixels 0.5
#   and 2.5; with cropToAspectRatio, from 2 rows to 2 × 2, the middle columns 1, 2, 5, 6; behind an input [batch, 4, 4, 3] a shape
#   [batch, 2, 2, 3].
# Seen: the corners' 0 and 3; columns 0 and 2, nothing is cropped; a shape without the batch.
#     {"bilinear":[0,3],"cropped":[0,2,4,6],"shape":[2,2,4]}
# Why: Resizing in @tensorflow/tfjs-layers gives the opposite of cropToAspectRatio to resizeBilinear() as `alignCorners`, and its
#   computeOutputShape() takes the third of four sizes for the channels.
# Where this concerns us: src/models/layers/resizing.ts, test/models/layers/registerLayer.test.ts.
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

const row = tf.tensor4d([0, 1, 2, 3], [1, 1, 4, 1]);
const rows = tf.tensor4d([0, 1, 2, 3, 4, 5, 6, 7], [1, 2, 4, 1]);
const resized = (args, x) => [...tf.layers.resizing(args).apply(x).dataSync()];
log(
  JSON.stringify({
    bilinear: resized({ height: 1, width: 2 }, row),
    cropped: resized({ height: 2, width: 2, cropToAspectRatio: true }, rows),
    shape: tf.layers.resizing({ height: 2, width: 2 }).apply(tf.input({ shape: [4, 4, 3] })).shape,
  }),
);
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"bilinear":[0,3],"cropped":[0,2,4,6],"shape":[2,2,4]}' ]
