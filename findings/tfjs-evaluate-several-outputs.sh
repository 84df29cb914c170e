#!/usr/bin/env bash
# TensorFlow.js 4.22.0: a model with two outputs, evaluated; and the validation loss of its training.
#
# Expected, by the documentation of `evaluate` («the attribute `model.metricsNames` will give you the display labels for the
# scalar outputs») and as Keras does: a value for each name, «loss» being the sum of the outputs' losses.
# Seen: one value more than names. The first is the loss of the first output alone, the sum stands under the name of the
# first output's loss, and each value after it under the name of the next one. So `val_loss`, on which early stopping and
# checkpoints decide, is the loss of the first output.
#
# Why: makeTestFunction of @tensorflow/tfjs-layers puts the sum so far into its result for each output, not once.
#
# The outputs are always 0 and the labels 1 and 3, so that the squared errors are 1 and 9, the sum 10, the absolute errors 1
# and 3.
#
#   {"names":["loss","a_loss","b_loss","a_mae","b_mae"],"values":[1,10,1,9,1,3],"loss":10,"val_loss":1,"val_a_loss":10}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > evaluate.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

async function main() {
  const input = tf.input({ shape: [1] });
  const output = (name) =>
    tf.layers.dense({ name, units: 1, kernelInitializer: 'zeros', useBias: false }).apply(input);
  const model = tf.model({ inputs: input, outputs: [output('a'), output('b')] });
  model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError', metrics: ['mae'] });
  const [x, a, b] = [1, 1, 3].map((value) => tf.fill([4, 1], value));
  const values = model.evaluate(x, [a, b]).map((value) => value.dataSync()[0]);
  const fitted = await model.fit(x, [a, b], { epochs: 1, validationData: [x, [a, b]], verbose: 0 });
  const [loss, val_loss, val_a_loss] = ['loss', 'val_loss', 'val_a_loss'].map(
    (name) => fitted.history[name][0],
  );
  log(JSON.stringify({ names: model.metricsNames, values, loss, val_loss, val_a_loss }));
}
main();
EOF
seen=$(node evaluate.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"names":["loss","a_loss","b_loss","a_mae","b_mae"],"values":[1,10,1,9,1,3],"loss":10,"val_loss":1,"val_a_loss":10}' ]
