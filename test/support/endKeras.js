const { once } = require('node:events');

/** Ends the process of startKeras, after the last test file. */
module.exports = async function endKeras() {
  globalThis.kerasServer.stdin.end();
  await once(globalThis.kerasServer, 'exit');
};
