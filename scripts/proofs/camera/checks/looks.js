const assert = require('node:assert');
const path = require('node:path');
const { axeProblems } = require('../../../../test/browser/support/accessibility');
const { CameraPage } = require('../camera-page');

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };

module.exports = {
  name: 'it works on a phone, by the keyboard, in light and dark',
  /** @param {any} stage */
  async prove({ browser, site, SCREENSHOTS }) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        const camera = await CameraPage.open(browser, site.address, { viewport, colorScheme });
        await camera.load();
        const { page } = camera;
        // From the top of the page to the first button, and no further than it takes.
        for (let i = 0; i < 5; i++) {
          await page.keyboard.press('Tab');
          if ((await page.evaluate('document.activeElement.id')) === 'camera') break;
        }
        await page.keyboard.press('Enter');
        await camera.isAnswered();
        await page.waitForTimeout(1500);
        await page.screenshot({
          path: path.join(SCREENSHOTS, `camera-${size}-${colorScheme}.png`),
          fullPage: true,
        });
        assert.deepStrictEqual(await axeProblems(page, 'body'), [], `${size}, ${colorScheme}`);
        const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
        assert.ok(wide <= viewport.width, `${wide} pixels wide on ${viewport.width}`);
        assert.match(await camera.text('spoken'), /^(happy|sad|No face found)$/);
        const reached = await reachedByTab(page);
        for (const id of ['freeze', 'mirror', 'file', 'true-class', 'save', 'add-class']) {
          assert.ok(reached.includes(id), `${id} is not reached by Tab: ${reached}`);
        }
        assert.deepStrictEqual(camera.problems, []);
        await camera.close();
      }
    }
    return 'no violation that axe finds, nothing wider than 360 pixels, every control reached by Tab; screenshots in executed/screenshots';
  },
};

/** @param {import('playwright-core').Page} page */
async function reachedByTab(page) {
  /** @type {unknown[]} */
  const reached = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate('document.activeElement.id'));
  }
  return reached;
}
