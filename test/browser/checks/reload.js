const assert = require('node:assert');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

module.exports = {
  name: 'saved and loaded again, the page still shows every output, and the kernel remembers',
  /** @param {Session} session */
  async prove({ notebook, page }) {
    const shown = async () => ({
      texts: (await page.locator('.jp-OutputArea-output').allTextContents()).map((text) =>
        text.trim(),
      ),
      pictures: await notebook.pictureWidths(),
    });
    const before = await shown();
    assert.ok(before.pictures.length > 0, 'no picture is shown before the page is loaded again');
    await notebook.save();
    await notebook.reload();
    await until(
      `the same outputs as before: ${JSON.stringify(before)}`,
      shown,
      (after) => JSON.stringify(after) === JSON.stringify(before),
    );
    await notebook.write('WANTED_ACCURACY');
    assert.match(await notebook.run(), /0\.999/, 'a name from before in a new cell');
    return `${before.pictures.length} pictures`;
  },
};
