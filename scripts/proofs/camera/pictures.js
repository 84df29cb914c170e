const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../setup/paths');
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/**
 * Pictures of many kinds, on which a browser and TensorFlow could differ.
 * @param {string} folder
 * @returns {Promise<string[]>} their paths
 */
async function writePictures(folder) {
  const data = path.join(root, 'data');
  const emoji = path.join(data, 'happy-or-sad', 'sad', 'noto-1f62d-loudly-crying-face.png');
  const photo = path.join(data, 'portraits', 'barack-obama.jpg');
  /** @type {Record<string, import('sharp').Sharp>} */
  const kinds = {
    'transparent.png': sharp(emoji)
      .ensureAlpha(0.6)
      .resize(200, 120, { fit: 'contain', background: '#ff804000' })
      .png(),
    'palette.png': sharp(emoji).png({ palette: true, colours: 16 }),
    'grey.png': sharp(photo).greyscale().resize(300).png(),
    'turned.jpg': sharp(photo).withMetadata({ orientation: 6 }).jpeg(),
    'wide.jpg': sharp(photo).resize(900, 200, { fit: 'fill' }).jpeg({ quality: 70 }),
    'photo.webp': sharp(photo).webp({ lossless: true }),
    'animation.gif': sharp(emoji).flatten({ background: '#ffffff' }).gif(),
  };
  const written = [];
  for (const [name, picture] of Object.entries(kinds)) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, await picture.toBuffer());
    written.push(file);
  }
  return [emoji, photo, ...written];
}

module.exports = { writePictures };
