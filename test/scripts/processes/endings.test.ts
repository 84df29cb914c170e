import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { python, root } from '../../../scripts/setup/paths';
import { compiled } from '../../support/children';
import { processesWith, until } from '../../support/processes';

beforeAll(compiled);

// Each starts JupyterLab, on a busy machine for the better part of a minute.
jest.setTimeout(300_000);

/** Runs a command in a terminal of its own: what is written to it are keys, and when it is killed the window is closed. */
const TERMINAL = `
import os, pty, select, sys
child, window = pty.fork()
if child == 0: os.execvp(sys.argv[1], sys.argv[1:])
while True:
    ready = select.select([0, window], [], [])[0]
    try:
        if window in ready:
            data = os.read(window, 65536)
            if not data: break
            os.write(1, data)
        if 0 in ready: os.write(window, os.read(0, 1024))
    except OSError: break
`;

interface Started {
  terminal: ChildProcess;
  /** All that stood in the window so far. */
  written: () => string;
  /** What runs because of this command. */
  alive: (part?: string) => Array<{ pid: number; command: string }>;
  press: (keys: string) => void;
}

const started: Started[] = [];

afterEach(() => {
  for (const { alive } of started.splice(0)) {
    for (const { pid } of alive()) process.kill(pid, 'SIGKILL');
  }
});

function startInTerminal(command: string[], env: NodeJS.ProcessEnv = {}): Started {
  const word = randomBytes(16).toString('hex');
  const terminal = spawn(python, ['-c', TERMINAL, ...command], {
    cwd: root,
    env: { ...process.env, ...env, SMILE_LAB_TEST: word },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  terminal.stdin.on('error', () => {});
  let text = '';
  terminal.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
  const one: Started = {
    terminal,
    written: () => text,
    alive: (part = '') => processesWith(word).filter(({ command: line }) => line.includes(part)),
    press: (keys) => terminal.stdin.write(keys),
  };
  started.push(one);
  return one;
}

const KERNEL = path.join(root, 'scripts', 'kernel.js');
const DASHBOARD = path.join(root, 'scripts', 'dashboard.js');

/** JupyterLab as a learner starts it, with a kernel and with the dashboard opened inside it. */
async function startLab(): Promise<Started> {
  const token = randomBytes(16).toString('hex');
  const lab = startInTerminal(['npm', 'run', 'lab', '--', '--no-browser', '--ServerApp.port=0'], {
    JUPYTER_TOKEN: token,
  });
  const address = () => /http:\/\/127\.0\.0\.1:\d+(?=\/lab)/.exec(lab.written())?.[0];
  await until(() => address() !== undefined);
  const ask = (place: string, options: RequestInit = {}) =>
    fetch(`${address()}${place}`, { ...options, headers: { Authorization: `token ${token}` } });
  // The address stands there a moment before somebody answers.
  let answers = false;
  const look = setInterval(
    () =>
      ask('/api/status')
        .then(() => (answers = true))
        .catch(() => {}),
    200,
  );
  await until(() => answers).finally(() => clearInterval(look));
  await ask('/api/kernels', { method: 'POST', body: JSON.stringify({ name: 'smile-lab' }) });
  expect((await ask('/smile-lab-dashboard/')).status).toBe(200);
  await until(() => lab.alive(KERNEL).length === 1 && lab.alive(DASHBOARD).length === 1);
  return lab;
}

/** @throws {Error} which names what is still there and, of JupyterLab, what it has written last */
function nothingStays({ alive, written }: Started): Promise<void> {
  return until(
    () => alive().length === 0,
    () => ({ alive: alive(), written: written().slice(-2000) }),
  );
}

/** The process of a command line, which is neither the window nor the shell that npm starts it with. */
function pidOf({ alive, terminal }: Started, part: string): number {
  const found = alive(part).filter(
    ({ pid, command }) => pid !== terminal.pid && !/^(?:ba|da)?sh /.test(command),
  );
  expect(found).toHaveLength(1);
  return found[0]!.pid;
}

test('Ctrl-C asks also after the dashboard was opened in JupyterLab; with «n» all goes on, with «y» nothing stays', async () => {
  const lab = await startLab();
  const before = lab.alive().length;
  lab.press('\x03');
  await until(() => lab.written().includes('Shut down this Jupyter server'));
  lab.press('n\n');
  await until(() => lab.written().includes('resuming operation'));
  expect(lab.alive()).toHaveLength(before);
  lab.press('\x03');
  await until(() => lab.written().split('Shut down this Jupyter server').length === 3);
  lab.press('y\n');
  await nothingStays(lab);
});

test('nothing stays when the window of `npm run lab` is closed', async () => {
  const lab = await startLab();
  lab.terminal.kill('SIGKILL');
  await nothingStays(lab);
});

test.each([
  ['npm', 'SIGKILL', 'npm run lab'],
  ['JupyterLab', 'SIGTERM', '-m jupyterlab'],
  ['JupyterLab', 'SIGKILL', '-m jupyterlab'],
] as const)('nothing stays when %s gets %s', async (_, signal, command) => {
  const lab = await startLab();
  process.kill(pidOf(lab, command), signal);
  await nothingStays(lab);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'nothing stays when `npm run lesson` gets %s',
  async (signal) => {
    const lesson = startInTerminal(['npm', 'run', 'lesson', '--', '2']);
    await until(() => lesson.alive(KERNEL).length === 1);
    process.kill(pidOf(lesson, 'npm run lesson'), signal);
    await nothingStays(lesson);
  },
);
