const { spawnSync } = require('node:child_process');
const { SetUpError } = require('./set-up-error');

const oldest = 10;
const newest = 13;

/**
 * The first Python on the PATH that TensorFlow supports and that can make virtual environments.
 * @returns {{ command: string, version: string }}
 * @throws {SetUpError} when there is none: it says which ones were found
 */
function findPython() {
  const versioned = [12, 13, 11, 10].map((minor) => `python3.${minor}`);
  const found = ['python3', ...versioned, 'python'].flatMap((command) => {
    const asked = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
    if (asked.status !== 0) return [];
    const [version = '', venv] = asked.stdout.trim().split(' ');
    return [{ command, version, minor: Number(version.split('.')[1]), venv: venv === 'True' }];
  });
  const supported = found.filter(
    ({ version, minor }) => version.startsWith('3.') && minor >= oldest && minor <= newest,
  );
  const usable = supported.find(({ venv }) => venv);
  if (usable) return usable;

  const first = supported[0];
  if (first) {
    throw new SetUpError(
      `Python ${first.version} is here, but its module "venv" is missing`,
      `On Debian and Ubuntu: \`sudo apt install python3.${first.minor}-venv\`; then run the command again.`,
    );
  }
  const seen = [...new Set(found.map(({ version }) => version))].join(', ');
  const tooNew = found.some(({ minor }) => minor > newest);
  throw new SetUpError(
    `Smile Lab needs Python 3.${oldest} to 3.${newest}, and ${seen ? `found only ${seen}` : 'no Python was found'}` +
      (tooNew ? '; TensorFlow is not published for newer Pythons yet' : ''),
    'Install Python 3.12 beside it (`sudo apt install python3.12 python3.12-venv`, `sudo dnf install python3.12`, or `uv python install 3.12`) and run the command again.',
  );
}

// Readable for Python 2 as well, so that the sentence can name it.
const probe = `
import sys
try:
    import venv, ensurepip
    found = True
except ImportError:
    found = False
sys.stdout.write('%d.%d.%d %s' % (sys.version_info[:3] + (found,)))
`;

module.exports = { findPython };
