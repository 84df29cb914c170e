const { once } = require('node:events');

/** Ends the process of startKeras, after the last test file. */
module.exports = async function endKeras() {
  const { kerasServer } = /** @type {any} */ (globalThis);
  kerasServer.stdin.end();
  await once(kerasServer, 'exit');
};
