const { ratioOf } = require('../measure');

const side = 150;
/** So many decoded pictures may be kept, float32: both streams are longer. */
const cachedPictures = 100;
const amounts = { quick: { few: 150, many: 600 }, full: { few: 1000, many: 10_000 } };

/** @type {import('../measure').Measure} */
const memory = {
  name: 'memory',
  prepare(inputs, { quick }) {
    const { few, many } = quick ? amounts.quick : amounts.full;
    /** @param {number} count */
    const task = (count) => ({
      kind: 'stream',
      folder: inputs.manyFaces(count),
      imageSize: side,
      cacheBytes: cachedPictures * side * side * 3 * 4,
    });
    return {
      few: { contestant: 'ours', task: task(few) },
      many: { contestant: 'ours', task: task(many) },
    };
  },
  rows(answers, { quick }) {
    const { few, many } = quick ? amounts.quick : amounts.full;
    /** @param {any[]} [all] */
    const megabytes = (all = []) => all.map(({ peak }) => peak / 1e6);
    return [
      {
        place: 10,
        measure: `memory at its peak, ${show(many)} pictures streamed/${show(few)}`,
        values: ratioOf(answers, 'many', 'few', ({ peak }) => peak),
        ...{ must: 1.15, aim: 1, better: 'less' },
        context: {
          unit: 'MB',
          values: {
            [`${show(few)} pictures`]: megabytes(answers['few']),
            [`${show(many)} pictures`]: megabytes(answers['many']),
          },
        },
      },
    ];
  },
};

/** @param {number} count */
function show(count) {
  return count.toLocaleString('en');
}

module.exports = { memory };
