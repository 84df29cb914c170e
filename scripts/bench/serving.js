const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { showTable } = require('../proofs/support/show-table');
const { run, start } = require('../proofs/support/run');
const { temporaryFolder } = require('../proofs/support/temporary-folder');
const { modelFolder, NAME, startServing } = require('../proofs/serving/start-serving');
const { dist, python, root } = require('../setup/paths');
const { orderOf } = require('./run-measures');
const { digits, median } = require('./statistics');

const PACKAGES = [
  ...['fastapi==0.165.0', 'uvicorn[standard]==0.54.0', 'onnxruntime==1.32.0', 'pillow==13.0.0'],
  ...['onnx==1.23.2', 'tf2onnx==1.17.0'],
];
const AUTOCANNON = 'autocannon@9.0.0';
const PEER_PORT = '18502';
const picture = path.join(root, 'data', 'happy-or-sad', 'happy', 'noto-1f600-grinning-face.png');
const script = (/** @type {string} */ name) => path.join(__dirname, 'serving', name);

/** What is promised: of the ratio ours to theirs. */
const TARGETS = [
  { name: 'requests/s, 1 at once', value: 'rate1', better: 'more' },
  { name: 'requests/s, 8 at once', value: 'rate8', better: 'more', must: 1, aim: 1.5 },
  { name: 'requests/s, 32 at once', value: 'rate32', better: 'more', must: 1, aim: 1.5 },
  {
    name: 'p99 in ms, at half of what the slower one takes',
    value: 'p99',
    better: 'less',
    must: 1.2,
  },
];

/**
 * Loads Smile Lab's server and FastAPI with onnxruntime, of the same weights, in turn with the same PNG of 150 × 150, one
 * process each, and prints ratios. The load comes from this process, on the same cores.
 * @param {{ quick: boolean, rounds: number }} options
 * @returns {Promise<number>} exit status: 0 when every «must» is met
 */
async function serving({ quick, rounds }) {
  const folder = temporaryFolder();
  const duration = quick ? 2 : 5;
  const { autocannon, servers } = await prepare(folder);
  try {
    await agree(servers);
    /** @type {Record<string, any[]>} */
    const answers = { ours: [], theirs: [] };
    const fire = (/** @type {string} */ address, /** @type {object} */ options) =>
      load(autocannon, address, { duration, ...options });
    for (let round = 0; round < rounds; round++) {
      /** @type {Record<string, any>} */
      const measured = { ours: {}, theirs: {} };
      for (const connections of [1, 8, 32]) {
        for (const [role, { address }] of orderOf(round, Object.entries(servers))) {
          const { requests } = await fire(address, { connections });
          measured[role][`rate${connections}`] = requests.average;
        }
      }
      const overallRate = Math.round(
        Math.min(measured['ours'].rate8, measured['theirs'].rate8) / 2,
      );
      for (const [role, { address }] of orderOf(round, Object.entries(servers))) {
        const { latency } = await fire(address, { connections: 8, overallRate });
        measured[role].p99 = latency.p99;
      }
      for (const role of ['ours', 'theirs']) answers[role]?.push(measured[role]);
      console.log(`round ${round + 1}: ${JSON.stringify(measured)}`);
    }
    return conclude(answers);
  } finally {
    for (const { kill } of Object.values(servers)) kill();
  }
}

/** @param {string} folder */
async function prepare(folder) {
  const packages = path.join(folder, 'packages');
  await done(python, ['-m', 'uv', 'pip', 'install', '--quiet', '--target', packages, ...PACKAGES]);
  const npm = ['install', '--ignore-scripts', '--silent', '--no-save', '--prefix', folder];
  await done('npm', [...npm, AUTOCANNON]);
  const autocannon = require(path.join(folder, 'node_modules', 'autocannon'));
  const smileLab = require(path.join(dist, 'index.js'));
  const model = await modelFolder(folder, smileLab);
  const [keras, onnx] = [path.join(folder, `${NAME}.keras`), path.join(folder, `${NAME}.onnx`)];
  const classifier = await smileLab.loadClassifier(model);
  await smileLab.saveKeras(classifier.model, keras);
  classifier.model.dispose();
  const env = { PYTHONPATH: packages };
  await done(python, [script('to_onnx.py'), keras, onnx], { ...env, TF_CPP_MIN_LOG_LEVEL: '3' });
  const ours = await startServing(model);
  const peer = start(python, [script('peer.py'), onnx, PEER_PORT], { env });
  const theirs = { ...peer, address: `http://127.0.0.1:${PEER_PORT}` };
  await untilAnswers(theirs.address).catch(async (error) => {
    theirs.kill();
    throw new Error((await theirs.ended).stderr, { cause: error });
  });
  return { autocannon, servers: { ours, theirs } };
}

/** @param {string} address */
async function untilAnswers(address) {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(`${address}/openapi.json`).catch(() => undefined);
    if (answer?.ok) return;
    assert.ok(attempt < 300, `${address} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** @param {Record<string, { address: string }>} servers */
async function agree(servers) {
  const said = [];
  for (const { address } of Object.values(servers)) {
    const request = { method: 'POST', body: fs.readFileSync(picture) };
    /** @type {any} */
    const answer = await (await fetch(`${address}/predict`, request)).json();
    said.push((answer.predictions?.[0] ?? answer).probabilities.sad);
  }
  const [ours, theirs] = said;
  console.log(`sad: ours ${ours}, theirs ${theirs}`);
  assert.ok(Math.abs(ours - theirs) < 1e-4, 'they do not say the same');
}

/** @param {any} autocannon @param {string} address @param {object} options @returns {Promise<any>} */
async function load(autocannon, address, options) {
  const headers = { 'content-type': 'image/png' };
  const request = {
    url: `${address}/predict`,
    method: 'POST',
    headers,
    body: fs.readFileSync(picture),
  };
  const result = await autocannon({ ...request, ...options });
  assert.deepStrictEqual([result.errors, result.non2xx], [0, 0]);
  return result;
}

/** @param {Record<string, any[]>} answers */
function conclude(answers) {
  /** @type {(role: string, value: string) => number[]} */
  const all = (role, value) => (answers[role] ?? []).map((answer) => answer[value]);
  let isMet = true;
  const lines = TARGETS.map(({ name, value, better, must, aim }) => {
    const [ours, theirs] = [all('ours', value), all('theirs', value)];
    const ratios = ours.map((each, round) => each / Number(theirs[round]));
    const ratio = median(ratios);
    const isReached = must === undefined || (better === 'more' ? ratio >= must : ratio <= must);
    isMet &&= isReached;
    const spread = `${digits(Math.min(...ratios))}–${digits(Math.max(...ratios))}`;
    const sign = better === 'more' ? '≥' : '≤';
    const wanted = must === undefined ? '' : `${sign} ${must}${aim ? `, aim ${aim}` : ''}`;
    const [mine, other] = [digits(median(ours)), digits(median(theirs))];
    return [
      name,
      mine,
      other,
      digits(ratio),
      spread,
      wanted,
      must ? (isReached ? 'yes' : 'no') : '',
    ];
  });
  const head = ['measure', 'ours', 'FastAPI', 'ours/FastAPI', 'spread', 'must', 'met'];
  showTable(head, lines);
  return isMet ? 0 : 1;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function done(command, args, env = {}) {
  const { status, stdout, stderr } = await run(command, args, { env });
  assert.strictEqual(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`);
}

module.exports = { serving };
