const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Project } = require('../support/project');
const { goodPython, programFolder } = require('../support/programs');
const { temporaryFolder } = require('../support/temporary-folder');

module.exports = {
  name: 'nothing outside',
  promise:
    'set-up, training and a cell leave nothing in the home folder but package caches; all is downloaded',
  async prove() {
    const project = new Project();
    const home = temporaryFolder();
    const env = {
      HOME: home,
      XDG_CACHE_HOME: '',
      XDG_CONFIG_HOME: '',
      XDG_DATA_HOME: '',
      PIP_FIND_LINKS: '',
    };
    // pip asks rustc for its version, and rustup's rustc makes a folder in a new home.
    const programs = [programFolder({ python3: goodPython() }), '/usr/bin', '/bin'];
    const { status, stderr, seconds } = await project.setUp({ env, path: programs });
    assert.strictEqual(status, 0, stderr);
    await project.train('models/first', { env, path: programs });
    await project.cell("import { trainingDevice } from 'smile-lab';", '0', { env, path: programs });
    const left = [...fs.readdirSync(home), ...fs.readdirSync(path.join(home, '.cache'))];
    const caches = ['.cache', '.npm', 'pip', 'uv'];
    assert.deepStrictEqual(
      left.filter((name) => !caches.includes(name)),
      [],
    );
    return `left: ${left.join(', ')}; from empty caches the set-up took ${seconds.toFixed(0)} s`;
  },
};
