const assert = require('node:assert');
const { Project } = require('../support/project');

module.exports = {
  name: 'two at once',
  promise: 'of two set-ups at the same time one works and the other waits for it',
  async prove() {
    const project = new Project();
    const both = await Promise.all([project.setUp(), project.setUp()]);
    assert.deepStrictEqual(
      both.map(({ status }) => status),
      [0, 0],
      both.map(({ stderr }) => stderr).join('\n'),
    );
    const [worked, waited] = both.sort((a, b) => b.stderr.length - a.stderr.length);
    assert.match(worked?.stderr ?? '', /6\/6 Jupyter kernel/);
    assert.strictEqual(waited?.stderr, 'Waiting for the set-up that another command is doing …\n');
    return `both done after ${Math.max(...both.map(({ seconds }) => seconds)).toFixed(0)} s`;
  },
};
