const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { nodeModules } = require('../../setup/paths');
const { NotHere } = require('./not-here');

/**
 * Unpacks parts of the npm package that carries Chromium for servers, once, into `node_modules`. Its own way would be
 * folders of fixed names among the temporary files of all users.
 * @param {string} name of the folder
 * @param {string[]} files such as "swiftshader.tar.br"
 * @returns {string} the folder, in which all of them are
 * @throws {NotHere} where the package does not run, or cannot be unpacked
 */
function unpackChromiumPackage(name, files) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new NotHere(
      `${name} is here for linux-x64 only, not for ${process.platform}-${process.arch}`,
    );
  }
  const chromium = path.join(nodeModules, '@sparticuz', 'chromium');
  const archives = files.map((file) => path.join(chromium, 'bin', file));
  if (!archives.every((archive) => fs.existsSync(archive))) {
    throw new NotHere(`${name} was not found: the npm package "@sparticuz/chromium" is missing`);
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(chromium, 'package.json'), 'utf8'));
  const folder = path.join(nodeModules, '.cache', `smile-lab-${name.toLowerCase()}-${version}`);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  // It takes its name only once it is whole.
  const unfinished = fs.mkdtempSync(`${folder}-`);
  try {
    for (const archive of archives) unpack(name, archive, unfinished);
    fs.renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have been faster.
    if (!fs.existsSync(folder)) throw error;
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/**
 * @param {string} name
 * @param {string} archive
 * @param {string} folder
 */
function unpack(name, archive, folder) {
  const input = zlib.brotliDecompressSync(fs.readFileSync(archive));
  if (!archive.endsWith('.tar.br')) {
    fs.writeFileSync(path.join(folder, path.basename(archive, '.br')), input, { mode: 0o755 });
    return;
  }
  const { status, stderr, error } = spawnSync('tar', ['-x', '--no-same-owner', '-C', folder], {
    input,
  });
  if (status !== 0) throw new NotHere(`${name} was not unpacked: ${error?.message ?? stderr}`);
}

module.exports = { unpackChromiumPackage };
