#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the gradient of resizing with `halfPixelCenters`.
#
# Expected, as TensorFlow does: the gradient goes to the pixels that were read. Of two columns a and b interpolation between
# middles makes the four a, 3a/4 + b/4, a/4 + 3b/4 and b: the gradient of their sum is 2 for each.
# Seen: that of resizing between corners, which makes a, a/2 + b/2, b and b: 1.5 and 2.5. `resizeNearestNeighbor` does so, too.
# Every layer before an enlarging (UpSampling2D, Resizing as Keras computes them) learns from wrong gradients, without a word.
#
# Why: the kernels ResizeBilinearGrad and ResizeNearestNeighborGrad read `alignCorners` alone.
#
#   {"bilinear":[1.5,2.5,1.5,2.5]}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > resize.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const sum = (x) => tf.image.resizeBilinear(x, [2, 4], false, true).sum();
const bilinear = Array.from(tf.grad(sum)(tf.ones([1, 2, 2, 1])).dataSync());
log(JSON.stringify({ bilinear }));
EOF
seen=$(node resize.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"bilinear":[1.5,2.5,1.5,2.5]}' ]
