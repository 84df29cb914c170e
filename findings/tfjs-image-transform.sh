#!/usr/bin/env bash
# TensorFlow.js 4.22.0: `tf.image.transform`, which moves, turns and zooms pictures.
# Expected: it computes on every backend of tfjs that the documentation names, tfjs-node among them.
# Seen: the CPU backend moves a picture; tfjs-node has a file for each of its kernels, and none for Transform, so that there
#   it throws «Kernel 'Transform' not registered for backend 'tensorflow'».
#     cpu: 0,1; among 155 kernels of tfjs-node: ResizeBilinear, no Transform
# Where this concerns us: src/tensorflow/kernels/installTransform.ts; test/images/augmenting/asInKeras.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-node@4.22.0 >&2
cat >seen.js <<'JS'
const fs = require('node:fs');
const log = console.log;
console.log = console.warn = () => {};
const tf = require('@tensorflow/tfjs');

const picture = tf.tensor4d([1, 2], [1, 1, 2, 1]);
const moved = tf.image.transform(picture, tf.tensor2d([[1, 0, -1, 0, 1, 0, 0, 0]])).dataSync();
const files = fs.readdirSync('node_modules/@tensorflow/tfjs-node/dist/kernels').filter((file) => file.endsWith('.js'));
const has = (kernel) => `${files.includes(`${kernel}.js`) ? '' : 'no '}${kernel}`;
log(`${tf.getBackend()}: ${[...moved]}; among ${files.length} kernels of tfjs-node: ${has('ResizeBilinear')}, ${has('Transform')}`);
JS
seen=$(node seen.js)
echo "$seen"
[ "$seen" = 'cpu: 0,1; among 155 kernels of tfjs-node: ResizeBilinear, no Transform' ]
