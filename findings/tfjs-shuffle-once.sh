#!/usr/bin/env bash
# TensorFlow.js 4.22.0: `dataset.shuffle(bufferSize, seed, false)`.
# Expected, by its documentation of reshuffleEachIteration («If false, elements will be returned in the same shuffled order on each
#   iteration») and as in tf.data of Python: both passes give one order.
# Seen: another order in each pass, as with true.
#     {"first":[0,2,5,4,3,1],"second":[3,4,5,0,1,2]}
# Why: in @tensorflow/tfjs-data the function that makes an iterator draws a new seed each time it is called.
# Where this concerns us: nowhere yet; pictures are shuffled by src/images/datasets, by seed and epoch.
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

(async () => {
  const dataset = tf.data.array([0, 1, 2, 3, 4, 5]).shuffle(6, '1', false);
  log(JSON.stringify({ first: await dataset.toArray(), second: await dataset.toArray() }));
})();
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"first":[0,2,5,4,3,1],"second":[3,4,5,0,1,2]}' ]
