const assert = require('node:assert');
const { until } = require('../support/until');

/** @typedef {import('../support/session').Session} Session */

module.exports = {
  name: 'all cells of lesson 1 run by the keyboard, and the training is seen while it runs',
  /** @param {Session} session */
  async prove(session) {
    const { notebook, copy } = session;
    await notebook.open(copy);
    await notebook.startAll();
    const training = notebook.cell('model.fitDataset(');
    const changes = await notebook.watch(training);
    await training.scrollIntoViewIfNeeded();
    await until(
      'something under the training cell',
      () => notebook.everything(training),
      (text) => text !== '',
      180,
    );
    assert.strictEqual(
      await notebook.status(),
      'busy',
      'what the toolbar says of the kernel while it trains',
    );
    await notebook.allHaveRun(300);
    const seen = await changes();
    assert.ok(
      seen.length >= 3,
      `Expected at least 3 changes under the cell while it trained; seen: ${JSON.stringify(seen)}`,
    );
    await session.picture('trained', training.locator('.jp-OutputArea-child').last());
    return `${seen.length} changes while it trained`;
  },
};
