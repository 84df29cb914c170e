const path = require('node:path');
const { mkdir, rename, rm, writeFile } = require('node:fs/promises');

/**
 * Writes a file, and the folders that it lies in.
 *
 * Under a hidden name first: whoever loads the folder meanwhile, or after a kill, never sees half a picture.
 * @param {string} file
 * @param {string | Buffer} content
 */
async function writeWhole(file, content) {
  const { dir, base } = path.parse(file);
  const unfinished = path.join(dir, `.${base}.${process.pid}`);
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    const { message } = /** @type {Error} */ (error);
    throw new Error(`Cannot write "${file}": a writable folder is required, and got ${message}`, {
      cause: error,
    });
  }
}

module.exports = { writeWhole };
