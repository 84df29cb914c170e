#!/usr/bin/env bash
# TensorFlow.js 4.22.0: `tf.image.rotateWithOffset` by a quarter turn, of the picture 1 2 / 3 4.
# Expected, by its documentation of `center` («Defaults to 0.5 (rotate the image around its center)») and as Keras' RandomRotation:
#   2 4 / 1 3, no pixel is lost.
# Seen: 0 0 / 2 4; a column is lost, since it turns around the corner of a pixel. With a center of 0.25, (size - 1) / 2 / size, it
#   is 2 4 / 1 3.
#     {"by default":[0,0,2,4],"0.25":[2,4,1,3]}
# Why: the kernel takes `center` times the size for the middle, in pixels counted at their middles
#   (RotateWithOffset in @tensorflow/tfjs-backend-cpu).
# Where this concerns us: nowhere yet; a picture that is rotated in training must be turned about (size - 1) / 2.
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

const picture = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
const turned = (center) => [...tf.image.rotateWithOffset(picture, Math.PI / 2, 0, center).dataSync()];
log(JSON.stringify({ 'by default': turned(undefined), 0.25: turned(0.25) }));
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"by default":[0,0,2,4],"0.25":[2,4,1,3]}' ]
