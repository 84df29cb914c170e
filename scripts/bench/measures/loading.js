const { checkEqual, checkRelative, each } = require('../agreement');
const { faces } = require('../inputs');
const { times } = require('../measure');

/** @typedef {import('../measure').Measure} Measure */

/**
 * As long as somebody waits for it. What is done in the call is not the same: Keras makes the graph that decodes, ours
 * looks at every file.
 */
const perSecond = {
  of: (/** @type {any} */ { pictures, fromCall }) => pictures / fromCall,
  unit: 'pictures/s',
  beside: {
    'from the call': (/** @type {any} */ { pictures, fromCall }) => pictures / fromCall,
    'in the pass alone': (/** @type {any} */ { pictures, pass }) => pictures / pass,
  },
};

/** @type {Measure} */
const png = {
  name: 'png',
  prepare() {
    const task = { kind: 'load', folder: faces, imageSize: 150, keeps: true };
    return { keras: task, stock: task, ours: task };
  },
  check: (round) => checkPixels('80 PNGs', round),
  figures() {
    const what = 'pictures/s, first pass, 80 PNGs to 150²: ours/Keras';
    return [times(7, what, { ...perSecond, ratio: ['ours', 'keras'], must: 1.2, aim: 2 })];
  },
};

const amountOf = (/** @type {boolean} */ quick) =>
  quick ? { different: 2, names: 8 } : { different: 60, names: 300 };

/** @type {Measure} */
const photographs = {
  name: 'photographs',
  async prepare(inputs) {
    const folder = await inputs.photographs(amountOf(inputs.quick));
    const task = { kind: 'load', folder, imageSize: 256, keeps: true };
    return { keras: task, ours: task, shrunk: { ...task, shrinkOnLoad: true } };
  },
  check({ keras, ours, shrunk }) {
    checkPixels('photographs', { keras, ours });
    checkEqual('the number of photographs', { keras: keras.pictures, shrunk: shrunk.pictures });
    // An eighth, then an enlargement or not: other pixels, of the same picture.
    const means = { keras: keras.mean, shrunk: shrunk.mean };
    checkRelative('the mean pixel of the photographs', means, 0.01);
  },
  figures(quick) {
    const what = `pictures/s, first pass, ${amountOf(quick).names} JPEGs of 12 megapixels to 256²: ours/Keras`;
    /** @type {(role: string) => import('../measure').Source} */
    const against = (role) => ({ ...perSecond, ratio: [role, 'keras'], roles: ['keras', role] });
    const shrunk = 'the same with shrinkOnLoad: true, pixels not as Keras’';
    return [
      times(8, what, { ...against('ours'), must: 1, aim: 1.3 }),
      times(9, shrunk, { ...against('shrunk'), must: 2, aim: 4 }),
    ];
  },
};

/** @type {(what: string, round: Record<string, { pictures: number, hash: string }>) => void} */
function checkPixels(what, round) {
  checkEqual(
    `the number of the ${what}`,
    each(round, ({ pictures }) => pictures),
  );
  checkEqual(
    `the pixels of the ${what}`,
    each(round, ({ hash }) => hash),
  );
}

const streamed = (/** @type {boolean} */ quick) => (quick ? [150, 600] : [1000, 10_000]);
/** @param {number} count */
const named = (count) => `${count.toLocaleString('en')} pictures`;

/** @type {Measure} */
const memory = {
  name: 'memory',
  prepare(inputs) {
    // Of the decoded pictures, float32, a hundred may be kept: both streams are longer.
    const cache = { memory: 100 * 150 * 150 * 3 * 4, disk: 0 };
    const task = { kind: 'load', imageSize: 150, cache };
    const folders = streamed(inputs.quick).map((count) => [named(count), inputs.manyFaces(count)]);
    return Object.fromEntries(folders.map(([name, folder]) => [name, { ...task, folder }]));
  },
  figures(quick) {
    const [few = 0, many = 0] = streamed(quick);
    const measure = `memory at its peak, ${named(many)} streamed/${few.toLocaleString('en')}`;
    const source = { of: (/** @type {any} */ { peak }) => peak / 1e6, unit: 'MB' };
    const ratio = [named(many), named(few)];
    return [{ place: 10, measure, ...source, ratio, must: 1.15, aim: 1, better: 'less' }];
  },
};

module.exports = { memory, photographs, png };
