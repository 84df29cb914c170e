const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { root } = require('../../../scripts/setup/paths');
const { atTheEnd } = require('../../../scripts/browser/at-the-end');
const { within } = require('./within');

/**
 * @typedef {object} Lab
 * @property {string} address without a slash at its end
 * @property {string} token
 * @property {(method: string, resource: string, body?: object) => Promise<any>} api asks the server, as JupyterLab does
 */

/**
 * Starts JupyterLab by the learner's own command, `scripts/lab.js`, with a port and a token of its own. Its settings, its
 * layout and its temporary files lie in a folder that nobody else uses.
 * @param {string} folder for settings, layout and temporary files
 * @returns {Promise<Lab>}
 * @throws {Error} with what JupyterLab printed, when it does not come up
 */
async function startLab(folder) {
  const token = crypto.randomBytes(16).toString('hex');
  const args = [
    path.join(root, 'scripts', 'lab.js'),
    '--no-browser',
    // JupyterLab takes another one where somebody else was faster, and tells which.
    `--ServerApp.port=${await freePort()}`,
    `--LabApp.user_settings_dir=${path.join(folder, 'settings')}`,
    `--LabApp.workspaces_dir=${path.join(folder, 'workspaces')}`,
  ];
  const lab = spawn(process.execPath, args, {
    cwd: root,
    // jupyter-server-proxy leaves folders for temporary files behind.
    env: { ...process.env, JUPYTER_TOKEN: token, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C ends it by our hand, with its kernels, and not in the middle of a check.
    detached: true,
  });
  const ended = new Promise((resolve) => lab.on('close', resolve));
  const pid = /** @type {number} */ (lab.pid);
  atTheEnd({
    orderly: async () => {
      if (lab.exitCode === null) await endGroup(pid, ended);
    },
    atOnce: () => {
      for (const each of [...kernelsOf(pid), -pid]) kill(each, 'SIGKILL');
    },
  });

  let printed = '';
  /** @type {Promise<string>} */
  const address = new Promise((resolve, reject) => {
    for (const stream of [lab.stdout, lab.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        const [, found] =
          /(http:\/\/(?:localhost|127\.0\.0\.1):\d+)\/lab\S*token=/.exec(printed) ?? [];
        if (found) resolve(found);
      });
    }
    ended.then((code) => reject(new Error(`JupyterLab ended with status ${code}:\n${printed}`)));
  });
  const started = await within(
    60,
    address,
    () => `JupyterLab tells its address; it said:\n${printed}`,
  );
  return {
    address: started,
    token,
    async api(method, resource, body) {
      const answer = await fetch(`${started}/api/${resource}`, {
        method,
        headers: { Authorization: `token ${token}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${resource}: ${answer.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * Ends JupyterLab as a service manager does, so that it ends its kernels; who does not obey is killed.
 * @param {number} pid of the group's leader
 * @param {Promise<unknown>} ended
 */
async function endGroup(pid, ended) {
  const kernels = kernelsOf(pid);
  kill(-pid, 'SIGTERM');
  await within(15, ended, () => '').catch(() => kill(-pid, 'SIGKILL'));
  for (const kernel of kernels) kill(kernel, 'SIGKILL');
}

/**
 * The kernels, which stand in groups of their own.
 * @param {number} pid of the process that started JupyterLab
 * @returns {number[]}
 */
function kernelsOf(pid) {
  return childrenOf(pid).flatMap((child) => [...childrenOf(child), ...kernelsOf(child)]);
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function childrenOf(pid) {
  try {
    const tasks = fs.readdirSync(`/proc/${pid}/task`);
    return tasks.flatMap((task) =>
      fs
        .readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return []; // it has ended
  }
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

module.exports = { startLab };
