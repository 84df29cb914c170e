#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer `centerCrop` of the pixels 0, 1, 2, 3 to three of them.
# Expected, as Keras' CenterCrop, which takes half of the difference rounded down: 0, 1, 2. Of five to two: 1, 2 in both.
# Seen: 1, 2, 3.
#     {"4 to 3":[1,2,3],"5 to 2":[1,2]}
# Why: CenterCrop in @tensorflow/tfjs-layers leaves out one column where it has worked out that it should leave out none.
# Where this concerns us: src/models/layers/centerCrop.ts, test/models/layers/registerLayer.test.ts.
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

const cropped = (pixels, width) => [
  ...tf.layers.centerCrop({ height: 1, width }).apply(tf.range(0, pixels).reshape([1, 1, pixels, 1])).dataSync(),
];
log(JSON.stringify({ '4 to 3': cropped(4, 3), '5 to 2': cropped(5, 2) }));
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"4 to 3":[1,2,3],"5 to 2":[1,2]}' ]
