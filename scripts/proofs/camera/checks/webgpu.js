const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../../setup/paths');
const { startChromium } = require('../../../browser/start-chromium');
const { unpackChromiumPackage } = require('../../support/chromium-package');
const { onSwiftShader } = require('../../support/swift-shader');
const { CameraPage } = require('../camera-page');

module.exports = {
  name: 'with WebGPU it answers the same',
  /** @param {any} stage */
  async prove({ site, folder, library, classifier }) {
    const browser = await startWithWebGpu(folder);
    const picture = path.join(root, 'data/portraits/barack-obama.jpg');
    const { probabilities } = await library.predictPicture(classifier, picture);
    /** @type {string[]} */
    const said = [];
    for (const [query, expected] of /** @type {const} */ ([
      ['?engine=webgpu', 'WebGPU'],
      ['', 'WebAssembly'],
    ])) {
      const camera = await CameraPage.open(browser, site.address);
      await camera.load(query);
      // An emulated one is slower than WebAssembly, and not taken unless it is asked for.
      assert.ok((await camera.text('engine')).includes(expected), await camera.text('engine'));
      await camera.look('whole');
      const seen = await camera.openFile(picture);
      const difference = Math.max(...seen.map((value, i) => Math.abs(value - probabilities[i])));
      assert.ok(difference <= 1e-3, `${difference}`);
      said.push(`${expected}: largest difference ${difference.toExponential(1)}`);
      await camera.close();
    }
    await browser.close();
    return `${said.join('; ')} (an emulated WebGPU, SwiftShader, is taken only when it is asked for)`;
  },
};

/**
 * Chromium looks for SwiftShader beside itself.
 * @param {string} folder
 */
async function startWithWebGpu(folder) {
  const program = path.join(folder, 'chromium-with-swiftshader');
  const files = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];
  for (const part of [unpackChromiumPackage('Chromium', files), onSwiftShader().LD_LIBRARY_PATH]) {
    fs.cpSync(part, program, { recursive: true });
  }
  const before = process.env['SMILE_BROWSER'];
  process.env['SMILE_BROWSER'] = path.join(program, 'chromium');
  try {
    const webGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
    return (await startChromium(folder, webGpu)).browser;
  } finally {
    if (before === undefined) delete process.env['SMILE_BROWSER'];
    else process.env['SMILE_BROWSER'] = before;
  }
}
