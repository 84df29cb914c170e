const assert = require('node:assert');
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { NotHere } = require('../support/not-here');
const { Project, assertTold } = require('../support/project');
const { run } = require('../support/run');
const { temporaryFolder } = require('../support/temporary-folder');

// A file system of our own needs no rights in a namespace of our own.
const namespace = ['--user', '--map-root-user', '--mount'];

module.exports = {
  name: 'full disk',
  promise:
    'a full disk is told at each step, and with space again the next run goes on and ends well',
  async prove() {
    if (spawnSync('unshare', [...namespace, 'true']).status !== 0) {
      throw new NotHere('this system lets nobody mount a small disk (`unshare --user --mount`)');
    }
    const node = [process.execPath, __filename, temporaryFolder()];
    const { status, stdout, stderr } = await run('unshare', [...namespace, ...node]);
    assert.strictEqual(status, 0, stderr);
    return stdout.trim();
  },
};

/**
 * Runs within the namespace.
 * @param {string} disk an empty folder
 */
async function fillTheDisk(disk) {
  mount('size=150m', disk);
  const project = new Project(path.join(disk, 'smile-lab'));
  /** @param {string} step @param {string} [node] */
  const expect = async (step, node) => {
    const cause = new RegExp(`"${step}". The disk is full$`);
    assertTold(await project.setUp({ node }), { cause, cure: /Free some space/ });
  };
  const expectDone = async () => {
    const { status, stderr } = await project.setUp();
    assert.strictEqual(status, 0, stderr);
  };

  await expect('npm packages');
  mount('remount,size=1100m', disk);
  await expect('Python environment');
  mount('remount,size=6g', disk);
  await expectDone();

  // Where only large files find no room, npm warns and ends well.
  fs.rmSync(project.path('node_modules'), { recursive: true });
  const limited = path.join(disk, 'node-without-large-files');
  const limit = `#!/bin/sh\nulimit -f 10240\nexec "${process.execPath}" "$@"\n`;
  fs.writeFileSync(limited, limit, { mode: 0o755 });
  await expect('npm packages', limited);
  await expectDone();

  for (const [step, made] of lastSteps) {
    fs.rmSync(project.path(made), { recursive: true });
    const filler = path.join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']);
    await expect(step);
    fs.rmSync(filler);
    await expectDone();
  }
  const { device } = await project.train('models/after');
  console.log(`told at 5 of 5 steps; with space again all was set up, and trains on the ${device}`);
}

// For the small steps the rest of the disk is filled.
const lastSteps = /** @type {const} */ ([
  ['native addon', 'node_modules/@tensorflow/tfjs-node-gpu/lib'],
  ['library', 'dist'],
  ['Jupyter kernel', '.venv/share/jupyter/kernels/smile-lab'],
]);

/** @param {string} options @param {string} disk */
function mount(options, disk) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', disk]);
}

if (require.main === module) fillTheDisk(String(process.argv[2]));
