/**
 * Makes the pictures of lesson 2 from published emoji art, the same bytes each time:
 *
 *     emotions/happy/noto-1f600-grinning-face.jpg        each face eight times, in all styles that have it, each time
 *     emotions/happy/noto-1f600-grinning-face-2.jpg      in another scene
 *     emotions/manifest.json                             what each picture is and whose; their groups are the code points
 *     emotions-with-faults/…                             some of them, and faults to be found
 *     emotions-with-faults/planted.json                  which faults
 */
const path = require('node:path');
const { drawScene } = require('./draw-scene');
const faces = require('./faces');
const { openEmojiStyle } = require('./emoji-style');
const { fxemojiNames } = require('./fxemoji-names');
const { plantFaults } = require('./plant-faults');
const { writeWhole } = require('./write-whole');

// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** 40 faces × 8 = 320 pictures, split 70/20/10 by face: 224, 64 and 32. */
const PICTURES_OF_A_FACE = 8;

/**
 * Twemoji's faces touch their box, and those of the first Noto its sides: with this much air all styles' faces are of
 * nearly one size. `lacks` are the faces that came to Unicode when a style was drawn no more, and U+2639, which Mozilla
 * never drew.
 * @typedef {{ style: string, naming?: string | Record<string, string>, padding: number, licence: string, lacks?: string }} Source
 * @type {Source[]}
 */
const sources = [
  { style: 'noto', padding: 0, licence: 'Apache-2.0' },
  { style: 'twemoji', padding: 2, licence: 'CC-BY-4.0' },
  { style: 'fluent-emoji', naming: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
  { style: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
  {
    style: 'noto-v1',
    naming: 'fluent-emoji-flat',
    padding: 8,
    licence: 'Apache-2.0',
    lacks: '1F970 1F929 1FAE4 1F97A',
  },
  {
    style: 'fxemoji',
    naming: fxemojiNames,
    padding: 0,
    // The package says Apache-2.0; upstream's LICENSE.md means its programs by that, and not the drawings.
    licence: 'CC-BY-4.0',
    lacks: '1F923 1F970 1F929 1F917 1FAE4 2639 1F97A',
  },
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
  for (const { style, naming, lacks = '', ...more } of sources) {
    const faceOf = await openEmojiStyle(style, naming);
    styles.push({ style, ...more, lacks: new Set(lacks.split(' ')), faceOf });
  }
  /** @type {Emotion[]} */
  const manifest = [];
  for (const [className, codePoints] of Object.entries(faces)) {
    /** @type {Emotion[]} */
    const ofClass = [];
    for (const codePoint of codePoints) {
      const there = styles.filter(({ lacks }) => !lacks.has(codePoint));
      for (const source of scenesOf(there, ofClass)) {
        const { style, padding, licence } = source;
        const face = source.faceOf(codePoint);
        const base = `${className}/${style}-${codePoint.toLowerCase()}-${face.name}`;
        const isSecond = ofClass.some(({ file }) => file === `${base}.jpg`);
        const file = `${base}${isSecond ? '-2' : ''}.jpg`;
        await writeWhole(path.join(to, 'emotions', file), await drawJpeg(face, padding, file));
        const { name } = face;
        ofClass.push({
          file,
          class: className,
          codePoint: `U+${codePoint}`,
          name,
          style,
          licence,
        });
      }
    }
    manifest.push(...ofClass);
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
 * The style of each of a face's scenes: every style that has it, and those of which the class has the fewest pictures so
 * far a second time.
 * @template {{ style: string }} Style
 * @param {Style[]} styles those that have the face
 * @param {Emotion[]} sofar the class's pictures
 * @returns {Style[]} as many as a face has pictures
 */
function scenesOf(styles, sofar) {
  /** @param {Style} one */
  const count = ({ style }) => sofar.filter((emotion) => emotion.style === style).length;
  const fewestFirst = [...styles].sort((a, b) => count(a) - count(b));
  return [...styles, ...fewestFirst.slice(0, PICTURES_OF_A_FACE - styles.length)];
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
