const fs = require('node:fs');
const path = require('node:path');
const { dist } = require('../setup/paths');

/** @type {typeof import('../../src/index')} */
const { tf } = require(dist);
const batchSize = 32;

/**
 * What stock tfjs-node, which has no directory loader, gives the pixel values of Keras with: one picture after the other.
 * @param {string} folder with a folder a class
 * @param {number} side
 */
async function stockDataset(folder, side) {
  const files = fs
    .readdirSync(folder)
    .sort()
    .flatMap((name, label) =>
      fs
        .readdirSync(path.join(folder, name))
        .sort()
        .map((file) => ({ file: path.join(folder, name, file), label })),
    );
  async function* batches() {
    for (let at = 0; at < files.length; at += batchSize) {
      const batch = files.slice(at, at + batchSize);
      const contents = await Promise.all(batch.map(({ file }) => fs.promises.readFile(file)));
      const xs = tf.tidy(() => tf.stack(contents.map((content) => decode(content, side))));
      yield { xs, ys: tf.tensor2d(batch.map(({ label }) => [label])) };
    }
  }
  return tf.data.generator(/** @type {any} */ (batches));
}

/**
 * @param {Uint8Array} content
 * @param {number} side
 */
function decode(content, side) {
  const image = /** @type {import('../../src/index').tf.Tensor3D} */ (
    tf.node.decodeImage(content, 3, 'int32', false)
  );
  return tf.image.resizeBilinear(image, [side, side], false, true);
}

module.exports = { stockDataset };
