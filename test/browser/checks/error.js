const assert = require('node:assert');
const { until } = require('../../../scripts/browser/until');

/** @typedef {import('../support/session').Session} Session */

/** The error comes from a function, in the third line. */
const cell = `let fromFailed = 'kept';
function count(pictures: string[]) {
  if (pictures.length === 0) throw new RangeError('one picture is required, got none');
}
count([]);`;

module.exports = {
  name: "An error in a cell stands below it in red, with the learner's own lines alone, and its variables stay",
  /** @param {Session} session */
  async prove(session) {
    const { notebook } = session;
    await notebook.write(cell);
    await notebook.start();
    const error = notebook.active.locator('[data-mime-type="application/vnd.jupyter.stderr"]');
    const text = await until(
      'an error below the cell',
      async () => ((await error.count()) > 0 ? error.innerText() : ''),
      (seen) => seen.includes('RangeError'),
      60,
    );
    assert.match(text, /RangeError: one picture is required, got none/);
    assert.match(text, /line 3/, 'the line of the cell that has thrown');
    assert.doesNotMatch(text, /node:|scripts\/kernel|node_modules/, 'no frames but the own ones');
    await session.picture('error', notebook.active);
    await notebook.removeCell();
    await notebook.write('console.log(fromFailed);');
    assert.match(await notebook.run(), /kept/, 'what the failed cell had set');
    await notebook.removeCell();
    return text.split('\n').find((line) => line.includes('RangeError'));
  },
};
