const fs = require('node:fs');
const path = require('node:path');
const { root } = require('./paths');

const file = path.join(root, '.set-up-running');

/**
 * Keeps two commands of the same project from setting it up at once: the second waits for the first.
 * @param {() => Promise<void>} work
 */
async function withLock(work) {
  for (let told = false; !take(); told = true) {
    if (!told) process.stderr.write('Waiting for the set-up that another command is doing …\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take() {
  const mine = `${file}.${process.pid}`;
  try {
    // A link appears whole, with the number in it; a file written in place could be read while it is empty.
    fs.writeFileSync(mine, String(process.pid));
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (!isRunning(Number(fs.readFileSync(file, 'utf8')))) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

module.exports = { withLock };
