const fs = require('node:fs');
const path = require('node:path');
const sharp = /** @type {any} */ (require('sharp'));

const [width, height] = [4000, 3000];
/** By how much the scene is larger than a photograph, so that each shows another part of it. */
const margin = 400;
/** Sides of a grain in pixels and its strength in grey levels: from light and shade down to the sensor's noise. */
const octaves = [
  [800, 60],
  [200, 35],
  [50, 20],
  [12, 14],
  [3, 12],
  [1, 12],
];

/**
 * Makes JPEGs of 12 megapixels that decode like photographs, with structure at all scales and noise, in two class folders.
 * @param {string} folder
 * @param {{ different: number, names: number }} wanted so many different ones, under as many names
 * @param {() => number} random in [0, 1)
 * @param {(text: string) => void} told
 * @returns {Promise<number>} bytes of a photograph, the mean
 */
async function makePhotographs(folder, { different, names }, random, told) {
  const scene = await makeScene(random);
  for (const name of ['a', 'b']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  const fileOf = (/** @type {number} */ i) =>
    path.join(folder, i % 2 === 0 ? 'a' : 'b', `${String(i).padStart(4, '0')}.jpg`);
  let bytes = 0;
  for (let i = 0; i < different; i++) {
    const [left, top] = [0, 1].map(() => Math.floor(random() * margin));
    const light = [0, 1, 2].map(() => 0.8 + 0.4 * random());
    const part = scene.clone().extract({ left, top, width, height }).linear(light, [0, 0, 0]);
    bytes += (await part.jpeg({ quality: 90 }).toFile(fileOf(i))).size; // what cameras store
    for (let name = i + different; name < names; name += different) {
      fs.linkSync(fileOf(i), fileOf(name));
    }
    if (i % 10 === 9) told(`making photographs, ${i + 1} of ${different}`);
  }
  return bytes / different;
}

/** @type {(random: () => number) => Promise<any>} of sharp */
async function makeScene(random) {
  const [wide, high] = [width + margin, height + margin];
  const sum = new Float32Array(wide * high * 3).fill(128);
  for (const [grain = 1, strength = 0] of octaves) {
    const size = { width: Math.ceil(wide / grain), height: Math.ceil(high / grain) };
    const length = size.width * size.height * 3;
    const coarse = Uint8Array.from({ length }, () => random() * 256);
    const fine = await sharp(coarse, { raw: { ...size, channels: 3 } })
      .resize(wide, high, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (let i = 0; i < sum.length; i++) {
      sum[i] = Number(sum[i]) + (Number(fine[i]) / 128 - 1) * strength;
    }
  }
  const pixels = Uint8ClampedArray.from(sum);
  return sharp(pixels, { raw: { width: wide, height: high, channels: 3 } });
}

module.exports = { makePhotographs };
