/**
 * Makes the pictures of lesson 5, the same bytes each time:
 *
 *     emotions-7/angry/noto-1f620-angry-face.jpg           28 of each emotion are emoji: seven styles, four pictures each
 *     emotions-7/angry/avataaars-serious-default-angry-3.jpg   96 are drawn people: 12 expressions, eight people each
 *     emotions-7/manifest.json                             what each picture is and whose; groups are the designs
 *     unseen-people/angry/open-peeps-rage-2.jpg            people in another style, to test with; none is disgusted
 *
 * The people, and the backgrounds and the light of all pictures, are the same for each emotion.
 */
const path = require('node:path');
const { drawScene } = require('./draw-scene');
const { openPeople } = require('./drawn-people');
const { openEmojiStyle } = require('./emoji-style');
const { contempt, designs } = require('./seven-designs');
const { streamlineNames } = require('./streamline-names');
const { writeWhole } = require('./write-whole');

// With Node10 resolution the compiler finds the types of sharp's ES module, where the function is the default export.
/** @type {typeof import('sharp').default} */
const sharp = /** @type {any} */ (require('sharp'));

/** Half of a scene's side: enough to read an expression, and four pictures in the space of one. */
const SIDE = 128;
/** Faces are nearly upright and in the middle, as where they were found and cut out. */
const WANDER = 0.2;
const PICTURES_OF_A_STYLE = 4;
const DESIGNS_OF_PEOPLE = 12;
const PEOPLE_OF_A_DESIGN = 8;
const PEEPS_OF_AN_EMOTION = 12;

/**
 * `padding` as in make-emotions.js.
 * @typedef {{ style: string, naming?: string | Record<string, string>, padding: number, licence: string }} Source
 * @type {Source[]}
 */
