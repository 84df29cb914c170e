const fs = require('node:fs');
const path = require('node:path');
const seedrandom = require('seedrandom');
const sharp = /** @type {any} */ (require('sharp'));

const width = 4000;
const height = 3000;
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
/** What cameras store. */
const quality = 90;

/**
 * Makes JPEGs of 12 megapixels that decode like photographs: structure at all scales, and noise.
 * usage: node make-photographs.js TASK
 */
async function main() {
  const { folder, different, names, seed } = JSON.parse(process.argv[2] ?? '');
  const random = seedrandom.alea(`${seed} photographs`);
  const scene = await makeScene(random);
  const classes = ['a', 'b'].map((name) => path.join(folder, name));
  for (const each of classes) fs.mkdirSync(each, { recursive: true });
  let bytes = 0;
  for (let i = 0; i < different; i++) {
    const first = path.join(/** @type {string} */ (classes[i % 2]), fileName(i));
    bytes += (await takePhotograph(scene, random, first)).size;
    for (let name = i + different; name < names; name += different) {
      fs.linkSync(first, path.join(/** @type {string} */ (classes[name % 2]), fileName(name)));
    }
    console.log(JSON.stringify({ made: i + 1 }));
  }
  console.log(JSON.stringify({ bytes }));
}

/** @param {number} i */
function fileName(i) {
  return `${String(i).padStart(4, '0')}.jpg`;
}

/**
 * @param {() => number} random
 * @returns {Promise<any>} of sharp
 */
async function makeScene(random) {
  const [wide, high] = [width + margin, height + margin];
  const sum = new Float32Array(wide * high * 3).fill(128);
  for (const [grain = 1, strength = 0] of octaves) {
    const [w, h] = [Math.ceil(wide / grain), Math.ceil(high / grain)];
    const coarse = Uint8Array.from({ length: w * h * 3 }, () => random() * 256);
    const fine = await sharp(coarse, { raw: { width: w, height: h, channels: 3 } })
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

/**
 * A part of the scene in a light of its own.
 * @param {any} scene of sharp
 * @param {() => number} random
 * @param {string} file
 */
function takePhotograph(scene, random, file) {
  const left = Math.floor(random() * margin);
  const top = Math.floor(random() * margin);
  const light = [0, 1, 2].map(() => 0.8 + 0.4 * random());
  return scene
    .clone()
    .extract({ left, top, width, height })
    .linear(light, [0, 0, 0])
    .jpeg({ quality })
    .toFile(file);
}

main();
