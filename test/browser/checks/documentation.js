const assert = require('node:assert');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

module.exports = {
  name: "Tab completes a helper's name, and Shift+Tab shows its documentation",
  /** @param {Session} session */
  async prove(session) {
    const { notebook, page } = session;
    await notebook.write('imageDatasetFromD');
    await page.keyboard.press('Tab');
    const completer = page.locator('.jp-Completer:not(.lm-mod-hidden)');
    await completer.getByText('imageDatasetFromDirectory').waitFor();
    await page.keyboard.press('Enter');
    await until(
      'the whole name in the cell',
      async () => notebook.active.locator('.cm-content').innerText(),
      (text) => text.trim() === 'imageDatasetFromDirectory',
    );
    await page.keyboard.insertText('(');
    await page.keyboard.press('Shift+Tab');
    const tooltip = page.locator('.jp-Tooltip');
    await tooltip.waitFor();
    const text = await tooltip.innerText();
    for (const part of ['Loads pictures from a folder', '@param directory', '@returns']) {
      assert.ok(text.includes(part), `Expected «${part}» in the documentation; seen: ${text}`);
    }
    await session.picture('documentation');
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'detached' });
    await notebook.removeCell();
    return 'imageDatasetFromDirectory';
  },
};
