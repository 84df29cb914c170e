const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { chooseDevice } = require('./device');
const { dist, nodeModules, python, root } = require('./paths');
const { SetUpError } = require('./set-up-error');
const { steps } = require('./set-up');

/**
 * @typedef {{ what: string, cure: string }} Problem
 * @typedef {import('../../src/tensorflow/trainingDevice').TrainingDevice} TrainingDevice
 * @typedef {{ ok: boolean, node: string, python: string | null, tensorflow: string | null, device: string | null,
 *   gpu: TrainingDevice['gpu'] | null, problems: Problem[] }} Diagnosis
 */

/**
 * Looks at what is installed and tries it; changes nothing and needs nothing installed.
 * @returns {Diagnosis & { why: string, missing: string[], unknown: string[] }} why: the device, and the reason for it
 */
function diagnose() {
  /** @type {Problem[]} */
  const problems = [];
  /** @template T @param {() => T} look @returns {T | undefined} */
  const noting = (look) => {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof SetUpError)) throw error;
      const { message: what, cure } = error;
      // Several steps look at the device, and stumble over the same thing.
      if (!problems.some((problem) => problem.what === what)) problems.push({ what, cure });
      return undefined;
    }
  };

  const choice = noting(chooseDevice);
  // What hangs on the device can be neither there nor missing while no device can be chosen.
  const looked = steps.map((step) => ({ name: step.name, isDone: noting(() => step.isDone()) }));
  const missing = looked.filter(({ isDone }) => isDone === false).map(({ name }) => name);
  const unknown = looked.filter(({ isDone }) => isDone === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    problems.push({
      what: `Not set up yet: ${missing.join(', ')}`,
      cure: 'Run `npm run lesson`: every command sets up what is missing.',
    });
  }
  for (const step of steps) {
    if (missing.includes(step.name)) noting(() => step.check?.());
  }

  const isComplete = missing.length + unknown.length === 0;
  const trained = isComplete ? tryTensorFlow(problems) : undefined;
  if (trained?.kind === 'cpu' && choice?.device === 'gpu') {
    problems.push({
      what: `TensorFlow does not use the GPU (${choice.reason})`,
      cure: 'Update the NVIDIA driver, then remove .venv and run `npm run lesson`; environment.md, «NVIDIA», says how to see more.',
    });
  }
  return {
    ok: problems.length === 0,
    node: process.versions.node,
    python: pythonVersion(),
    tensorflow: trained?.tensorflow ?? null,
    device: trained?.kind ?? null,
    gpu: trained?.gpu ?? null,
    problems,
    why: [choice?.reason, trained?.gpu || trained?.unused ? trained.description : undefined]
      .filter(Boolean)
      .join('\n            '),
    missing,
    unknown,
  };
}

/**
 * @param {Problem[]} problems
 * @returns {TrainingDevice | undefined}
 */
function tryTensorFlow(problems) {
  const folder = path.join(dist, 'tensorflow');
  const code = `
    const { tf } = require(${JSON.stringify(path.join(folder, 'tf.js'))});
    const { trainingDevice } = require(${JSON.stringify(path.join(folder, 'trainingDevice.js'))});
    tf.ready()
      .then(() => console.log(JSON.stringify(trainingDevice())))
      .catch((error) => { console.error('Error: ' + error.message); process.exit(1); });`;
  const tried = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', cwd: root });
  const last = tried.stdout.trim().split('\n').at(-1) ?? '';
  if (tried.status === 0) return JSON.parse(last);
  const told = /^(?:\w*Error: )(.*)$/m.exec(tried.stderr)?.[1] ?? tried.stderr.trim().slice(0, 300);
  if (told.startsWith('Cannot compute with WebGPU')) {
    problems.push({
      what: told,
      cure: 'Do what the sentence says, or train on the CPU: SMILE_DEVICE=cpu. environment.md, «WebGPU», tells what each GPU needs.',
    });
    return undefined;
  }
  problems.push({
    what: `TensorFlow does not start: ${told}`,
    cure: `Remove ${path.relative(root, nodeModules)} and .venv, then run \`npm run lesson\`: the set-up makes both anew.`,
  });
  return undefined;
}

function pythonVersion() {
  const asked = spawnSync(python, ['-c', 'import platform; print(platform.python_version())'], {
    encoding: 'utf8',
  });
  return asked.status === 0 ? asked.stdout.trim() : null;
}

module.exports = { diagnose };
