#!/usr/bin/env bash
# TensorFlow.js 4.22.0: the layer DepthwiseConv2D with `dilationRate`.
#
# Expected, by its documentation, and as Keras does: a kernel of 2×2 with a rate of 2 takes the corners of a window of 3×3.
# Of a picture of 3×3 with the values 1 to 9 and a kernel of ones that is one place, 1 + 3 + 7 + 9 = 20.
# Seen: the setting is taken and given back by getConfig, and not computed with: four places, as without dilation. Conv2D
# computes it.
#
# Why: DepthwiseConv2D.call of @tensorflow/tfjs-layers gives `null` for the dilation, and computeOutputShape leaves it out.
#
#   {"conv2d":{"shape":[1,1,1,1],"values":[20]},"depthwiseConv2d":{"shape":[1,2,2,1],"values":[12,16,24,28]},"rate":[2,2]}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 >&2
cat > dilation.js <<'EOF'
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const picture = tf.range(1, 10).reshape([1, 3, 3, 1]);
const common = { kernelSize: 2, dilationRate: 2, inputShape: [3, 3, 1], useBias: false };
const seen = {};
let rate;
for (const [name, layer] of [
  ['conv2d', tf.layers.conv2d({ ...common, filters: 1, kernelInitializer: 'ones' })],
  ['depthwiseConv2d', tf.layers.depthwiseConv2d({ ...common, depthwiseInitializer: 'ones' })],
]) {
  const y = tf.sequential({ layers: [layer] }).predict(picture);
  seen[name] = { shape: y.shape, values: [...y.dataSync()] };
  rate = layer.getConfig().dilationRate;
}
log(JSON.stringify({ ...seen, rate }));
EOF
seen=$(node dilation.js)
echo "@tensorflow/tfjs 4.22.0: $seen"
[ "$seen" = '{"conv2d":{"shape":[1,1,1,1],"values":[20]},"depthwiseConv2d":{"shape":[1,2,2,1],"values":[12,16,24,28]},"rate":[2,2]}' ]
