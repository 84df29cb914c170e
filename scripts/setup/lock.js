const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const { root } = require('./paths');

/**
 * Keeps two commands of the same project from setting it up at once: the second waits for the first.
 * @param {() => Promise<void>} work
 */
async function withLock(work) {
  let lock = await take();
  if (!lock) process.stderr.write('Waiting for the set-up that another command is doing …\n');
  while (!lock) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    lock = await take();
  }
  try {
    await work();
  } finally {
    lock.close();
  }
}

/**
 * The lock is a name that Linux gives to one process at a time, and takes back when that process ends, however it ends.
 * A file would stay behind after a kill.
 * @returns {Promise<net.Server | undefined>} undefined while another process holds it
 */
function take() {
  const project = crypto.createHash('sha256').update(fs.realpathSync(root)).digest('hex');
  // Node 20 pads a name to its full length, later ones do not: at full length all mean the same.
  const name = `\0${`smile-lab-${project}`.padEnd(107, '-')}`;
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => resolve(server));
  });
}

module.exports = { withLock };
