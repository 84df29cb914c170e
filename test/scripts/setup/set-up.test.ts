import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/setup/paths';
import { folderWith } from '../../support/pictures';

let bare: string;

// As much of a fresh clone as is read before the first step.
beforeAll(async () => {
  bare = await folderWith({});
  for (const name of ['scripts', 'package.json', 'package-lock.json']) {
    await cp(path.join(root, name), path.join(bare, name), { recursive: true });
  }
});

function command(args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, args, {
    cwd: bare,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

describe('afterSetUp()', () => {
  test.each([
    'lesson.js',
    ...['train', 'predict', 'evaluate', 'convert', 'plot', 'check'].map(
      (name) => `smile-lab.js ${name}`,
    ),
  ])('ends %s with the cause and the cure, a line each, and exit status 1', (line) => {
    const { status, stdout, stderr } = command(`scripts/${line}`.split(' '), {
      SMILE_DEVICE: 'banana',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'SMILE_DEVICE must be "cpu", "gpu" or "webgpu", and it is "banana".\n' +
        'Set it to one of the three, or remove it: then an NVIDIA GPU is used where one works, else the CPU.\n',
    );
  });

  test('tells what has to be installed before anything is downloaded', () => {
    const { status, stderr } = command(['scripts/lesson.js'], {
      PATH: '',
      npm_execpath: 'npm-cli.js',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      'Set-up stopped at "Python environment". Smile Lab needs Python 3.10 to 3.13',
    );
  });

  test('names npm when only Node is there', () => {
    const { status, stderr } = command(['scripts/lesson.js'], { PATH: '', npm_execpath: '' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /"npm packages"\. Node [\d.]+ is here, but its npm is missing\.\nInstall Node with npm/,
    );
  });
});

describe('doctor', () => {
  test('works where nothing is installed, and says what is missing', () => {
    const { status, stdout, stderr } = command(['scripts/smile-lab.js', 'doctor', '--json'], {
      SMILE_DEVICE: 'cpu',
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      node: process.versions.node,
      python: null,
      tensorflow: null,
      device: null,
      gpu: null,
      problems: [
        {
          what: 'Not set up yet: npm packages, Python environment, pre-trained networks, native addon, library, Jupyter kernel',
          cure: expect.any(String),
        },
      ],
    });
    expect(stderr).toContain('✗ npm packages');
  });

  test('lists each thing that has to be installed first', () => {
    const { stdout } = command(['scripts/doctor.js', '--json'], {
      PATH: '',
      npm_execpath: '',
      CXX: '',
    });
    const { problems } = JSON.parse(stdout) as { problems: Array<{ what: string; cure: string }> };
    expect(problems.map(({ what }) => what)).toEqual([
      expect.stringContaining('Not set up yet'),
      expect.stringContaining('its npm is missing'),
      expect.stringContaining('no Python was found'),
      expect.stringContaining('No C++ compiler was found'),
    ]);
    expect(problems.every(({ cure }) => cure !== '')).toBe(true);
  });
});
