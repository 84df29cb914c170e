require('./setup/check-node');
const { runChecks } = require('./run-checks');
const { afterSetUp } = require('./setup/set-up');

/** `npm run test:long`: the slow proofs, more than an hour. */
afterSetUp(async () =>
  runChecks([
    ['seeds 1 to 10', ['scripts/proofs/seeds.js']],
    ['Node versions', ['scripts/proofs/node-versions.js']],
    ['set-up', ['scripts/proofs/set-up.js']],
    ['emotion accuracy beside Keras', ['scripts/proofs/emotion-accuracy.js']],
    ['seven emotions beside Keras', ['scripts/proofs/seven-emotions.js']],
    ['pre-trained networks', ['scripts/proofs/transfer-accuracy.js']],
    ['files of keras.applications', ['scripts/proofs/keras-applications.js']],
    ['near copies found', ['scripts/proofs/near-duplicates.js']],
    ['200 kills of a registry', ['scripts/proofs/registry.js']],
    ['200 kills of a monitor', ['scripts/proofs/monitor.js']],
    ['a thousand classes', ['scripts/proofs/many-classes.js']],
    ['every cell twice', ['scripts/proofs/cells-twice.js']],
    ['other constants', ['scripts/proofs/other-constants.js']],
    ['files for phones', ['scripts/proofs/phones.js']],
    ['a real JupyterHub', ['scripts/proofs/hub.js']],
    ['the server and clients of others', ['scripts/proofs/serving.js']],
    ['lesson 1 on WebGPU', ['scripts/proofs/webgpu.js']],
    ['the camera page', ['scripts/proofs/camera.js']],
  ]),
);
