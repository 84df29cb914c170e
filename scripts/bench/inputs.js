const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');
const { initialWeights } = require('./networks');
const { runProgram, temporaryFolder } = require('./sitting');

/** The pictures of lesson 1. */
const faces = path.join(root, 'data', 'happy-or-sad');

/** What all contestants are given alike: made once a sitting, from a seed, and removed with it. */
class Inputs {
  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
    this.folder = temporaryFolder();
  }

  /**
   * @param {string} name
   * @param {import('./networks').Network} network
   * @returns {string} a file of float32
   */
  weights(name, network) {
    const weights = initialWeights(
      network,
      require('seedrandom').alea(`${this.seed} ${name} weights`),
    );
    return this.write(`${name}.weights`, weights);
  }

  /**
   * Pictures of random bytes, half of them brighter than the others, which is what is to be learned.
   * @param {string} name
   * @param {number} size side in pixels
   * @param {number} count
   * @returns {{ pictures: string, labels: string }} files of bytes
   */
  batches(name, size, count) {
    const random = require('seedrandom').alea(`${this.seed} ${name} pictures`);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
    const length = size * size * 3;
    const pictures = new Uint8Array(count * length);
    for (let i = 0; i < pictures.length; i++) {
      const bright = labels[Math.floor(i / length)] === 1 ? 64 : 0;
      pictures[i] = random() * 192 + bright;
    }
    return {
      pictures: this.write(`${name}.pictures`, pictures),
      labels: this.write(`${name}.labels`, labels),
    };
  }

  /**
   * Photograph-like JPEGs in two class folders, each of a few different ones under many names.
   * @param {{ different: number, names: number, told: (text: string) => void }} wanted
   * @returns {Promise<{ folder: string, megabytes: number }>} megabytes: of a picture, the mean
   */
  async photographs({ different, names, told }) {
    const folder = path.join(this.folder, `photographs-${names}`);
    const task = { folder, different, names, seed: this.seed };
    const { answer } = await runProgram(
      process.execPath,
      [path.join(__dirname, 'make-photographs.js'), JSON.stringify(task)],
      {
        onEvent: ({ made }) => {
          if (made % 10 === 0) told(`making photographs, ${made} of ${different}`);
        },
      },
    );
    return { folder, megabytes: answer.bytes / different / 1e6 };
  }

  /**
   * The pictures of lesson 1 under as many names as are asked for.
   * @param {number} count
   * @returns {string} a folder with a folder a class
   */
  manyFaces(count) {
    const folder = path.join(this.folder, `faces-${count}`);
    if (fs.existsSync(folder)) return folder;
    const classes = fs
      .readdirSync(faces)
      .filter((name) => !name.includes('.'))
      .sort();
    for (const [c, name] of classes.entries()) {
      fs.mkdirSync(path.join(folder, name), { recursive: true });
      const files = fs.readdirSync(path.join(faces, name)).filter((file) => file.endsWith('.png'));
      const firsts = files.sort().map((file) => {
        const copy = path.join(this.folder, `${name}-${file}`);
        if (!fs.existsSync(copy)) fs.copyFileSync(path.join(faces, name, file), copy);
        return copy;
      });
      const mine = Math.floor((count + classes.length - 1 - c) / classes.length);
      for (let i = 0; i < mine; i++) {
        const first = /** @type {string} */ (firsts[i % firsts.length]);
        fs.linkSync(first, path.join(folder, name, `${String(i).padStart(5, '0')}.png`));
      }
    }
    return folder;
  }

  /**
   * @param {string} name
   * @param {Uint8Array | Float32Array} values
   */
  write(name, values) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, values);
    return file;
  }
}

module.exports = { Inputs, faces };
