require('./setup/check-node');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { chooseDevice } = require('./setup/device');
const { findPython } = require('./setup/find-python');
const { dist, nodeModules, python, root, tensorflowFolder } = require('./setup/paths');
const { SetUpError } = require('./setup/set-up-error');
const { steps } = require('./setup/set-up');

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
  if (!fs.existsSync(python)) noting(findPython);
  if (spawnSync('g++', ['--version']).error && missing.includes('native addon')) {
    problems.push({
      what: 'No C++ compiler was found',
      cure: 'Install one (`sudo apt install g++`, `sudo dnf install gcc-c++`).',
    });
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

/**
 * `npm run doctor`, `npx smile-lab doctor [--json]`.
 * @param {string[]} args
 */
function main(args) {
  let json = false;
  try {
    const options = /** @type {const} */ ({ json: { type: 'boolean' }, help: { type: 'boolean' } });
    const { values } = parseArgs({ args, options });
    json = values.json ?? false;
    if (values.help) {
      console.log(
        'Usage: smile-lab doctor [--json]\n\nTells what is installed, which device trains, and why.',
      );
      return;
    }
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 2;
    return;
  }

  const { why, missing, ...diagnosis } = diagnose();
  const human = [
    `Node        ${diagnosis.node}`,
    `Python      ${diagnosis.python ?? 'no virtual environment yet'}`,
    `TensorFlow  ${diagnosis.tensorflow ?? (tensorflowFolder() ? 'installed, not running' : 'not installed yet')}`,
    `Device      ${diagnosis.device ? `${diagnosis.device.toUpperCase()}: ${why}` : why}`,
    ...steps.map(({ name }) => `${missing.includes(name) ? '✗' : '✓'} ${name}`),
    ...diagnosis.problems.map(({ what, cure }) => `\nProblem: ${what}\nCure:    ${cure}`),
    diagnosis.ok ? '\nAll is well.' : '',
  ].join('\n');
  if (json) {
    console.error(human);
    console.log(JSON.stringify(diagnosis));
  } else {
    console.log(human);
  }
  process.exitCode = diagnosis.ok ? 0 : 1;
}

module.exports = { main };
if (require.main === module) main(process.argv.slice(2));
