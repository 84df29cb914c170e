require('../setup/check-node');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { python, root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');
const { run, start } = require('./support/run');
const { temporaryFolder } = require('./support/temporary-folder');

const HUB = 'jupyterhub==6.1.1';
const PROXY = 'configurable-http-proxy@5.3.0';
const runCell = path.join(__dirname, 'hub', 'run_cell.py');
const PATIENCE = 120_000; // ms

/**
 * `npm run test:hub`: on a real JupyterHub `openDashboard()` leads to a page that the browser reaches, with the logs that
 * the notebook's trainings write; and who stops a user's server leaves no kernel behind. Downloads the hub for itself.
 */
afterSetUp(async () => {
  const folder = temporaryFolder();
  const packages = path.join(folder, 'packages');
  await done(python, ['-m', 'uv', 'pip', 'install', '--quiet', '--target', packages, HUB]);
  await done('npm', ['install', '--silent', '--no-save', '--prefix', folder, PROXY]);
  const hub = await startHub(folder, packages);
  try {
    // Ann's notebook lies in her home, and so do its logs; bob's in the project.
    await prove(hub, 'ann', 'work/mine.ipynb', /^\/user\/ann\/proxy\/\d+\/\?token=/);
    await prove(hub, 'bob', 'notebooks/mine.ipynb', /^\/user\/bob\/smile-lab-dashboard\/$/);
  } finally {
    await hub.end();
  }
  return 0;
});

/**
 * @param {Hub} hub
 * @param {string} user
 * @param {string} notebook
 * @param {RegExp} expected the address
 */
async function prove(hub, user, notebook, expected) {
  fs.mkdirSync(path.join(hub.folder, user, path.dirname(notebook)), { recursive: true });
  await hub.ask('POST', `/hub/api/users/${user}`, 201);
  await hub.ask('POST', `/hub/api/users/${user}/server`, 201, 202);
  await until(async () => (await hub.ask('GET', `/hub/api/users/${user}`)).servers[''].ready);
  const session = await hub.ask('POST', `/user/${user}/api/sessions`, 201, {
    ...{ path: notebook, type: 'notebook', name: '' },
    kernel: { name: 'smile-lab' },
  });
  const run = `proof-${user}`;
  const html = await hub.displayedBy(
    `/user/${user}/api/kernels/${session.kernel.id}/channels`,
    `import { logRun, openDashboard, tf } from 'smile-lab';
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const log = logRun({ run: '${run}' });
    await model.fit(tf.ones([4, 1]), tf.zeros([4, 1]), { epochs: 2, verbose: 0, callbacks: [log] });
    await openDashboard();`,
  );
  const address = (/href="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
  assert.match(address, expected);
  const events = await hub.eventsOf(address);
  assert.match(events, new RegExp(`"name":"${run}"`));
  console.log(
    `${user}: ${address.replace(/token=.*/, 'token=…')} shows the run that the notebook has logged`,
  );

  const kernels = kernelsOf(hub.folder);
  assert.strictEqual(kernels().length, 1);
  await hub.ask('DELETE', `/hub/api/users/${user}/server`, 202, 204);
  await until(async () => kernels().length === 0);
  console.log(`${user}: no kernel is left after the server was stopped`);
  fs.rmSync(path.join(root, 'logs', run), { recursive: true, force: true });
}

/** @typedef {Awaited<ReturnType<typeof startHub>>} Hub */

/** @param {string} folder @param {string} packages */
async function startHub(folder, packages) {
  const [port, own, proxy] = [await freePort(), await freePort(), await freePort()];
  const token = crypto.randomBytes(16).toString('hex');
  const config = path.join(__dirname, 'hub', 'jupyterhub_config.py');
  const bin = path.join(folder, 'node_modules', 'configurable-http-proxy', 'bin');
  let printed = '';
  const hub = start(python, ['-m', 'jupyterhub', '--config', config], {
    cwd: folder,
    env: {
      ...{ HUB_FOLDER: folder, HUB_PORT: port, HUB_OWN_PORT: own, HUB_PROXY_PORT: proxy },
      ...{ HUB_NODE: process.execPath, HUB_PROXY: path.join(bin, 'configurable-http-proxy') },
      ...{ HUB_PYTHON: python, HUB_PROJECT: root, HUB_TOKEN: token },
      PYTHONPATH: packages,
      // Nothing that `npm run lab` sets: a hub's servers have what Jupyter sets by itself.
      ...{ JUPYTER_RUNTIME_DIR: '', JUPYTER_DATA_DIR: '', PYTHONUNBUFFERED: '1' },
    },
    onText: (text) => (printed += text),
  });
  const address = `http://127.0.0.1:${port}`;
  const headers = { Authorization: `token ${token}` };
  const api = {
    folder,
    address,
    headers,
    /** In order, for only then the hub ends its proxy. */
    async end() {
      process.kill(hub.pid, 'SIGTERM');
      await hub.ended;
    },
    /** @param {string} place @param {string} code */
    displayedBy: (place, code) =>
      done(python, [runCell, `${address.replace('http', 'ws')}${place}`, token, code]),
    /** @param {string} method @param {string} place @param {...any} rest wanted statuses, and a body */
    async ask(method, place, ...rest) {
      const statuses = rest.filter((each) => typeof each === 'number');
      const body = rest.find((each) => typeof each === 'object');
      const answer = await fetch(`${address}${place}`, {
        ...{ method, headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      const wanted = statuses.length > 0 ? statuses : [200];
      assert.ok(wanted.includes(answer.status), `${method} ${place}: ${answer.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    /**
     * The first words of the dashboard's stream of events, read as the page does.
     * @param {string} place
     */
    async eventsOf(place) {
      const page = await fetch(`${address}${place}`, { headers, redirect: 'manual' });
      const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      assert.ok([200, 302].includes(page.status), `${place}: ${page.status}`);
      const base = new URL(place.split('?')[0] ?? '', address);
      const events = await fetch(new URL('./api/events', base), {
        headers: { ...headers, cookie, Accept: 'text/event-stream' },
      });
      assert.strictEqual(events.status, 200);
      let text = '';
      for await (const part of /** @type {any} */ (events.body)) {
        text += Buffer.from(part).toString();
        if (text.includes('"name"')) break;
      }
      return text;
    },
  };
  await until(async () => {
    const answer = await fetch(`${address}/hub/api/`).catch(() => undefined);
    return answer?.ok === true;
  }).catch((error) => {
    throw new Error(`${error.message}\n${printed}`);
  });
  return api;
}

/**
 * The kernels of a hub's users.
 * @param {string} folder stands in their environment
 */
function kernelsOf(folder) {
  return () =>
    fs.readdirSync('/proc').filter((pid) => {
      try {
        const read = (/** @type {string} */ name) =>
          fs.readFileSync(`/proc/${pid}/${name}`, 'utf8');
        return read('cmdline').includes('scripts/kernel.js') && read('environ').includes(folder);
      } catch {
        return false; // no process, or one that has ended
      }
    });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} what it has printed
 */
async function done(command, args) {
  const { status, stdout, stderr } = await run(command, args);
  assert.strictEqual(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** @param {() => Promise<boolean>} isSo */
async function until(isSo) {
  for (const begin = Date.now(); !(await isSo());) {
    assert.ok(Date.now() - begin < PATIENCE, `after ${PATIENCE / 1000} s still not: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** @returns {Promise<string>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(String(port)));
    });
  });
}
