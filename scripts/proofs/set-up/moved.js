const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { readyProject } = require('../support/ready-project');
const { temporaryFolder } = require('../support/temporary-folder');

module.exports = {
  name: 'moved folder',
  promise:
    'a project that was moved works again, also in a folder with spaces, a comma and an emoji',
  async prove() {
    const project = await readyProject();
    const from = project.folder;
    const to = path.join(temporaryFolder(), 'my labs, all 😀', 'Smile Lab');
    fs.mkdirSync(path.dirname(to));
    fs.renameSync(from, to);
    project.folder = to;
    try {
      const { status, stderr, seconds } = await project.setUp();
      assert.strictEqual(status, 0, stderr);
      assert.doesNotMatch(stderr, /npm packages/, 'npm packages were installed again');
      const { device } = await project.train('models/moved');
      assert.ok(device);
      assert.strictEqual(
        await project.cell("import { trainingDevice } from 'smile-lab';", '1 + 1'),
        2,
      );
      return `set up again in ${seconds.toFixed(0)} s, trains and runs a cell`;
    } finally {
      fs.renameSync(to, from);
      project.folder = from;
    }
  },
};
