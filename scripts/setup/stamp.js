const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/**
 * One short text that changes whenever one of the inputs changes.
 * @param {...string} inputs the contents that a step depends on
 */
function fingerprint(...inputs) {
  const hash = crypto.createHash('sha256');
  for (const input of inputs) hash.update(input).update('\0');
  return hash.digest('hex');
}

/**
 * The note that a step leaves once it has finished. It lies inside what the step made, so that both go together;
 * a step that was interrupted left none and runs again.
 */
class Stamp {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
  }

  /** @param {string} expected */
  holds(expected) {
    try {
      return fs.readFileSync(this.file, 'utf8') === expected;
    } catch {
      return false;
    }
  }

  remove() {
    fs.rmSync(this.file, { force: true });
  }

  /** @param {string} content */
  write(content) {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.writeFileSync(this.file, content);
  }
}

module.exports = { Stamp, fingerprint };
