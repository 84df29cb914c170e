import { chmod } from 'node:fs/promises';
import path from 'node:path';

import { python } from '../../../scripts/setup/paths';
import { folderWith } from '../../support/pictures';
import { callScript } from '../../support/scriptProcess';

/** What is found on a PATH with these Pythons alone. Each is the project's own, after it has run a line of Python. */
async function findPython(pythons: Record<string, string>) {
  const wrappers = Object.entries(pythons).map(([name, line]) => [
    name,
    `#!/bin/sh\nexec "${python}" -c "import sys; ${line}\n$2"\n`,
  ]);
  const folder = await folderWith(Object.fromEntries(wrappers));
  for (const name of Object.keys(pythons)) await chmod(path.join(folder, name), 0o755);
  return callScript("require('./scripts/setup/find-python').findPython()", { PATH: folder });
}

const version = (major: number, minor: number) => `sys.version_info = (${major}, ${minor}, 1)`;
const withoutVenv = `${version(3, 12)}; sys.modules['ensurepip'] = None`;

describe('findPython()', () => {
  test('takes python3 where TensorFlow supports it', async () => {
    const found = await findPython({ python3: version(3, 13), 'python3.12': version(3, 12) });
    expect(found).toMatchObject({ command: 'python3', version: '3.13.1' });
  });

  test.each([
    ['too new', version(3, 14)],
    ['too old', version(3, 9)],
    ['without the module venv', withoutVenv],
  ])('takes a named one where python3 is %s', async (_, python3) => {
    const found = await findPython({ python3, 'python3.11': version(3, 11) });
    expect(found).toMatchObject({ command: 'python3.11', version: '3.11.1' });
  });

  test('throws with the package to install when the module venv is missing', async () => {
    expect(await findPython({ python3: withoutVenv })).toEqual({
      message: 'Python 3.12.1 is here, but its module "venv" is missing',
      cure: expect.stringContaining('`sudo apt install python3.12-venv`'),
    });
  });

  test.each([
    ['found only 3.9.1, 2.7.1', { python3: version(3, 9), python: version(2, 7) }],
    [
      'found only 3.14.1; TensorFlow is not published for newer Pythons yet',
      { python3: version(3, 14) },
    ],
    ['no Python was found', {}],
  ])('throws when it %s', async (found, pythons) => {
    expect(await findPython(pythons as Record<string, string>)).toEqual({
      message: `Smile Lab needs Python 3.10 to 3.13, and ${found}`,
      cure: expect.stringContaining('Install Python 3.12'),
    });
  });
});
