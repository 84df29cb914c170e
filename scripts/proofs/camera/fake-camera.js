const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../setup/paths');
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

const PORTRAIT = path.join(root, 'data', 'portraits', 'eileen-collins.jpg');
const FRAMES = 30;

/**
 * A film for Chromium's fake camera: a face that moves to and fro, one second, again and again.
 * @param {string} file ends in .mjpeg: JPEGs, one behind the other
 */
async function writeFakeCamera(file) {
  const face = await sharp(PORTRAIT).resize(360, 440, { fit: 'cover' }).toBuffer();
  const frames = [];
  for (let i = 0; i < FRAMES; i++) {
    const left = 140 + Math.round(40 * Math.sin((2 * Math.PI * i) / FRAMES));
    const wall = { width: 640, height: 480, channels: 3, background: '#5a6e82' };
    const frame = sharp({ create: /** @type {any} */ (wall) });
    frames.push(
      await frame
        .composite([{ input: face, left, top: 20 }])
        .jpeg({ quality: 92 })
        .toBuffer(),
    );
  }
  fs.writeFileSync(file, Buffer.concat(frames));
}

module.exports = { writeFakeCamera };
