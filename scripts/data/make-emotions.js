/**
 * Makes the pictures of lesson 2 from published emoji art, the same bytes each time:
 *
 *     emotions/happy/noto-1f600-grinning-face.jpg        each face eight times, in several styles, each time in
 *     emotions/happy/noto-1f600-grinning-face-2.jpg      another scene
 *     emotions/manifest.json                             what each picture is and whose; their groups are the code points
 *     emotions-with-faults/…                             some of them, and faults to be found
 *     emotions-with-faults/planted.json                  which faults
 */
const path = require('node:path');
const { drawScene } = require('./draw-scene');
const faces = require('./faces');
const { openEmojiStyle } = require('./emoji-style');
const { plantFaults } = require('./plant-faults');
const { writeWhole } = require('./write-whole');

// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** 40 faces × 8 = 320 pictures, split 70/20/10 by face: 224, 64 and 32. */
const PICTURES_OF_A_FACE = 8;

/** Twemoji's faces touch their box; with this much air all styles' faces are of nearly one size. */
/** @type {Array<{ style: string, naming?: string, padding: number, licence: string }>} */
const sources = [
  { style: 'noto', padding: 0, licence: 'Apache-2.0' },
  { style: 'twemoji', padding: 2, licence: 'CC-BY-4.0' },
  { style: 'fluent-emoji', naming: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
  { style: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
];

/**
 * What the manifest says of a picture; `file` is relative to the manifest, with `/` on every system.
 * @typedef {{ file: string, class: string, codePoint: string, name: string, style: string, licence: string }} Emotion
 */

/**
 * Makes all pictures and their manifest. Files of the same names are replaced; whatever else is there stays.
 * @param {{ to: string }} options the folder that holds, or is to hold, `emotions` and `emotions-with-faults`
 * @returns {Promise<Emotion[]>} the manifest of `emotions`, sorted by file
 */
async function makeEmotions({ to }) {
  const styles = [];
  for (const { style, naming, ...more } of sources) {
    styles.push({ style, ...more, faceOf: await openEmojiStyle(style, naming) });
  }
  /** @type {Emotion[]} */
  const manifest = [];
  for (const [className, codePoints] of Object.entries(faces)) {
    for (const codePoint of codePoints) {
      for (let i = 0; i < PICTURES_OF_A_FACE; i++) {
        const source = /** @type {typeof styles[number]} */ (styles[i % styles.length]);
        const { style, padding, licence } = source;
        const face = source.faceOf(codePoint);
        const round = Math.floor(i / styles.length) + 1;
        const base = `${style}-${codePoint.toLowerCase()}-${face.name}`;
        const file = `${className}/${base}${round === 1 ? '' : `-${round}`}.jpg`;
        await writeWhole(path.join(to, 'emotions', file), await drawJpeg(face, padding, file));
        const { name } = face;
        manifest.push({
          file,
          class: className,
          codePoint: `U+${codePoint}`,
          name,
          style,
          licence,
        });
      }
    }
  }
  manifest.sort((a, b) => (a.file < b.file ? -1 : 1));
  await writeWhole(path.join(to, 'emotions/manifest.json'), asLines(manifest));
  const planted = await plantFaults(
    path.join(to, 'emotions'),
    path.join(to, 'emotions-with-faults'),
  );
  await writeWhole(path.join(to, 'emotions-with-faults/planted.json'), asLines(planted));
  return manifest;
}

/**
 * @param {import('./emoji-style').Face} face
 * @param {number} padding
 * @param {string} file its name is the scene's seed: what becomes of one picture depends on no other
 * @returns {Promise<Buffer>}
 */
function drawJpeg(face, padding, file) {
  const { svg, quality } = drawScene(face, padding, file);
  return (
    sharp(Buffer.from(svg))
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      // The encoder's choices are spelt out: another default in another sharp would be other bytes.
      .jpeg({ quality, chromaSubsampling: '4:2:0', progressive: false, optimiseCoding: true })
      .toBuffer()
  );
}

/** @param {object[]} entries */
function asLines(entries) {
  return `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`;
}

module.exports = { makeEmotions };
