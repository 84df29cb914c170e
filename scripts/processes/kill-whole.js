const fs = require('node:fs');

/**
 * Kills a process with all that it has started, and those have: a killed one tells nobody. Where Linux does not tell what
 * it has started, only itself.
 * @param {number} pid
 */
function killWhole(pid) {
  // It starts nothing more while it is asked what it has started.
  send(pid, 'SIGSTOP');
  const children = startedBy(pid);
  send(pid, 'SIGKILL');
  children.forEach(killWhole);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function startedBy(pid) {
  try {
    return fs.readdirSync(`/proc/${pid}/task`).flatMap((task) => {
      const children = fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8');
      return children.split(' ').filter(Boolean).map(Number);
    });
  } catch {
    return [];
  }
}

module.exports = { killWhole };
