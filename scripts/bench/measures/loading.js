const { checkAgreement, equal, withinShare } = require('../agreement');
const { faces } = require('../inputs');

/** @typedef {import('../run-measures').Measure} Measure */

/** @type {Measure} */
const png = {
  name: 'png',
  prepare() {
    const task = { kind: 'load', folder: faces, imageSize: 150, keeps: true };
    return { keras: task, stock: task, ours: task };
  },
  check: (round) => checkPixels('80 PNGs', round),
};

/** @type {Measure} */
const photographs = {
  name: 'photographs',
  amount: (quick) => (quick ? { different: 2, count: 8 } : { different: 60, count: 300 }),
  async prepare(inputs, amount) {
    const folder = await inputs.photographs(amount);
    const task = { kind: 'load', folder, imageSize: 256, keeps: true };
    return { keras: task, ours: task, shrunk: { ...task, shrinkOnLoad: true } };
  },
  check({ keras, ours, shrunk }) {
    checkPixels('photographs', { keras, ours });
    checkAgreement('the number of photographs', { keras, shrunk }, 'pictures', equal);
    // An eighth, then an enlargement or not: other pixels, of the same picture.
    checkAgreement('the mean of photographs', { keras, shrunk }, 'mean', withinShare(0.01));
  },
};

/** @type {(what: string, round: Record<string, any>) => void} */
function checkPixels(what, round) {
  checkAgreement(`the number of the ${what}`, round, 'pictures', equal);
  checkAgreement(`the pixels of the ${what}`, round, 'hash', equal);
}

/** @type {Measure} */
const memory = {
  name: 'memory',
  amount: (quick) =>
    quick
      ? { few: '150 pictures', many: '600 pictures' }
      : { few: '1,000 pictures', many: '10,000 pictures' },
  prepare(inputs, amount) {
    // Of the decoded pictures, float32, a hundred may be kept: both streams are longer.
    const cache = { memory: 100 * 150 * 150 * 3 * 4, disk: 0 };
    const tasks = Object.entries(amount).map(([role, count]) => {
      const folder = inputs.faces(Number(count.replace(/\D/g, '')));
      return [role, { kind: 'load', imageSize: 150, cache, folder }];
    });
    return Object.fromEntries(tasks);
  },
};

module.exports = { memory, photographs, png };
