#!/usr/bin/env bash
# TensorFlow.js 4.22.0: training a model with a Conv2D that has a `dilationRate`.
#
# Expected, by its documentation, which names one restriction alone («specifying any dilationRate value != 1 is incompatible
# with specifying any strides != 1»), and as Keras does: the model is trained.
# Seen: it predicts, and the first step of a training throws. DepthwiseConv2D and MaxPooling2D are trained.
#
# Why: the gradients of Conv2D and of fused.conv2d in @tensorflow/tfjs-core assert that all dilations are 1.
#
#   {"predicts":[1,1,1,1],"fit":"Error in gradient of fused conv2D: dilation rates greater than 1 are not yet supported in gradients. Got dilations '2,2'"}
# Where this concerns us: src/tensorflow/kernels/installDilatedGradient.ts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > gradient.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const model = tf.sequential({
  layers: [tf.layers.conv2d({ filters: 1, kernelSize: 2, dilationRate: 2, inputShape: [3, 3, 1] })],
});
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const [x, y] = [tf.ones([1, 3, 3, 1]), tf.ones([1, 1, 1, 1])];
const predicts = model.predict(x).shape;
model
  .fit(x, y, { epochs: 1, verbose: 0 })
  .then(() => 'trained', (error) => error.message)
  .then((fit) => log(JSON.stringify({ predicts, fit })));
EOF
seen=$(node gradient.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"predicts":[1,1,1,1],"fit":"Error in gradient of fused conv2D: dilation rates greater than 1 are not yet supported in gradients. Got dilations '"'2,2'"'"}' ]
