const fs = require('node:fs');
const path = require('node:path');
const seedrandom = require('seedrandom');
const { temporaryFolder } = require('../proofs/support/temporary-folder');
const { root } = require('../setup/paths');
const { initialWeights } = require('./networks');
const { makePhotographs } = require('./make-photographs');

/** The pictures of lesson 1. */
const faces = path.join(root, 'data', 'happy-or-sad');

/** What all contestants are given alike: made once a sitting, from a seed, and removed with it. */
class Inputs {
  seed = 1;
  folder = temporaryFolder({ keep: true });

  /** @param {boolean} quick whether less is wanted @param {(text: string) => void} told is handed what is being done */
  constructor(quick, told) {
    this.quick = quick;
    this.told = told;
  }

  /** @type {(name: string, network: import('./networks').Network) => string} a file of float32 */
  weights(name, network) {
    const weights = initialWeights(network, seedrandom.alea(`${this.seed} ${name} weights`));
    return this.write(`${name}.weights`, weights);
  }

  /**
   * Pictures of random bytes, half of them brighter than the others, which is what is to be learned; size: side in pixels.
   * @type {(name: string, size: number, count: number) => { pictures: string, labels: string }} files of bytes
   */
  batches(name, size, count) {
    const random = seedrandom.alea(`${this.seed} ${name} pictures`);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
    const length = size * size * 3;
    const pictures = new Uint8Array(count * length);
    for (let i = 0; i < pictures.length; i++) {
      pictures[i] = random() * 192 + 64 * Number(labels[Math.floor(i / length)]);
    }
    const files = { pictures: this.write(`${name}.pictures`, pictures) };
    return { ...files, labels: this.write(`${name}.labels`, labels) };
  }

  /**
   * Photograph-like JPEGs in two class folders, each of a few different ones under many names.
   * @type {(wanted: { different: number, names: number }) => Promise<string>} the folder
   */
  async photographs(wanted) {
    const folder = path.join(this.folder, `photographs-${wanted.names}`);
    const random = seedrandom.alea(`${this.seed} photographs`);
    const bytes = await makePhotographs(folder, wanted, random, this.told);
    this.told(`photographs of ${(bytes / 1e6).toFixed(1)} MB`);
    return folder;
  }

  /**
   * The pictures of lesson 1 under as many names as are asked for.
   * @type {(count: number) => string} a folder with a folder a class
   */
  manyFaces(count) {
    const folder = path.join(this.folder, `faces-${count}`);
    if (fs.existsSync(folder)) return folder;
    for (const [c, name] of ['happy', 'sad'].entries()) {
      const files = fs.readdirSync(path.join(faces, name)).filter((file) => file.endsWith('.png'));
      const numbered = (/** @type {number} */ i) =>
        path.join(folder, name, `${String(i).padStart(5, '0')}.png`);
      fs.mkdirSync(path.join(folder, name), { recursive: true });
      for (let i = 0; 2 * i + c < count; i++) {
        const file = files.sort()[i];
        if (file) fs.copyFileSync(path.join(faces, name, file), numbered(i));
        else fs.linkSync(numbered(i % files.length), numbered(i));
      }
    }
    return folder;
  }

  /** @type {(name: string, values: Uint8Array | Float32Array) => string} */
  write(name, values) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, values);
    return file;
  }
}

module.exports = { Inputs, faces };
