const assert = require('node:assert');
const fs = require('node:fs');
const { Project, assertTold } = require('../support/project');
const { run } = require('../support/run');
const { temporaryFolder } = require('../support/temporary-folder');
const { nowhere, unreachable } = require('../support/unreachable');

const cause = /The package registry cannot be reached/;
const cure = /Check the network/;

module.exports = {
  name: 'no network',
  promise:
    'a step without a network says so within a minute; npm packages then come from the cache',
  async prove() {
    const project = new Project();
    const empty = temporaryFolder();
    const env = { ...unreachable, UV_CACHE_DIR: `${empty}/uv`, PIP_CACHE_DIR: `${empty}/pip` };

    const bare = await project.setUp({ env: { ...env, npm_config_cache: `${empty}/npm` } });
    assert.match(assertTold(bare, { cause, cure }), /"npm packages"/);

    // npm's cache is filled, then the network goes.
    const fill = "require('./scripts/setup/node-packages').run()";
    await run(process.execPath, ['-e', fill], { cwd: project.folder });
    fs.rmSync(project.path('node_modules'), { recursive: true });
    const cached = await project.setUp({ env });
    assert.match(assertTold(cached, { cause, cure }), /"Python environment"/);

    // uv finds no packages, and pip finds them all.
    const uvAlone = await project.setUp({
      env: { UV_DEFAULT_INDEX: `${nowhere}/simple`, UV_CACHE_DIR: `${empty}/uv` },
    });
    assert.strictEqual(uvAlone.status, 0, uvAlone.stderr);
    assert.ok(
      bare.seconds < 60 && cached.seconds < 60,
      `told after ${bare.seconds} and ${cached.seconds} s`,
    );
    return (
      `npm: told after ${bare.seconds.toFixed(0)} s; Python: npm packages from the cache, told after ` +
      `${cached.seconds.toFixed(0)} s; without uv's index pip went on, ${uvAlone.seconds.toFixed(0)} s`
    );
  },
};
