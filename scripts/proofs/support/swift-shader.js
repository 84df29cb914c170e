const path = require('node:path');
const { unpackChromiumPackage } = require('./chromium-package');

/**
 * The environment of a process in which WebGPU finds SwiftShader and nothing else: a Vulkan driver that computes on the
 * CPU. Slow, but every line above the driver is what a GPU would get.
 *
 * It comes out of an npm package that carries Chromium for servers, with the Vulkan loader beside it, so that nothing
 * needs to be installed.
 * @returns {{ SMILE_DEVICE: 'webgpu', LD_LIBRARY_PATH: string, VK_ICD_FILENAMES: string }}
 * @throws {import('./not-here').NotHere} where it does not run, or cannot be unpacked
 */
function onSwiftShader() {
  const folder = unpackChromiumPackage('SwiftShader', ['swiftshader.tar.br']);
  return {
    SMILE_DEVICE: 'webgpu',
    LD_LIBRARY_PATH: folder,
    VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json'),
  };
}

module.exports = { onSwiftShader };
