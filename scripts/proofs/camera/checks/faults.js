const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('../../../browser/until');
const { startChromium } = require('../../../browser/start-chromium');
const { CameraPage } = require('../camera-page');

/** As somebody does who presses Block; Chromium's own question cannot be answered by a program. */
const REFUSE = `navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));`;

module.exports = {
  name: 'what does not work is said',
  /** @param {any} stage */
  async prove({ browser, site, at, folder, SCREENSHOTS }) {
    const camera = await CameraPage.open(browser, site.address);
    await camera.load();
    const said = [];
    for (const [name, content] of /** @type {const} */ ([
      ['nothing.png', ''],
      ['notes.txt', 'no picture'],
      ['film.mp4', 'no film'],
    ])) {
      fs.writeFileSync(at(name), content);
      await camera.page.locator('#file').setInputFiles(at(name));
      said.push(await problem(camera.page, `Cannot open "${name}": `));
    }
    const cut = fs.readFileSync(
      path.join(__dirname, '../../../../data/portraits/barack-obama.jpg'),
    );
    fs.writeFileSync(at('cut.jpg'), cut.subarray(0, cut.length / 2));
    await camera.page.locator('#file').setInputFiles(at('cut.jpg'));
    said.push(await problem(camera.page, 'Cannot open "cut.jpg": '));
    // What was wrong is forgotten once something works.
    await camera.page.locator('#camera').click();
    await camera.isAnswered();
    assert.strictEqual(await camera.text('problem'), '');
    await camera.close();

    const refused = await CameraPage.open(browser, site.address);
    await refused.page.addInitScript(REFUSE);
    await refused.load();
    await refused.page.locator('#camera').click();
    said.push(await problem(refused.page, 'The camera was refused.'));
    await refused.page.screenshot({
      path: path.join(SCREENSHOTS, 'camera-refused.png'),
      fullPage: true,
    });
    await refused.close();

    // No fake camera, and this machine has no other.
    const other = await startChromium(folder, ['--use-fake-ui-for-media-stream']);
    const none = await CameraPage.open(other.browser, site.address);
    await none.load();
    await none.page.locator('#camera').click();
    said.push(await problem(none.page, 'No camera was found'));
    await none.close();
    await other.browser.close();

    fs.cpSync(at('page'), at('broken'), { recursive: true });
    const [weights = ''] = JSON.parse(fs.readFileSync(at('broken/model.json'), 'utf8'))
      .weightsManifest[0].paths;
    fs.rmSync(at(`broken/${weights}`));
    const { serveFolder } = require('../site');
    const broken = await serveFolder(at('broken'));
    const lost = await CameraPage.open(browser, broken.address);
    await lost.page.goto(broken.address);
    said.push(await problem(lost.page, 'Your network cannot be loaded: '));
    await lost.close();
    broken.close();
    return said.map((text) => `«${text}»`).join(' ');
  },
};

/** @param {import('playwright-core').Page} page @param {string} beginning */
function problem(page, beginning) {
  return until(
    beginning,
    async () => (await page.locator('#problem').textContent()) ?? '',
    (text) => text.startsWith(beginning),
  );
}
