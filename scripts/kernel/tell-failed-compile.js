/** What a model does only once it is compiled. */
const methods = ['fit', 'fitDataset', 'trainOnBatch', 'evaluate', 'evaluateDataset'];

/**
 * Lets a model whose compile() has failed say so when it is trained or measured all the same: one that was compiled before
 * would go on with its old settings, and another one of tfjs 4.22 fails with «Cannot read properties of undefined».
 * @param {typeof import('smile-lab').tf} tf
 */
function tellFailedCompile(tf) {
  const failed = new WeakSet();
  // A Sequential has methods of its own, which call those of the model in it.
  for (const kind of [tf.LayersModel, tf.Sequential]) {
    const prototype = /** @type {Record<string, any>} */ (kind.prototype);
    const { compile } = prototype;
    /** @this {object} @param {unknown[]} args */
    prototype['compile'] = function (...args) {
      failed.add(this);
      compile.apply(this, args);
      failed.delete(this);
    };
    for (const method of methods) {
      const original = prototype[method];
      /** @this {object} @param {unknown[]} args */
      prototype[method] = function (...args) {
        if (!failed.has(this)) return original.apply(this, args);
        const error = new Error(
          'Cannot train or measure this model: its compile() failed. Run model.compile() again, without what it complained of.',
        );
        if (method === 'evaluate') throw error;
        return Promise.reject(error);
      };
    }
  }
}

module.exports = { tellFailedCompile };
