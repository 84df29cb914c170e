#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the regularizers of recurrent layers, in training.
#
# Expected, as Keras does, whose layers and settings these are: the penalties of an LSTM's, GRU's or SimpleRNN's weights are
# part of the loss, as those of a dense layer.
# Seen: they are not, without a word. Where all else is 0, a weight of 3 under an l2 of 1 makes the loss 9: so it does in a
#   dense layer, and in a SimpleRNN the loss is 0 (in Keras 9; in an LSTM, whose kernel has four such weights, 36).
#
# Why: the cell gets the weights and with them the losses (`addWeight`), and `calculateLosses` of the recurrent layer knows
# its own alone.
#
#   {"dense":9,"simpleRNN":0,"lstm":0,"gru":0,"bidirectional":0}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > penalties.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const settings = {
  units: 1,
  useBias: false,
  kernelInitializer: tf.initializers.constant({ value: 3 }),
  kernelRegularizer: tf.regularizers.l2({ l2: 1 }),
};
const recurrent = { ...settings, inputShape: [1, 1] };

async function lossOf(layer, x) {
  const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1, kernelInitializer: 'zeros' })] });
  model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
  return Math.round(await model.trainOnBatch(x, tf.zeros([1, 1])));
}

async function main() {
  const series = tf.zeros([1, 1, 1]);
  // One weight of each kernel: an LSTM has four, a GRU three, each of them 3.
  log(
    JSON.stringify({
      dense: await lossOf(tf.layers.dense({ ...settings, inputShape: [1] }), tf.zeros([1, 1])),
      simpleRNN: await lossOf(tf.layers.simpleRNN(recurrent), series),
      lstm: await lossOf(tf.layers.lstm(recurrent), series),
      gru: await lossOf(tf.layers.gru(recurrent), series),
      bidirectional: await lossOf(
        tf.layers.bidirectional({ layer: tf.layers.simpleRNN(recurrent), inputShape: [1, 1] }),
        series,
      ),
    }),
  );
}
main();
EOF
seen=$(node penalties.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"dense":9,"simpleRNN":0,"lstm":0,"gru":0,"bidirectional":0}' ]
