const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { Project } = require('../support/project');
const { readyProject } = require('../support/ready-project');
const { temporaryFolder } = require('../support/temporary-folder');

// About how many seconds the steps take on two cores; the last, one small file, is over before a kill arrives.
const durations = [10, 6, 2, 6, 3];
const killsPerStep = 4;

module.exports = {
  name: 'killed',
  promise:
    'killed at random moments of each step, the set-up ends well when it runs again, with every file there',
  async prove() {
    const ready = await readyProject();
    const project = new Project(path.join(temporaryFolder(), 'smile-lab'), ready.folder);
    const kills = [];
    for (const [index, seconds] of durations.entries()) {
      for (let i = 0; i < killsPerStep; i++) {
        const killed = await killDuring(project, index + 1, seconds * Math.random());
        if (killed) kills.push(killed);
      }
      if (index === 0) await stopAlone(project);
    }
    console.log(`  ${kills.join(', ')}`);
    const { status, stderr } = await project.setUp();
    assert.strictEqual(status, 0, stderr);
    const expected = files(ready);
    const found = files(project);
    const differing = [...expected].filter(([file, size]) => found.get(file) !== size);
    assert.deepStrictEqual(differing, [], 'files are missing or cut off');
    await project.train('models/killed');
    return `${kills.length} kills, ${expected.size} files as in an undisturbed set-up, trains`;
  },
};

/**
 * Lets the set-up run, and kills it with its tools after it has been in a step, or a later one, for some seconds.
 * @param {Project} project
 * @param {number} number the step's, as the set-up counts
 * @param {number} seconds
 * @returns {Promise<string | undefined>} where it was killed; undefined when it had ended before
 */
async function killDuring(project, number, seconds) {
  /** @type {string | undefined} */
  let reached;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const running = project.startSetUp({
    onText: (text) => {
      for (const [, shown, step] of text.matchAll(/(\d)\/6 (.*) …/g)) {
        if (reached || Number(shown) < number) continue;
        reached = step;
        timer = setTimeout(running.kill, 1000 * seconds);
      }
    },
  });
  const { signal } = await running.ended;
  clearTimeout(timer);
  return signal ? `${reached} + ${seconds.toFixed(2)} s` : undefined;
}

/**
 * Stops the set-up, but not its tool, as `kill` and a closed terminal may: the tool must end with it.
 * @param {Project} project
 */
async function stopAlone(project) {
  const running = project.startSetUp({
    onText: (text) => {
      if (text.includes('1/6')) setTimeout(() => process.kill(running.pid, 'SIGTERM'), 3000);
    },
  });
  const { signal } = await running.ended;
  assert.strictEqual(signal, 'SIGTERM');
  assert.deepStrictEqual(processesIn(project.folder), [], 'a tool goes on without the set-up');
}

/**
 * @param {string} folder
 * @returns {string[]} the commands of the processes that work there
 */
function processesIn(folder) {
  return fs.readdirSync('/proc').flatMap((pid) => {
    try {
      if (!fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return [];
      return [fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
    } catch {
      return [];
    }
  });
}

/**
 * @param {Project} project
 * @returns {Map<string, number>} each installed file and its size
 */
function files(project) {
  const found = new Map();
  for (const folder of ['node_modules', '.venv', 'dist']) {
    for (const entry of fs.readdirSync(project.path(folder), {
      recursive: true,
      withFileTypes: true,
    })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && !file.includes('__pycache__')) {
        found.set(path.relative(project.folder, file), fs.statSync(file).size);
      }
    }
  }
  return found;
}
