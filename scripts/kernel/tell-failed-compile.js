/** What a model does only once it is compiled. */
const methods = ['fit', 'fitDataset', 'trainOnBatch', 'evaluate', 'evaluateDataset'];

/**
 * Lets a model whose compile() has failed say so when it is trained or measured all the same. tfjs 4.22 has it half
 * prepared then, and fails with «Cannot read properties of undefined».
 * @param {typeof import('smile-lab').tf} tf
 */
function tellFailedCompile(tf) {
  const failed = new WeakSet();
  const prototype = /** @type {Record<string, any>} */ (tf.LayersModel.prototype);
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

module.exports = { tellFailedCompile };
