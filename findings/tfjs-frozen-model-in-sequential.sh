#!/usr/bin/env bash
# TensorFlow.js 4.22.0: a Sequential that begins with a model whose `trainable` is false, as in every tutorial on transfer learning.
# Expected, by what model.summary() says of it («Non-trainable params») and as in Keras: a training leaves the frozen model's
#   weights as they are.
# Seen: it trains them. A functional model of the same two leaves them.
#     {"in a Sequential":{"trainable weights":1,"frozen weight":0.8},"in a functional model":{"trainable weights":1,"frozen weight":1}}
# Why: Sequential.build() makes a model of the layers of both, one by one, and sets `trainable = true` on it, which sets the
#   flag of every weight (the setter of Container in @tensorflow/tfjs-layers).
# Where this concerns us: src/tensorflow/installFreezing.ts, test/tensorflow/installFreezing.test.ts.
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

const dense = (args) => tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones', ...args });
async function train(combine) {
  const base = tf.sequential({ layers: [dense({ inputShape: [1] })] });
  base.trainable = false;
  const model = combine(base);
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  await model.fit(tf.ones([1, 1]), tf.zeros([1, 1]), { epochs: 1, verbose: 0 });
  const [weight] = base.getWeights()[0].dataSync();
  return { 'trainable weights': model.trainableWeights.length, 'frozen weight': Number(weight.toFixed(3)) };
}
const functional = (base) => {
  const inputs = tf.input({ shape: [1] });
  return tf.model({ inputs, outputs: dense().apply(base.apply(inputs)) });
};
(async () =>
  log(
    JSON.stringify({
      'in a Sequential': await train((base) => tf.sequential({ layers: [base, dense()] })),
      'in a functional model': await train(functional),
    }),
  ))();
JS
seen=$(node seen.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"in a Sequential":{"trainable weights":1,"frozen weight":0.8},"in a functional model":{"trainable weights":1,"frozen weight":1}}' ]
