const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { run } = require('./run');
const { temporaryFolder } = require('./temporary-folder');

/**
 * The real binaries of other Node versions, from npm.
 * @param {string[]} versions such as "24"
 * @returns {Promise<Array<{ version: string, node: string }>>} the full version, and where it lies
 */
async function fetchNodes(versions) {
  const folder = temporaryFolder();
  const packages = versions.map(
    (version) => `node-${version}@npm:node-linux-${process.arch}@${version}`,
  );
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = await run('npm', [
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    ...quiet,
    ...packages,
  ]);
  if (status !== 0) throw new Error(`Cannot fetch other Node versions: ${stderr.trim()}`);
  return versions.map((version) => {
    const node = path.join(folder, 'node_modules', `node-${version}`, 'bin', 'node');
    return {
      version: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1),
      node,
    };
  });
}

/**
 * The Pythons of this machine, from the PATH and from pyenv.
 * @returns {Map<number, string>} minor version -> binary
 */
function findPythons() {
  const pyenv = path.join(
    process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'),
    'versions',
  );
  const folders = [
    ...(fs.existsSync(pyenv)
      ? fs.readdirSync(pyenv).map((name) => path.join(pyenv, name, 'bin'))
      : []),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  const found = new Map();
  for (const folder of folders) {
    for (const name of ['python3', ...Array.from({ length: 12 }, (_, i) => `python3.${i + 6}`)]) {
      const asked = spawnSync(
        path.join(folder, name),
        ['-c', 'import sys, ensurepip; print(sys.version_info[1], sys.executable)'],
        { encoding: 'utf8' },
      );
      const [minor = '', binary = ''] = asked.status === 0 ? asked.stdout.trim().split(' ') : [];
      if (binary && !found.has(Number(minor))) found.set(Number(minor), binary);
    }
  }
  return found;
}

/**
 * A folder of programs for a PATH that has these and nothing else.
 * @param {Record<string, string>} programs name -> file, beside Node, npm and the shell
 */
function programFolder(programs) {
  const folder = temporaryFolder();
  const npm = execFileSync('which', ['npm'], { encoding: 'utf8' }).trim();
  const all = { node: process.execPath, npm: fs.realpathSync(npm), sh: '/bin/sh', ...programs };
  for (const [name, file] of Object.entries(all)) fs.symlinkSync(file, path.join(folder, name));
  return folder;
}

/** @param {Map<number, string>} pythons @returns {string} a Python that Smile Lab supports */
function goodPython(pythons = findPythons()) {
  const python = [12, 13, 11, 10].map((minor) => pythons.get(minor)).find((binary) => binary);
  if (!python) throw new Error('No Python 3.10 to 3.13 was found on this machine');
  return python;
}

module.exports = { fetchNodes, findPythons, goodPython, programFolder };
