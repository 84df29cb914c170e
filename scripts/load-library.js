const { dist } = require('./setup/paths');

/**
 * The library as the set-up has compiled it, with its types: a command that asks for what is gone no longer compiles.
 * @returns {typeof import('../src')}
 */
exports.loadLibrary = () => require(dist);
