/**
 * Draws the pictures of data/ from published emoji art, the same bytes each time:
 *
 *     happy-or-sad/happy/noto-1f600-grinning-face.png    two styles, to train with
 *     happy-or-sad/sad/twemoji-2639-frowning-face.png
 *     unseen-style/happy/…                               the same faces in a third style, to test with
 *     manifest.json                                      what each picture is and whose
 */
const path = require('node:path');
const faces = require('./faces');
const { openEmojiStyle } = require('./emoji-style');
const { writeWhole } = require('./write-whole');

// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** The exercise's pictures are 150×150, and so is its network's input. */
const SIZE = 150;

/**
 * Noto and Fluent leave some air around a face. Twemoji's touches all four sides of its box of 36: with this much
 * added on each side the three are of nearly one size, and the style differs, not the scale.
 * @typedef {{ style: string, padding: number, licence: string }} Source
 * @type {Record<string, Source[]>}
 */
const dataSets = {
  'happy-or-sad': [
    { style: 'noto', padding: 0, licence: 'Apache-2.0' },
    { style: 'twemoji', padding: 2, licence: 'CC-BY-4.0' },
  ],
  'unseen-style': [{ style: 'fluent-emoji-flat', padding: 0, licence: 'MIT' }],
};

/**
 * What the manifest says of a picture; `file` is relative to the manifest, with `/` on every system.
 * @typedef {{ file: string, class: string, codePoint: string, name: string, style: string, licence: string }} Picture
 */

/**
 * Makes all pictures and their manifest. Files of the same names are replaced; whatever else is there stays.
 * @param {{ to: string }} options the folder to fill, made when missing
 * @returns {Promise<Picture[]>} the manifest, sorted by file
 */
async function makePictures({ to }) {
  /** @type {Picture[]} */
  const manifest = [];
  for (const [dataSet, sources] of Object.entries(dataSets)) {
    for (const { style, padding, licence } of sources) {
      const faceOf = await openEmojiStyle(style);
      for (const [className, codePoints] of Object.entries(faces)) {
        for (const codePoint of codePoints) {
          const face = faceOf(codePoint);
          const file = `${dataSet}/${className}/${style}-${codePoint.toLowerCase()}-${face.name}.png`;
          await writeWhole(path.join(to, file), await drawPng(face, padding));
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
  }
  manifest.sort((a, b) => (a.file < b.file ? -1 : 1));
  const lines = manifest.map((picture) => `  ${JSON.stringify(picture)}`);
  await writeWhole(path.join(to, 'manifest.json'), `[\n${lines.join(',\n')}\n]\n`);
  return manifest;
}

/**
 * @param {import('./emoji-style').Face} face
 * @param {number} padding added on each side, in the units of the face's box
 * @returns {Promise<Buffer>} a PNG of SIZE × SIZE, three channels, on white
 */
function drawPng({ box, body }, padding) {
  const viewBox = [-padding, -padding, box.width + 2 * padding, box.height + 2 * padding].join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="${viewBox}">${body}</svg>`;
  return (
    sharp(Buffer.from(svg))
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      // The encoder's choices are spelt out: another default in another sharp would be other bytes.
      .png({ compressionLevel: 9, adaptiveFiltering: false, palette: false, progressive: false })
      .toBuffer()
  );
}

module.exports = { makePictures };

if (require.main === module) {
  const to = path.join(__dirname, '../../data');
  makePictures({ to }).then(
    (manifest) => console.log(`Made ${manifest.length} pictures and their manifest in ${to}`),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
