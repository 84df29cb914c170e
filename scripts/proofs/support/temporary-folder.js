const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** @type {Set<string>} */
const ofProof = new Set();
/** @type {Set<string>} */
const ofAll = new Set();

/**
 * A new folder among the system's temporary files.
 * @param {{ keep?: boolean }} [options] keep: until all proofs have ended, not only the current one
 */
function temporaryFolder({ keep = false } = {}) {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'smile-lab-proof-'));
  (keep ? ofAll : ofProof).add(folder);
  return folder;
}

/** Removes what the current proof has left: a project that was set up fills more than 2 GB. */
function removeTemporaryFolders() {
  remove(ofProof);
}

/** @param {Set<string>} folders */
function remove(folders) {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

process.on('exit', () => [ofProof, ofAll].forEach(remove));
// Ctrl-C ends a process without its exit handlers.
process.once('SIGINT', () => process.exit(130));

module.exports = { temporaryFolder, removeTemporaryFolders };
