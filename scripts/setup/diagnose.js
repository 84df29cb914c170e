const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { chooseDevice } = require('./device');
const { dist, nodeModules, python, root } = require('./paths');
const { SetUpError } = require('./set-up-error');
const { steps } = require('./set-up');

/**
 * @typedef {{ what: string, cure: string }} Problem
 * @typedef {{ ok: boolean, node: string, python: string | null, tensorflow: string | null, device: string | null,
 *   problems: Problem[] }} Diagnosis
 */

/**
 * Looks at what is installed and tries it; changes nothing and needs nothing installed.
 * @returns {Diagnosis & { why: string, missing: string[] }}
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
      problems.push({ what: error.message, cure: error.cure });
      return undefined;
    }
  };

  const choice = noting(chooseDevice);
  const missing = steps.filter((step) => !noting(() => step.isDone())).map((step) => step.name);
  if (missing.length > 0) {
    problems.push({
      what: `Not set up yet: ${missing.join(', ')}`,
      cure: 'Run `npm run lesson`: every command sets up what is missing.',
    });
  }
  for (const step of steps) {
    if (missing.includes(step.name)) noting(() => step.check?.());
  }

  const trained = missing.length === 0 ? tryTensorFlow(problems) : undefined;
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
    problems,
    why: choice ? choice.reason : '',
    missing,
  };
}

/**
 * @param {Problem[]} problems
 * @returns {{ kind: string, tensorflow: string } | undefined}
 */
function tryTensorFlow(problems) {
  const library = JSON.stringify(path.join(dist, 'tensorflow', 'trainingDevice.js'));
  const tried = spawnSync(
    process.execPath,
    ['-e', `console.log(JSON.stringify(require(${library}).trainingDevice()))`],
    { encoding: 'utf8', cwd: root },
  );
  const last = tried.stdout.trim().split('\n').at(-1) ?? '';
  if (tried.status === 0) return JSON.parse(last);
  const told = /^(?:\w*Error: )(.*)$/m.exec(tried.stderr)?.[1] ?? tried.stderr.trim().slice(0, 300);
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
