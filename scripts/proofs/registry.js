require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

const KILLS = 200;
/** A round of registering and promoting takes about as long, so that kills come in each of its moments. */
const LATEST_KILL = 120; // ms

/**
 * `npm run test:registry [-- KILLS]`: kills a process 200 times, by SIGKILL, while it registers, promotes and rolls back
 * versions of a model; after each kill all versions and stages must be whole. Some ten minutes.
 */
afterSetUp(async () => {
  const kills = Number(process.argv[2] ?? KILLS);
  const { temporaryFolder } = require('./support/temporary-folder');
  const lab = require(root);
  const folder = temporaryFolder();
  const model = await saveModel(lab, path.join(folder, 'model'));
  const registry = lab.openRegistry(path.join(folder, 'registry'));
  const faces = path.join(registry.folder, 'faces');
  const random = require('seedrandom').alea('registry');
  const counts = { versions: 0, leftovers: 0, inVersion: 0, inStage: 0, checked: 0 };
  for (let kill = 1; kill <= kills; kill++) {
    const script = path.join(__dirname, 'registry', 'write-versions.js');
    const child = spawn(process.execPath, [script, registry.folder, model], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    await once(/** @type {import('node:stream').Readable} */ (child.stdout), 'data');
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL));
    child.kill('SIGKILL');
    const [, signal] = await ended;
    if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself after kill ${kill - 1}`);

    const left = (/** @type {string} */ where) =>
      fs.readdirSync(where).filter((name) => name.startsWith('.')).length;
    counts.inVersion += left(faces) > 0 ? 1 : 0;
    counts.inStage += left(path.join(faces, 'stages')) > 0 ? 1 : 0;
    const versions = await registry.list('faces');
    if (versions.length < counts.versions) throw new Error(`Versions were lost by kill ${kill}`);
    // Those that were there before are checked at the end, with all others.
    for (const { version, problem } of versions.slice(counts.versions)) {
      if (problem !== undefined) throw new Error(problem);
      await registry.resolve(`faces@${version}`);
      counts.checked++;
    }
    counts.versions = versions.length;
    await registry.resolve('faces@production');
    if (kill % 20 === 0) console.log(`${kill} kills, ${versions.length} versions, all whole`);
  }
  for (const { version } of await registry.list('faces')) {
    await registry.resolve(`faces@${version}`);
  }
  const classifier = await registry.load('faces@production');
  classifier.model.dispose();
  await registry.add('faces', model);
  const rest = fs.readdirSync(faces).filter((name) => name.startsWith('.'));
  console.log(
    `\n${kills} kills: ${counts.versions} versions, each with its hash; ${counts.inVersion} kills left a folder that was being written, ${counts.inStage} a stage; after the next version ${rest.length} of these are there`,
  );
  return rest.length === 0 ? 0 : 1;
});

/**
 * @param {any} lab
 * @param {string} folder
 */
async function saveModel(lab, folder) {
  const { tf } = lab;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [16, 16, 3], filters: 8, kernelSize: 3, activation: 'relu' }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  const input = { imageSize: [16, 16], rescale: { scale: 1 / 255 } };
  await lab.saveClassifier({ model, classNames: ['happy', 'sad'], input }, folder);
  model.dispose();
  return folder;
}
