const fs = require('node:fs');
const { Worker, parentPort, workerData } = require('node:worker_threads');

const LOOK_EVERY = 500; // ms
/** What a process may take to end by itself before it is killed, in ms. */
const PATIENCE = 3000;

/**
 * Ends this process when the one that has started it is gone, however that one ended. Looked after in a thread of its
 * own, since a cell may keep the main thread for ever; compared with the first parent, not with 1, since containers and
 * desktops give orphans to another process. A shell between the two, as npm starts one, is looked through.
 *
 * @param {() => void} end ends the process in order; where it has not after 3 s, or cannot begin, the process is killed
 */
function endWithParent(end) {
  const parent = process.ppid;
  // Jupyter notes itself in the environment of its kernels; it may end before they look for the first time.
  const jupyter = Number(process.env['JPY_PARENT_PID'] ?? parent);
  if (parentOf(jupyter) === undefined) process.exit(1);
  const shell = isShell(parent) ? { parent: parentOf(parent) } : undefined;
  const watch = new Worker(__filename, { workerData: { parent, shell } });
  watch.on('message', end);
  watch.unref();
}

/** @param {{ parent: number, shell?: { parent: number | undefined } }} first */
function watchParent({ parent, shell }) {
  const looking = setInterval(() => {
    if (process.ppid === parent && (!shell || parentOf(parent) === shell.parent)) return;
    clearInterval(looking);
    parentPort?.postMessage('gone');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE);
  }, LOOK_EVERY);
}

/** @param {number} pid */
function isShell(pid) {
  return /^\d+ \((ba|da|z|k)?sh\) /.test(stat(pid));
}

/**
 * @param {number} pid
 * @returns {number | undefined} undefined where that process has ended
 */
function parentOf(pid) {
  // `pid (name) state parent …`, and a name may hold brackets: proc(5). Z and X are dead, only not yet collected, which
  // the first process of a container may never do.
  const parent = /^.*\) [^ZX] (\d+) /s.exec(stat(pid))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** @param {number} pid */
function stat(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

if (workerData?.parent !== undefined) watchParent(workerData);

module.exports = { endWithParent };
