const sharp = /** @type {any} */ (require('sharp'));

/**
 * What people and programs make of a picture, by name.
 * @type {Record<string, (picture: any, width: number, height: number) => any>}
 */
const copies = {
  'JPEG, quality 95': (picture) => picture.jpeg({ quality: 95 }),
  'JPEG, quality 75': (picture) => picture.jpeg({ quality: 75 }),
  'JPEG, quality 50': (picture) => picture.jpeg({ quality: 50 }),
  'half the size': (picture, w, h) => picture.resize(Math.round(w / 2), Math.round(h / 2)).png(),
  'a third, JPEG 85': (picture, w, h) =>
    picture.resize(Math.round(w / 3), Math.round(h / 3)).jpeg({ quality: 85 }),
  'larger by 1.7': (picture, w) => picture.resize(Math.round(1.7 * w)).png(),
  'squeezed by 0.9': (picture, w, h) =>
    picture.resize(w, Math.round(0.9 * h), { fit: 'fill' }).png(),
  'without 1 % on each side': (picture, w, h) => cropped(picture, w, h, 0.01).png(),
  'without 2 % on each side, JPEG 90': (picture, w, h) =>
    cropped(picture, w, h, 0.02).jpeg({ quality: 90 }),
  'without 2 % on the left': (picture, w, h) => {
    const left = Math.round(0.02 * w);
    return picture.extract({ left, top: 0, width: w - left, height: h }).png();
  },
  'brighter by a tenth': (picture) => picture.linear(1.1, 8).png(),
  'darker by 0.15, JPEG 90': (picture) => picture.linear(0.85, 0).jpeg({ quality: 90 }),
};

/**
 * Makes a copy.
 * @param {Buffer | string} picture
 * @param {string} name one of `copies`
 * @returns {Promise<Buffer>}
 */
async function copyOf(picture, name) {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const raw = sharp(data, { raw: { width, height, channels: 3 } });
  return /** @type {any} */ (copies[name])(raw, width, height).toBuffer();
}

/** @param {any} picture @param {number} width @param {number} height @param {number} share of each side */
function cropped(picture, width, height, share) {
  const [left, top] = [Math.round(share * width), Math.round(share * height)];
  return picture.extract({ left, top, width: width - 2 * left, height: height - 2 * top });
}

module.exports = { copies, copyOf };
