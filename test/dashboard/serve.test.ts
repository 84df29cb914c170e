import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { compiled, type Ended, runCompiled } from '../support/children';

const SCRIPT = path.resolve(__dirname, '../../scripts/dashboard.js');

let home: string;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  await compiled();
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
afterAll(async () => {
  running.forEach((child) => child.kill('SIGKILL'));
  await rm(home, { recursive: true });
});

/** Starts a process; `told` waits until it has written something, `ended` until it is gone. */
function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, args, { cwd: home, env: { ...process.env, ...env } });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (text) => (stderr += text));
  const told = new Promise<string>((resolve) =>
    child.stdout.on('data', (text) => {
      stdout += text;
      if (stdout.includes('ends it')) resolve(stdout);
    }),
  );
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (status, signal) => {
      running.delete(child);
      resolve({ status, signal, stdout, stderr });
    }),
  );
  return { child, told, ended };
}

const dashboard = (...args: string[]) =>
  start(process.execPath, [SCRIPT, '--logs', path.join(home, 'logs'), '--port', '0', ...args]);

test('npm run dashboard prints its address, is there once a folder, and ends with Ctrl-C', async () => {
  const { child, told, ended } = dashboard();
  expect(await told).toMatch(/^Smile Lab dashboard: \S+\nCtrl-C ends it\.\n$/);
  const [address = ''] = /http:\S+/.exec(await told) ?? [];
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{48}$/);
  expect((await fetch(address)).status).toBe(403); // fetch keeps no cookies
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
  const note = path.join(home, 'logs/.dashboard.json');
  expect((await stat(note)).mode & 0o777).toBe(0o600);

  const second = await dashboard().ended;
  expect([second.status, second.stdout]).toEqual([0, `The dashboard runs already: ${address}\n`]);

  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 0, signal: null, stderr: '' });
  expect(await readdir(path.join(home, 'logs'))).toEqual([]);
});

test('it takes no note of a dashboard that is gone for a running one, and ends with the process that it belongs to', async () => {
  await writeFile(
    path.join(home, 'logs/.dashboard.json'),
    JSON.stringify({
      ...{ port: 1, token: 'ab' },
      process: { pid: process.pid, host: os.hostname(), began: 'another boot' },
    }),
  );
  const owner = spawn('sleep', ['60']);
  running.add(owner);
  const { told, ended } = dashboard('--end-with', String(owner.pid));
  await told;
  owner.kill();
  running.delete(owner);
  expect(await ended).toMatchObject({ status: 0, stderr: '' });
});

/** Whether somebody listens on a Unix socket. */
const listens = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const connection = net.connect(socket);
    connection.on('error', () => resolve(false));
    connection.on('connect', () => {
      connection.destroy();
      resolve(true);
    });
  });

test('behind Jupyter it outlives the keys and the window, and ends with Jupyter, also one that is gone already', async () => {
  const socket = path.join(home, 'socket');
  const args = [SCRIPT, '--logs', path.join(home, 'behind'), '--socket', socket];
  const one = start(process.execPath, args, { SMILE_LAB_JUPYTER: String(process.pid) });
  while (!(await listens(socket))) await new Promise((resolve) => setTimeout(resolve, 50));
  one.child.kill('SIGHUP');
  one.child.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 1500)); // it looks for its parent once a second
  expect(await listens(socket)).toBe(true);
  one.child.kill('SIGTERM');
  expect(await one.ended).toMatchObject({ status: 0, stdout: '', stderr: '' });

  const gone = spawn('true');
  await once(gone, 'close');
  const orphan = start(process.execPath, args, { SMILE_LAB_JUPYTER: String(gone.pid) });
  expect(await orphan.ended).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('it says that a port is taken, and takes another one', async () => {
  const other = net.createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { child, told, ended } = start(process.execPath, [
    ...[SCRIPT, '--logs', path.join(home, 'others'), '--port', String(port)],
  ]);
  expect(await told).toMatch(
    new RegExp(`^Port ${port} is taken; this one is free\\.\nSmile Lab dashboard: http://`),
  );
  child.kill('SIGINT');
  await ended;
  other.close();
});

test('it refuses what is no port, and says so', async () => {
  const { ended } = start(process.execPath, [SCRIPT, '--port', 'eight']);
  const { status, stderr } = await ended;
  expect(status).toBe(2);
  expect(stderr).toContain(
    "argument 'eight' is invalid. It must be a whole number from 0 to 65535.",
  );
});

test('openDashboard() starts one in a process of its own, and finds it again; it ends with its Jupyter', async () => {
  const jupyter = spawn('sleep', ['60']);
  running.add(jupyter);
  const options = { cwd: home, env: { JPY_PARENT_PID: String(jupyter.pid) } };
  const first = await runCompiled('await lab.openDashboard();', [], options);
  expect(first.stdout).toMatch(
    /^Smile Lab dashboard: http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]+\n$/,
  );
  const second = await runCompiled('await lab.openDashboard();', [], options);
  expect(second.stdout).toBe(first.stdout);
  const [address = ''] = /http:\S+/.exec(first.stdout) ?? [];
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
  jupyter.kill();
  running.delete(jupyter);
  for (;;) {
    const isThere = await fetch(address, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (!isThere) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
