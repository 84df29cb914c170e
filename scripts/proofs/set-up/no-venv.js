const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Project, assertTold } = require('../support/project');
const { goodPython, programFolder } = require('../support/programs');
const { temporaryFolder } = require('../support/temporary-folder');

module.exports = {
  name: 'no venv module',
  promise:
    'a Python without its part for virtual environments is told, with the package that holds it',
  async prove() {
    const told = await new Project().setUp({
      path: [programFolder({ python3: pythonOfDebian() })],
    });
    return assertTold(told, {
      cause: /its module "venv" is missing/,
      cure: /apt install python3\.\d+-venv/,
    });
  },
};

/** A Python as Debian ships it without python3-venv: all of a real one but the folder `ensurepip`. */
function pythonOfDebian() {
  const ask = 'import sys, sysconfig; print(sys.executable); print(sysconfig.get_path("stdlib"))';
  const [binary = '', library = ''] = execFileSync(goodPython(), ['-c', ask], {
    encoding: 'utf8',
  }).split('\n');
  const folder = temporaryFolder();
  const copy = path.join(folder, 'bin', path.basename(fs.realpathSync(binary)));
  const libraryCopy = path.join(folder, 'lib', path.basename(library));
  fs.mkdirSync(path.dirname(copy));
  fs.mkdirSync(libraryCopy, { recursive: true });
  fs.copyFileSync(fs.realpathSync(binary), copy);
  for (const name of fs.readdirSync(library)) {
    if (name !== 'ensurepip')
      fs.symlinkSync(path.join(library, name), path.join(libraryCopy, name));
  }
  return copy;
}