const sources = [
  { style: 'noto', padding: 0, licence: 'Apache-2.0' },
  { style: 'twemoji', padding: 2, licence: 'CC-BY-4.0' },
  { style: 'fluent-emoji', naming: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
  { style: 'fluent-emoji-flat', padding: 0, licence: 'MIT' },
  { style: 'noto-v1', naming: 'fluent-emoji-flat', padding: 8, licence: 'Apache-2.0' },
  { style: 'emojione', naming: 'fluent-emoji-flat', padding: 3, licence: 'CC-BY-4.0' },
  { style: 'streamline-emojis', naming: streamlineNames, padding: 1, licence: 'CC-BY-4.0' },
];

/**
 * What the manifest says of a picture; `file` is relative to the manifest, with `/` on every system.
 * @typedef {{ file: string, class: string, group: string, style: string, licence: string } & Record<string, string>} Emotion
 */

/**
 * Makes all pictures and their manifests. Files of the same names are replaced; whatever else is there stays.
 * @param {{ to: string, withContempt?: boolean }} options to: the folder that holds, or is to hold, `emotions-7`;
 *   withContempt: makes an eighth class
 * @returns {Promise<{ emotions: Emotion[], people: Emotion[] }>} the manifests, sorted by file
 */
async function makeEmotions7({ to, withContempt = false }) {
  const wanted = withContempt ? { ...designs, contempt } : designs;
  const drawn = await openPeople();
  const styles = [];
  for (const { style, naming, ...more } of sources) {
    styles.push({ style, ...more, faceOf: await openEmojiStyle(style, naming) });
  }
  /** @type {Emotion[]} */
  const emotions = [];
  /** @type {Emotion[]} */
  const people = [];
  for (const [emotion, { emoji, people: parts, peeps }] of Object.entries(wanted)) {
    for (const source of styles) emotions.push(...(await drawEmoji(to, emotion, source, emoji)));
    for (const [design, expression] of expressionsOf(parts).entries()) {
      for (let i = 0; i < PEOPLE_OF_A_DESIGN; i++) {
        const number = design * PEOPLE_OF_A_DESIGN + i;
        const { body, box, traits } = drawn.person(number, expression);
        const file = `${emotion}/avataaars-${expression.replaceAll(' ', '-')}-${i + 1}.jpg`;
        const scene = drawScene({ name: expression, box, body }, 0, `avataaars ${number}`, WANDER);
        await writeWhole(path.join(to, 'emotions-7', file), await jpegOf(scene));
        const group = `avataaars ${expression}`;
        const origin = { style: 'avataaars', licence: 'free-for-personal-and-commercial-use' };
        emotions.push({ file, class: emotion, group, ...origin, ...traits });
      }
    }
    for (let number = 0; number < PEEPS_OF_AN_EMOTION && peeps.length > 0; number++) {
      const face = peeps[number % peeps.length] ?? '';
      const { body, box, traits } = drawn.peep(number, face);
      const file = `${emotion}/open-peeps-${face}-${number + 1}.jpg`;
      const scene = drawScene({ name: face, box, body }, 0, `open-peeps ${number}`, WANDER);
      await writeWhole(path.join(to, 'unseen-people', file), await jpegOf(scene));
      const origin = { style: 'open-peeps', licence: 'CC0-1.0' };
      people.push({ file, class: emotion, group: `open-peeps ${face}`, ...origin, ...traits });
    }
  }
  for (const [folder, manifest] of /** @type {const} */ ([
    ['emotions-7', emotions],
    ['unseen-people', people],
  ])) {
    manifest.sort((a, b) => (a.file < b.file ? -1 : 1));
    const lines = manifest.map((entry) => `  ${JSON.stringify(entry)}`);
    await writeWhole(path.join(to, folder, 'manifest.json'), `[\n${lines.join(',\n')}\n]\n`);
  }
  return { emotions, people };
}

/**
 * As many different expressions as are wanted, spread evenly over all that the parts make.
 * @param {{ mouths: string, eyes: string, eyebrows: string }} parts
 * @returns {string[]} mouth, eyes and eyebrows each
 */
function expressionsOf({ mouths, eyes, eyebrows }) {
  const all = eyes
    .split(' ')
    .flatMap((eye) =>
      eyebrows
        .split(' ')
        .flatMap((brows) => mouths.split(' ').map((mouth) => `${mouth} ${eye} ${brows}`)),
    );
  return Array.from(
    { length: DESIGNS_OF_PEOPLE },
    (_, i) => all[Math.floor((i * all.length) / DESIGNS_OF_PEOPLE)] ?? '',
  );
}

/**
 * Draws the first four faces that a style has, and where it has fewer some of them in a second scene.
 * @param {string} to
 * @param {string} emotion
 * @param {Source & { faceOf: Awaited<ReturnType<typeof openEmojiStyle>> }} source
 * @param {string[]} codePoints
 * @returns {Promise<Emotion[]>}
 */
async function drawEmoji(to, emotion, { style, padding, licence, faceOf }, codePoints) {
  const there = codePoints.flatMap((codePoint) => {
    try {
      return [{ codePoint, face: faceOf(codePoint) }];
    } catch {
      return []; // younger than the style
    }
  });
  /** @type {Emotion[]} */
  const made = [];
  for (let i = 0; i < PICTURES_OF_A_STYLE; i++) {
    const chosen = there[i % there.length];
    if (!chosen) throw new Error(`Cannot draw "${emotion}" in the style "${style}": it has none`);
    const { codePoint, face } = chosen;
    const again = i < there.length ? '' : '-2';
    const file = `${emotion}/${style}-${codePoint.toLowerCase()}-${face.name}${again}.jpg`;
    const scene = drawScene(face, padding, `${style} ${i}`, WANDER);
    await writeWhole(path.join(to, 'emotions-7', file), await jpegOf(scene));
    const group = `U+${codePoint}`;
    made.push({ file, class: emotion, group, style, licence, name: face.name });
  }
  return made;
}

/**
 * @param {{ svg: string, quality: number }} scene
 * @returns {Promise<Buffer>}
 */
function jpegOf({ svg, quality }) {
  return (
    sharp(Buffer.from(svg))
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(SIDE, SIDE, { kernel: 'lanczos3' })
      // The encoder's choices are spelt out: another default in another sharp would be other bytes.
      .jpeg({
        quality: Math.max(quality, 75),
        chromaSubsampling: '4:2:0',
        progressive: false,
        optimiseCoding: true,
      })
      .toBuffer()
  );
}

module.exports = { makeEmotions7 };
