const fs = require('node:fs');
const path = require('node:path');
const seedrandom = require('seedrandom');
const { photographLike } = require('../proofs/support/photograph-like');
const { temporaryFolder } = require('../proofs/support/temporary-folder');
const { root } = require('../setup/paths');
const { compete } = require('./contestants');

/** @typedef {typeof import('./networks').happyOrSad} Network */

/** The pictures of lesson 1. */
const faces = path.join(root, 'data', 'happy-or-sad');

/** With these a JPEG of 12 megapixels decodes like a photograph. */
const octaves = { grains: [800, 200, 50, 12, 3, 1], strengths: [60, 35, 20, 14, 12, 12] };

/** What all contestants are given alike: made once a sitting, from a seed, and removed with it. */
class Inputs {
  seed = 1;
  folder = temporaryFolder({ keep: true });

  /** @param {boolean} quick whether less is wanted @param {(text: string) => void} told is handed what is being done */
  constructor(quick, told) {
    this.quick = quick;
    this.told = told;
  }

  /** @type {(network: Network) => Promise<string>} a file `.keras`, with initial weights */
  async model(network) {
    const file = path.join(this.folder, `${network.name}.keras`);
    await compete('ours', { kind: 'save', network: { ...network, seed: this.seed }, file });
    return file;
  }

  /**
   * Pictures of random bytes, every second of them brighter than the others, which is what is to be learned.
   * @type {(network: Network, count: number) => string} a file of bytes
   */
  pictures({ name, size }, count) {
    const random = seedrandom.alea(`${this.seed} ${name} pictures`);
    const length = size * size * 3;
    const bytes = new Uint8Array(count * length);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = random() * 192 + 64 * (Math.floor(i / length) % 2);
    }
    const file = path.join(this.folder, `${name}.pictures`);
    fs.writeFileSync(file, bytes);
    return file;
  }

  /**
   * Photograph-like JPEGs of 12 megapixels, some different ones under many names: parts of a larger scene.
   * @type {(wanted: { different: number, count: number }) => Promise<string>} a folder with a folder a class
   */
  async photographs({ different, count }) {
    this.told(`making ${different} photographs`);
    const random = seedrandom.alea(`${this.seed} photographs`);
    const scene = await photographLike({ width: 4400, height: 3400 }, octaves, random);
    const folder = path.join(this.folder, 'photographs');
    for (const name of ['a', 'b']) fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (let i = 0; i < different; i++) {
      const [left, top] = [0, 1].map(() => Math.floor(random() * 400));
      const light = [0, 1, 2].map(() => 0.8 + 0.4 * random());
      const part = scene.clone().extract({ left, top, width: 4000, height: 3000 });
      const file = path.join(folder, i % 2 === 0 ? 'a' : 'b', `${i}.jpg`);
      await part.linear(light, [0, 0, 0]).jpeg({ quality: 90 }).toFile(file); // what cameras store
    }
    return this.copies(folder, count);
  }

  /** @type {(count: number) => string} a folder with a folder a class: lesson 1's pictures under as many names */
  faces(count) {
    const folder = path.join(this.folder, 'faces');
    fs.cpSync(faces, folder, { recursive: true });
    return this.copies(folder, count);
  }

  /** @type {(folder: string, count: number) => string} another one, in which its pictures have as many names */
  copies(folder, count) {
    const target = `${folder}-${count}`;
    const found = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = found.filter(path.extname).sort();
    for (let i = 0; i < count; i++) {
      const file = String(files[i % files.length]);
      const name = path.join(target, path.dirname(file), `${i}${path.extname(file)}`);
      fs.mkdirSync(path.dirname(name), { recursive: true });
      if (!fs.existsSync(name)) fs.linkSync(path.join(folder, file), name);
    }
    return target;
  }
}

module.exports = { Inputs, faces };
