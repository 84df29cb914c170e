const fs = require('node:fs');
const path = require('node:path');

/**
 * Writes files that belong together: all of them whole, or none.
 * @param {Record<string, string>} files content by path
 */
function writeWhole(files) {
  const written = Object.entries(files).map(([file, content]) => {
    return { file, content, unfinished: `${file}.${process.pid}` };
  });
  try {
    for (const { file, content, unfinished } of written) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(unfinished, content);
    }
    for (const { file, unfinished } of written) fs.renameSync(unfinished, file);
  } finally {
    for (const { unfinished } of written) fs.rmSync(unfinished, { force: true });
  }
}

module.exports = { writeWhole };
