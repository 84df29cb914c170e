const assert = require('node:assert');
const { record } = require('../support/record');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

module.exports = {
  name: 'all cells of lesson 1 run by the keyboard, and the chart is seen to grow while it trains',
  /** @param {Session} session */
  async prove(session) {
    const { notebook, copy, page } = session;
    await notebook.open(copy);
    await notebook.startAll();
    const training = notebook.cell('model.fitDataset(');
    const charts = await notebook.watchCharts(training);
    await until('a chart under the training cell', charts, (seen) => seen.length > 0, 300);
    const chart = training.locator('.jp-OutputArea-output :is(svg, img)').first();
    await until(
      'the whole chart in sight',
      async () => {
        await chart.evaluate((/** @type {any} */ drawing) =>
          drawing.scrollIntoView({ block: 'end' }),
        );
        const { y = 0, height = 0 } = (await chart.boundingBox()) ?? {};
        return [y, y + height];
      },
      ([top = 0, bottom = 0]) => top > 90 && bottom < 780 && bottom > top,
    );
    assert.strictEqual(await notebook.status(), 'busy', 'the kernel, as the toolbar shows it');
    const frames = session.film ? record(page) : undefined;
    await until(
      'the end of the training',
      async () => (await training.locator('.jp-InputPrompt').textContent())?.trim() ?? '',
      (prompt) => prompt !== '[*]:',
      300,
    );
    if (frames && session.film) await frames.write(session.film);
    await notebook.allHaveRun(300);
    const seen = await charts();
    assert.ok(
      seen.length >= 3,
      `Expected at least 3 charts, one after the other, while it trained; seen: ${seen.length}`,
    );
    const [left, ...more] = await training
      .locator('.jp-OutputArea-output img')
      .evaluateAll((all) =>
        all.map((/** @type {any} */ { alt, naturalWidth }) => ({ alt, naturalWidth })),
      );
    assert.ok(left && left.naturalWidth > 0 && more.length === 0, 'One chart must stay');
    assert.match(left.alt, /accuracy/, 'what the chart says to who cannot see it');
    await session.picture('trained', training.locator('.jp-OutputArea-output img'));
    return `${seen.length} charts while it trained`;
  },
};
