/** Some pictures of data/emotions, and among them every fault that people's folders have, for a checker to find. */
const path = require('node:path');
const { readFile, readdir } = require('node:fs/promises');
const { writeWhole } = require('./write-whole');

// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** Of each class: enough to fill a grid, and few to store twice. */
const SOUND_PICTURES = 12;

/**
 * A fault: the kind that `checkPictures` calls it, the file, and where it is a matter of two, the other file.
 * @typedef {{ kind: string, file: string, other?: string }} Planted
 */

/**
 * Copies the first pictures of each class in the first style, and plants faults beside them. Files of the same names are
 * replaced; whatever else is there stays.
 * @param {string} from the folder `emotions`, made
 * @param {string} to the folder to fill
 * @returns {Promise<Planted[]>}
 */
async function plantFaults(from, to) {
  /** @type {Record<string, Buffer>} */
  const sound = {};
  /** @type {Record<string, string[]>} */
  const names = {};
  for (const className of ['happy', 'sad']) {
    const files = (await readdir(path.join(from, className))).sort();
    const chosen = files.filter((file) => /^noto-[^v][^.]*[^2]\.jpg$/.test(file));
    names[className] = chosen.slice(0, SOUND_PICTURES).map((file) => `${className}/${file}`);
    for (const file of names[className] ?? []) {
      sound[file] = await readFile(path.join(from, file));
    }
  }
  /** @param {string} className @param {number} i */
  const file = (className, i) => /** @type {string} */ (names[className]?.[i]);
  /** @param {string} name */
  const bytes = (name) => /** @type {Buffer} */ (sound[name]);
  const [happy, sad] = [file('happy', 0), file('sad', 0)];
  const half = bytes(file('sad', 1));

  /** @type {Array<[Planted, Buffer]>} */
  const faults = [
    [{ kind: 'empty', file: 'happy/empty.jpg' }, Buffer.alloc(0)],
    [
      { kind: 'not-a-picture', file: 'happy/note.jpg' },
      Buffer.from('Ask aunt Zoe for the photographs of her birthday.\n'),
    ],
    [{ kind: 'cut-off', file: 'sad/half.jpg' }, half.subarray(0, half.length / 2)],
    [
      { kind: 'unknown-extension', file: 'sad/from-the-web.webp' },
      await sharp(bytes(file('sad', 2)))
        .webp({ quality: 80, effort: 4 })
        .toBuffer(),
    ],
    [
      { kind: 'wrong-extension', file: 'happy/really-a-png.jpg' },
      await onlyHere('#d9b38c', 20).png({ compressionLevel: 9, palette: false }).toBuffer(),
    ],
    [
      { kind: 'too-small', file: 'sad/icon.png' },
      await onlyHere('#7a9cc6', 150)
        .resize(16, 16)
        .png({ compressionLevel: 9, palette: false })
        .toBuffer(),
    ],
    [
      { kind: 'exif-rotation', file: 'happy/camera-on-its-side.jpg' },
      await onlyHere('#446655', 250)
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ],
    [{ kind: 'exact-duplicate', file: 'happy/copy.jpg', other: happy }, bytes(happy)],
    [
      { kind: 'near-duplicate', file: 'sad/sent-by-a-friend.jpg', other: sad },
      await sharp(bytes(sad)).resize(200, 200).jpeg({ quality: 60 }).toBuffer(),
    ],
    [
      { kind: 'two-classes', file: 'sad/who-is-right.jpg', other: file('happy', 3) },
      bytes(file('happy', 3)),
    ],
  ];
  for (const [name, content] of Object.entries(sound)) {
    await writeWhole(path.join(to, name), content);
  }
  for (const [fault, content] of faults) await writeWhole(path.join(to, fault.file), content);
  return faults.map(([fault]) => fault);
}

/**
 * A drawing that resembles no other picture there, so that it has the fault planted in it and no second one.
 * @param {string} colour
 * @param {number} turn
 */
function onlyHere(colour, turn) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect x="-200" y="-200" width="700" height="700" fill="${colour}"/>` +
    `<g transform="rotate(${turn} 128 128)" fill="#222"><rect x="20" y="90" width="90" height="20"/>` +
    `<circle cx="190" cy="60" r="30"/><path d="M60 200L128 150L220 230z"/></g></svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: 'white' });
}

module.exports = { plantFaults };
