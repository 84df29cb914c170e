const fs = require('node:fs');
const path = require('node:path');

/**
 * A network that looks at a small difference of two large numbers, as one does behind standardized features, and pictures of
 * which it knows every one: its first layer adds fifty times blue to red and to green, its second one takes one away from the
 * other, and green is more or less than red by 1 of 255.
 * @param {any} lab
 * @param {string} folder
 */
async function breakable({ tf }, folder) {
  const sharp = /** @type {any} */ (require('sharp'));
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [8, 8, 3], dataFormat: 'channelsLast' }),
      tf.layers.dense({
        units: 2,
        weights: [tf.tensor2d([1, 0, 0, 1, 50, 50], [3, 2]), tf.zeros([2])],
      }),
      tf.layers.dense({
        units: 1,
        activation: 'sigmoid',
        weights: [tf.tensor2d([-1, 1], [2, 1]), tf.zeros([1])],
      }),
    ],
  });
  const samples = path.join(folder, 'trap');
  for (let i = 0; i < 50; i++) {
    for (const [label, name] of ['green', 'red'].entries()) {
      const colour = { r: 100 + i + label, g: 100 + i + 1 - label, b: 5 * i };
      const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: colour } });
      fs.mkdirSync(path.join(samples, name), { recursive: true });
      await picture.png().toFile(path.join(samples, name, `${i}.png`));
    }
  }
  const input = { imageSize: [8, 8], rescale: { divisor: 255 } };
  return { classifier: { model, classNames: ['red', 'green'], input }, samples };
}

module.exports = { breakable };
