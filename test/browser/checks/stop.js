const assert = require('node:assert');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

/** Trains for minutes unless it is stopped. */
const cell = `const second = buildHappyOrSad({ seed: 2 });
const before = await evaluateClassifier({ model: second, classNames: pictures.classNames }, rescaled);
await second.fitDataset(rescaled, { epochs: 1000, verbose: 0, callbacks: [showProgress()] });
const after = await evaluateClassifier({ model: second, classNames: pictures.classNames }, rescaled);
console.log('untrained', before.accuracy, 'stopped', after.accuracy);`;

module.exports = {
  name: 'Stop ends a second training, which keeps what it has learned',
  /** @param {Session} session */
  async prove(session) {
    const { notebook } = session;
    await notebook.write(cell);
    await notebook.start();
    await until(
      'a training that is right in 80 % or more',
      () => notebook.everything(notebook.active),
      (text) => /accuracy (?:0\.[89]|1\.)/.test(text),
      180,
    );
    await notebook.panel.getByRole('button', { name: /^Interrupt/ }).click();
    await notebook.allHaveRun(60);
    const text = await notebook.output(notebook.active);
    assert.match(text, /keeps what it has learned/, 'what the cell says after Stop');
    const [, before, after] = /untrained ([\d.]+) stopped ([\d.]+)/.exec(text) ?? [];
    assert.ok(
      Number(after) >= Number(before) + 0.1,
      `Expected a better accuracy than the untrained one after Stop; seen: ${text}`,
    );
    await session.picture('stopped', notebook.active.locator('.jp-OutputArea-child').last());
    return `accuracy ${before} untrained, ${after} after Stop`;
  },
};
