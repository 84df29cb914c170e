const assert = require('node:assert');
const { readyProject } = require('../support/ready-project');

module.exports = {
  name: 'second run',
  promise: 'where all is done the set-up skips in under a second',
  async prove() {
    const project = await readyProject();
    const times = [];
    for (let i = 0; i < 5; i++) {
      const { status, stderr, seconds } = await project.setUp();
      assert.deepStrictEqual([status, stderr], [0, '']);
      times.push(seconds);
    }
    return `${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)} s, Node's start included`;
  },
};
