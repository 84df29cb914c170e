#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the standard deviation of what `tf.initializers.heNormal` draws for 1,000 inputs.
# Expected, by its documentation («stddev = sqrt(2 / fanIn)») and as Keras' HeNormal: 0.0447.
# Seen: 0.88 of it, about 0.0394; the same for glorotNormal and leCunNormal.
#     {"heNormal":0.88,"glorotNormal":0.88,"leCunNormal":0.88}
# Why: what lies beyond two deviations is drawn again, which leaves 0.8796 of the deviation; Keras divides by that number
#   (VarianceScaling in keras/src/initializers/random_initializers.py), @tensorflow/tfjs-layers does not.
# Where this concerns us: src/tensorflow/installInitializers.ts, test/tensorflow/installInitializers.test.ts.
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

const part = (name, wanted) => {
  const drawn = tf.initializers[name]({ seed: 1 }).apply([1000, 1000]);
  return Number((tf.moments(drawn).variance.sqrt().dataSync()[0] / wanted).toFixed(2));
};
log(
  JSON.stringify({
    heNormal: part('heNormal', Math.sqrt(2 / 1000)),
    glorotNormal: part('glorotNormal', Math.sqrt(2 / 2000)),
    leCunNormal: part('leCunNormal', Math.sqrt(1 / 1000)),
  }),
);
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"heNormal":0.88,"glorotNormal":0.88,"leCunNormal":0.88}' ]
