require('../setup/check-node');
const assert = require('node:assert');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { dist, python, root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');
const { run } = require('./support/run');
const { temporaryFolder } = require('./support/temporary-folder');
const { NAME, modelFolder, startServing } = require('./serving/start-serving');

const PYTHON_PACKAGES = ['tritonclient[http]==2.73.0', 'schemathesis==4.32.5'];
const AUTOCANNON = 'autocannon@9.0.0';
/** Pictures that may wait: a few more than are asked for at once below what the server takes. */
const QUEUE = 40;
const picture = path.join(root, 'data', 'happy-or-sad', 'happy', 'noto-1f600-grinning-face.png');
const client = path.join(__dirname, 'serving', 'client.py');

/**
 * `npm run test:serving`: clients of others use the server: NVIDIA's tritonclient, in JSON and binary; schemathesis, which
 * checks what it answers against its OpenAPI document; autocannon, below and beyond what it takes. Then it is ended under
 * load. `-- --soak MINUTES` goes on for so long, and compares memory and open files.
 */
afterSetUp(async () => {
  const folder = temporaryFolder();
  const packages = path.join(folder, 'packages');
  await done(python, [
    '-m',
    'uv',
    'pip',
    'install',
    '--quiet',
    '--target',
    packages,
    ...PYTHON_PACKAGES,
  ]);
  const npm = ['install', '--ignore-scripts', '--silent', '--no-save', '--prefix', folder];
  await done('npm', [...npm, AUTOCANNON]);
  const autocannon = require(path.join(folder, 'node_modules', 'autocannon'));
  const model = await modelFolder(folder, require(path.join(dist, 'index.js')));
  const server = await startServing(model, ['--queue', String(QUEUE)]);
  try {
    await askAsNvidia(server, packages);
    await checkDocument(server, packages, folder);
    await load(server, autocannon);
    const at = process.argv.indexOf('--soak');
    if (at > 0) await soak(server, autocannon, Number(process.argv[at + 1]));
    await endUnderLoad(server);
  } finally {
    server.kill();
  }
  return 0;
});

/** @typedef {Awaited<ReturnType<typeof startServing>>} Server */

/** @param {Server} server @param {string} packages */
async function askAsNvidia({ address }, packages) {
  const answer = await post(address);
  const { predictions } = JSON.parse(await answer.text());
  const expected = JSON.stringify([Object.values(predictions[0].probabilities)]);
  const args = [client, new URL(address).host, NAME, picture, expected];
  console.log('tritonclient');
  process.stdout.write(await done(python, args, { PYTHONPATH: packages }));
}

/**
 * @param {Server} server
 * @param {string} packages
 * @param {string} cwd where schemathesis keeps what it remembers
 */
async function checkDocument({ address }, packages, cwd) {
  // Random bytes are no picture, so what is valid by the document need not be accepted.
  const args = ['--exclude-checks', 'positive_data_acceptance', '--max-examples', '50'];
  const asked = [
    '-m',
    'schemathesis.cli',
    'run',
    `${address}/openapi.json`,
    '--seed',
    '1',
    ...args,
  ];
  const printed = await done(python, asked, { PYTHONPATH: packages, NO_COLOR: '1' }, cwd);
  console.log(`schemathesis: ${/\d+ generated, \d+ passed.*/.exec(printed)?.[0] ?? printed}`);
}

/** @param {Server} server @param {any} autocannon */
async function load({ address }, autocannon) {
  for (const connections of [1, 8, 32]) {
    const result = await fire(autocannon, { address, connections, duration: 5 });
    assert.deepStrictEqual([result.errors, result.non2xx], [0, 0]);
    const { requests, latency } = result;
    console.log(
      `autocannon, ${connections} at once: ${requests.average.toFixed(0)} requests/s, p50 ${latency.p50} ms, p99 ${latency.p99} ms`,
    );
  }
  const beyond = await fire(autocannon, { address, connections: 300, duration: 5 });
  const { statusCodeStats: counts, errors } = beyond;
  console.log(`autocannon, 300 at once, of which ${QUEUE} may wait: ${JSON.stringify(counts)}`);
  assert.strictEqual(errors, 0);
  // How many come at the same moment depends on the machine.
  assert.ok(Object.keys(counts).every((status) => ['200', '429'].includes(status)));
}

/**
 * @param {any} autocannon
 * @param {{ address: string, connections: number, duration: number, overallRate?: number }} options
 * @returns {Promise<any>}
 */
function fire(autocannon, { address, ...options }) {
  return autocannon({
    ...{ url: `${address}/predict`, method: 'POST', timeout: 60 },
    ...{ headers: { 'content-type': 'image/png' }, body: fs.readFileSync(picture) },
    ...options,
  });
}

/** @param {Server} server @param {any} autocannon @param {number} minutes */
async function soak({ address, pid }, autocannon, minutes) {
  const state = async () => {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
    return { mebibytes: bytes / 2 ** 20, files: fs.readdirSync(`/proc/${pid}/fd`).length };
  };
  const part = (/** @type {number} */ duration) =>
    fire(autocannon, { address, connections: 4, duration, overallRate: 40 });
  await part(Math.min(120, minutes * 12)); // until the heap has found its size
  const before = await state();
  const { errors, non2xx, requests } = await part(60 * minutes);
  const after = await state();
  const grown = after.mebibytes / before.mebibytes - 1;
  console.log(
    `soak, ${minutes} minutes, ${requests.total} requests: ${before.mebibytes.toFixed(0)} to ${after.mebibytes.toFixed(0)} MiB (${(100 * grown).toFixed(1)} %), ${before.files} to ${after.files} open files`,
  );
  assert.deepStrictEqual([errors, non2xx], [0, 0]);
  assert.ok(grown <= 0.05, 'its memory has grown by more than 5 %');
  assert.ok(after.files <= before.files, 'more files are open than before');
}

/**
 * What the server has accepted must be answered, also where most of it comes later; who comes then finds nobody.
 * @param {Server} server
 */
async function endUnderLoad(server) {
  const body = fs.readFileSync(picture);
  const begun = await Promise.all(
    Array.from({ length: 30 }, () => begin(server.address, body.length)),
  );
  process.kill(server.pid, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await assert.rejects(post(server.address), /fetch failed/);
  const statuses = await Promise.all(begun.map((finish) => finish(body)));
  const { status } = await server.ended;
  const answered = statuses.filter((each) => each === 200).length;
  console.log(
    `SIGTERM while 30 requests were half sent: ${answered} answered, exit status ${status}`,
  );
  assert.deepStrictEqual([answered, status], [30, 0]);
}

/**
 * Begins a request, as far as the server has said that it wants the body.
 * @param {string} address @param {number} length
 * @returns {Promise<(body: Buffer) => Promise<number | undefined>>} sends the body, and gives the answer's status
 */
function begin(address, length) {
  return new Promise((resolve, reject) => {
    const headers = { Expect: '100-continue', 'Content-Length': length };
    const request = http.request(`${address}/predict`, { method: 'POST', headers, agent: false });
    request.on('error', reject);
    request.once('continue', () =>
      resolve((body) => {
        request.end(body);
        return new Promise((answered) => {
          request.once('response', (response) => answered(response.resume().statusCode));
        });
      }),
    );
    request.flushHeaders();
  });
}

/** @param {string} address */
function post(address) {
  return fetch(`${address}/predict`, { method: 'POST', body: fs.readFileSync(picture) });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [cwd]
 * @returns {Promise<string>} what it has printed
 */
async function done(command, args, env = {}, cwd = root) {
  const { status, stdout, stderr } = await run(command, args, { env, cwd });
  assert.strictEqual(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
