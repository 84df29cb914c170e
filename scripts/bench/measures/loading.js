const { checkEqual, checkRelative } = require('../agreement');
const { faces } = require('../inputs');
const { contextOf, ratioOf } = require('../measure');

/** @typedef {import('../measure').Measure} Measure */

/** @type {Measure} */
const png = {
  name: 'png',
  prepare() {
    const task = { kind: 'load', folder: faces, imageSize: 150 };
    return {
      keras: { contestant: 'keras', task },
      stock: { contestant: 'stock', task },
      ours: { contestant: 'ours', task },
    };
  },
  check: (round) => checkPixels('80 PNGs', round),
  rows: (answers) => [
    {
      place: 7,
      measure: 'pictures/s, first pass, 80 PNGs to 150²: ours/Keras',
      values: ratioOf(answers, 'ours', 'keras', fromCall),
      stock: ratioOf(answers, 'stock', 'keras', fromCall),
      context: speeds(answers),
      ...{ must: 1.2, aim: 2, better: 'more' },
    },
  ],
};

/** How many photographs there are under how many names. */
const amounts = { quick: { different: 2, names: 8 }, full: { different: 60, names: 300 } };

/** @type {Measure} */
const photographs = {
  name: 'photographs',
  async prepare(inputs, { quick, told }) {
    const { folder, megabytes } = await inputs.photographs({
      ...(quick ? amounts.quick : amounts.full),
      told,
    });
    told(`photographs of ${megabytes.toFixed(1)} MB`);
    const task = { kind: 'load', folder, imageSize: 256 };
    return {
      keras: { contestant: 'keras', task },
      ours: { contestant: 'ours', task },
      shrunk: { contestant: 'ours', task: { ...task, shrinkOnLoad: true } },
    };
  },
  check({ keras, ours, shrunk }) {
    checkPixels('photographs', { keras, ours });
    checkEqual('the number of photographs', { keras: keras.pictures, shrunk: shrunk.pictures });
    // An eighth, then an enlargement or not: other pixels, of the same picture.
    checkRelative(
      'the mean pixel of the photographs',
      { keras: keras.mean, shrunk: shrunk.mean },
      0.01,
    );
  },
  rows({ keras = [], ours = [], shrunk = [] }, { quick }) {
    const { names } = quick ? amounts.quick : amounts.full;
    const what = `pictures/s, first pass, ${names} JPEGs of 12 megapixels to 256²`;
    /** @param {any[]} mine */
    const against = (mine) => {
      const answers = { keras, ours: mine };
      return {
        values: ratioOf(answers, 'ours', 'keras', fromCall),
        context: speeds(answers),
        better: 'more',
      };
    };
    return [
      { place: 8, measure: `${what}: ours/Keras`, ...against(ours), must: 1, aim: 1.3 },
      {
        place: 9,
        measure: 'the same with shrinkOnLoad: true, pixels not as Keras’',
        ...against(shrunk),
        ...{ must: 2, aim: 4 },
      },
    ];
  },
};

/** @param {import('../measure').Answers} answers */
function speeds(answers) {
  const unit = 'pictures/s';
  const whole = contextOf(answers, fromCall, unit).values;
  const pass = contextOf(answers, passAlone, unit).values;
  const values = Object.keys(whole).flatMap((name) => [
    [`${name} from the call`, whole[name]],
    [`${name} in the pass alone`, pass[name]],
  ]);
  const { values: processors } = contextOf(answers, ({ processors }) => processors, '');
  return { unit, values: Object.fromEntries(values), processors };
}

/**
 * As long as somebody waits for it. What is done in the call is not the same: Keras makes the graph that decodes, ours
 * looks at every file.
 * @param {{ pictures: number, fromCall: number }} answer
 */
function fromCall({ pictures, fromCall }) {
  return pictures / fromCall;
}

/** @param {any} answer */
function passAlone({ pictures, pass }) {
  return pictures / pass;
}

/**
 * @param {string} what
 * @param {Record<string, { pictures: number, hash: string }>} round
 */
function checkPixels(what, round) {
  for (const key of /** @type {const} */ (['pictures', 'hash'])) {
    checkEqual(
      `the ${key === 'hash' ? 'pixels' : 'number'} of the ${what}`,
      Object.fromEntries(Object.entries(round).map(([name, answer]) => [name, answer[key]])),
    );
  }
}

module.exports = { photographs, png };
