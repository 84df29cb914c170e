const fs = require('node:fs');
const path = require('node:path');
const seedrandom = require('seedrandom');
const sharp = /** @type {any} */ (require('sharp'));
const { photographLike } = require('../support/photograph-like');
const { copies, copyOf } = require('./copies');
const { renderedSeries } = require('./rendered-series');

const data = path.join(__dirname, '../../../data');
const octaves = { grains: [150, 40, 10, 3, 1], strengths: [60, 35, 20, 14, 10] };

/**
 * The pictures of the repository, and those that are drawn for this.
 * @param {number} [every] only every so many-th of them
 * @returns {Promise<Record<string, Array<string | Buffer>>>}
 */
async function picturesOf(every = 1) {
  /** @template T @param {T[]} all */
  const some = (all) => all.filter((_, i) => i % every === 0);
  const seeds = Array.from({ length: 30 }, (_, i) => i);
  return {
    'flat drawings (lesson 1)': some(['happy-or-sad', 'unseen-style'].flatMap(filesIn)),
    'scenes (lesson 2)': some(filesIn('emotions')),
    'renderings, only the mouth moves': some((await renderedSeries()).map(({ png }) => png)),
    'of noise as photographs have it': await Promise.all(some(seeds).map(noisePhotograph)),
  };
}

/** @param {string} folder */
function filesIn(folder) {
  return ['happy', 'sad'].flatMap((name) => {
    const files = fs.readdirSync(path.join(data, folder, name)).sort();
    return files.map((file) => path.join(data, folder, name, file));
  });
}

/** @param {number} seed @returns {Promise<Buffer>} a JPEG of 600 × 450 */
async function noisePhotograph(seed) {
  const random = seedrandom.alea(`photograph ${seed}`);
  const size = { width: 600, height: 450 };
  const picture = await photographLike(size, octaves, random);
  return picture.jpeg({ quality: 90 }).toBuffer();
}

/**
 * Makes each kind of copy, and compares copies with their originals, and the pictures with each other, as `checkPictures` does.
 * @param {ReadonlyArray<string | Buffer>} pictures no two of them the same
 * @param {{ kinds?: string[], every?: number }} [options] `kinds` of `copies`, all when left out; only `every` so many-th
 *   picture is copied, each when left out
 */
async function rates(pictures, { kinds = Object.keys(copies), every = 1 } = {}) {
  // Compiled; only now, since this file may be read before.
  const { likePictures } = require('../../../dist/collections/checking/likePictures');
  const originals = await Promise.all(pictures.map((picture, i) => compared(picture, `${i}`)));
  const placesOf = new Map(likePictures(originals).map((like, i) => [like, i]));
  const pairsSame = [...placesOf.keys()].reduce((sum, { near }) => sum + near.length, 0) / 2;
  const copied = pictures.flatMap((picture, i) => (i % every === 0 ? [{ picture, i }] : []));
  let found = 0;
  let worst = { kind: 'none is missed', missed: 0 };
  for (const kind of kinds) {
    const isFound = await Promise.all(
      copied.map(async ({ picture, i }) => {
        const copy = await compared(await copyOf(picture, kind), 'copy');
        const [like] = likePictures([/** @type {typeof copy} */ (originals[i]), copy]);
        return (like?.near.length ?? 0) > 0;
      }),
    );
    const missed = isFound.filter((it) => !it).length;
    found += copied.length - missed;
    if (missed > worst.missed) worst = { kind, missed };
  }
  return {
    copies: kinds.length * copied.length,
    found,
    worst: worst.missed === 0 ? worst.kind : `${worst.missed} × ${worst.kind}`,
    pairs: (pictures.length * (pictures.length - 1)) / 2,
    same: pairsSame,
  };
}

/** @param {string | Buffer} picture @param {string} digest */
async function compared(picture, digest) {
  const { fingerprint, SIDE } = require('../../../dist/collections/checking/fingerprint');
  const { width, height } = await sharp(picture).metadata();
  const rgb = await sharp(picture)
    .toColourspace('srgb')
    .removeAlpha()
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { digest, fingerprint: fingerprint(rgb, Math.min(width, height)) };
}

module.exports = { picturesOf, rates };
