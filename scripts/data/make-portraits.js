const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const sharp = /** @type {any} */ (require('sharp'));
const { root } = require('../setup/paths');
const { writeWhole } = require('./write-whole');

/** The longer side of a portrait, in pixels. */
const SIDE = 480;

/**
 * Where each portrait lies in which package of the Python registry, and its SHA-256.
 * @type {Array<[name: string, original: string, hash: string]>}
 */
const portraits = [
  [
    'eileen-collins.jpg',
    'astronaut.png', // scikit-image 0.25.2: skimage/data
    '88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5',
  ],
  [
    'grace-hopper.jpg',
    'grace_hopper.jpg', // matplotlib 3.10.7: matplotlib/mpl-data/sample_data
    'a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130',
  ],
  [
    'barack-obama.jpg',
    'obama.jpg', // face_recognition 1.3.0, the sdist: tests/test_images
    '0930e3aa8cae5920329c0c8cbc6a2ab70f47b0e67b432875beaa95cbf7e741f6',
  ],
];

/**
 * Makes the portraits of data/portraits again.
 *
 *     node scripts/data/make-portraits.js FOLDER_OF_THE_ORIGINALS
 * @param {string} folder
 */
async function main(folder) {
  for (const [name, original, hash] of portraits) {
    const bytes = fs.readFileSync(path.join(folder, original));
    if (createHash('sha256').update(bytes).digest('hex') !== hash) {
      throw new Error(`${original} is another file than the one that the portrait was made of`);
    }
    const jpeg = await sharp(bytes)
      .resize(SIDE, SIDE, { fit: 'inside' })
      .jpeg({ quality: 85 })
      .toBuffer();
    await writeWhole(path.join(root, 'data', 'portraits', name), jpeg);
    console.log(`${name}: ${jpeg.length} bytes`);
  }
}

main(process.argv[2] ?? '.').catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
