const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');

/** Starts the process that runs the tests' Python, before the first test file; it has imported nothing yet. */
module.exports = async function startKeras() {
  const folder = await mkdtemp(path.join(tmpdir(), 'smile-lab-keras-'));
  process.env.SMILE_TEST_KERAS = path.join(folder, 'socket'); // jest's workers inherit it
  const server = spawn(
    path.resolve(__dirname, '../../.venv/bin/python'),
    [path.join(__dirname, 'kerasServer.py'), process.env.SMILE_TEST_KERAS],
    {
      env: {
        ...process.env,
        TMPDIR: folder,
        TF_CPP_MIN_LOG_LEVEL: '3',
        KERAS_BACKEND: 'tensorflow',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  server.on('exit', () => void rm(folder, { recursive: true, force: true }));
  await once(server.stdout, 'data');
  /** @type {any} */ (globalThis).kerasServer = server;
};
