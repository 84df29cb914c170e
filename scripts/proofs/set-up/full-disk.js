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
  /** @param {string} step */
  const expect = async (step) => {
    const cause = new RegExp(`"${step}". The disk is full$`);
    assertTold(await project.setUp(), { cause, cure: /Free some space/ });
  };
  const expectDone = async () => {
    const { status, stderr } = await project.setUp();
    assert.strictEqual(status, 0, stderr);
  };

  await expect('npm packages');
  // Where space comes back meanwhile, npm ends well, but for the files that it could not write.
  fs.rmSync(project.path('node_modules'), { recursive: true, force: true });
  const watch = setInterval(() => {
    const { bavail, bsize } = fs.statfsSync(disk);
    if (bavail * bsize > 1e6) return;
    clearInterval(watch);
    setTimeout(() => mount('remount,size=1100m', disk), 500);
  }, 50);
  await expect('npm packages');

  await expect('Python environment');
  mount('remount,size=6g', disk);
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
  console.log(`told at 6 of 6 steps; with space again all was set up, and trains on the ${device}`);
}

// For the small steps the rest of the disk is filled.
const lastSteps = /** @type {const} */ ([
  ['pre-trained networks', '.venv/share/smile-lab/weights'],
  ['native addon', 'node_modules/@tensorflow/tfjs-node-gpu/lib'],
  ['library', 'dist'],
  ['Jupyter kernel', '.venv/share/jupyter/kernels/smile-lab'],
]);

/** @param {string} options @param {string} disk */
function mount(options, disk) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', disk]);
}

if (require.main === module) {
  fillTheDisk(String(process.argv[2])).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
