const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { nodeModules } = require('../../setup/paths');
const { NotHere } = require('./not-here');

/**
 * The environment of a process in which WebGPU finds SwiftShader and nothing else: a Vulkan driver that computes on the
 * CPU. Slow, but every line above the driver is what a GPU would get.
 *
 * It comes out of an npm package that carries Chromium for servers, with the Vulkan loader beside it, so that nothing
 * needs to be installed.
 * @returns {{ SMILE_DEVICE: 'webgpu', LD_LIBRARY_PATH: string, VK_ICD_FILENAMES: string }}
 * @throws {NotHere} where it does not run, or cannot be unpacked
 */
function onSwiftShader() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new NotHere(
      `SwiftShader is here for linux-x64 only, not for ${process.platform}-${process.arch}`,
    );
  }
  const chromium = path.join(nodeModules, '@sparticuz', 'chromium');
  const archive = path.join(chromium, 'bin', 'swiftshader.tar.br');
  if (!fs.existsSync(archive)) {
    throw new NotHere(
      'SwiftShader was not found: the npm package "@sparticuz/chromium" is missing',
    );
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(chromium, 'package.json'), 'utf8'));
  const folder = path.join(nodeModules, '.cache', `smile-lab-swiftshader-${version}`);
  if (!fs.existsSync(folder)) unpack(archive, folder);
  return {
    SMILE_DEVICE: 'webgpu',
    LD_LIBRARY_PATH: folder,
    VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json'),
  };
}

/**
 * @param {string} archive
 * @param {string} folder takes its name only once it is whole
 */
function unpack(archive, folder) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const unfinished = fs.mkdtempSync(`${folder}-`);
  try {
    const input = zlib.brotliDecompressSync(fs.readFileSync(archive));
    const { status, stderr, error } = spawnSync(
      'tar',
      ['-x', '--no-same-owner', '-C', unfinished],
      { input },
    );
    if (status !== 0)
      throw new NotHere(`SwiftShader was not unpacked: ${error?.message ?? stderr}`);
    fs.renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have been faster.
    if (!fs.existsSync(folder)) throw error;
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
}

module.exports = { onSwiftShader };
