const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { python } = require('../../../setup/paths');
const { run } = require('../../support/run');
const { CameraPage } = require('../camera-page');

module.exports = {
  name: 'it is taught two classes by the camera, and predict opens what it has learnt',
  /** @param {any} stage */
  async prove({ browser, site, at, smileLab, SCREENSHOTS }) {
    const camera = await CameraPage.open(browser, site.address, {
      viewport: { width: 1280, height: 900 },
    });
    await camera.load();
    const { page } = camera;
    await page.locator('#camera').click();
    await camera.isAnswered();
    const rows = page.locator('#classes li');
    const start = Date.now();
    for (const [i, [name, look]] of /** @type {const} */ ([
      ['face', 'face'],
      ['room', 'whole'],
    ]).entries()) {
      await camera.look(look);
      await page.waitForTimeout(500);
      await rows.nth(i).locator('input').fill(name);
      await rows.nth(i).getByRole('button', { name: /^Take/ }).click();
      await rows.nth(i).getByText('20 pictures', { exact: true }).waitFor();
      await page.locator('#learn').isEnabled();
    }
    await page.locator('#learn').click();
    await page.getByText(/^Learnt\./).waitFor();
    const seconds = (Date.now() - start) / 1000;
    const said = await camera.text('teach-note');
    await page.screenshot({ path: path.join(SCREENSHOTS, 'camera-taught.png'), fullPage: true });
    const archive = await camera.download('download', at('taught.zip'));
    // It has not made the archive, and compares every CRC.
    const unpacked = await run(python, ['-m', 'zipfile', '-e', at('taught.zip'), at('unpacked')]);
    assert.strictEqual(unpacked.status, 0, unpacked.stderr);
    await page.locator('#freeze').click();
    let largest = 0;
    for (const [look, expected] of /** @type {const} */ ([
      ['face', 'face'],
      ['whole', 'room'],
    ])) {
      await camera.look(look);
      await page.waitForTimeout(2000);
      const seen = await camera.probabilities();
      await camera.download('save', at(`taught-${look}.png`));
      const model = at(path.join('unpacked', 'taught'));
      const printed = await smileLab(
        'predict',
        '--model',
        model,
        '--json',
        at(`taught-${look}.png`),
      );
      const { classNames, predictions } = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
      assert.deepStrictEqual(classNames, ['face', 'room']);
      assert.strictEqual(predictions[0].predictedClass, expected);
      const differences = predictions[0].probabilities.map(
        (/** @type {number} */ value, /** @type {number} */ i) =>
          Math.abs(value - (seen[i] ?? NaN)),
      );
      largest = Math.max(largest, ...differences);
    }
    assert.ok(largest <= 1e-3, `${largest}`);
    await camera.close();
    return `${said} ${seconds.toFixed(0)} s for 40 pictures and the training; ${(archive.length / 1e6).toFixed(1)} MB, opened by smile-lab predict, largest difference ${largest.toExponential(1)}; ${fs.readdirSync(at('unpacked/taught')).join(', ')}`;
  },
};
