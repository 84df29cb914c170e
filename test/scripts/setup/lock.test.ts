import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/setup/paths';
import { folderWith } from '../../support/pictures';

type Lock = typeof import('../../../scripts/setup/lock');

let copy: string;
let withLock: Lock['withLock'];

// The lock is the project's: a copy has one of its own, which no set-up takes meanwhile.
beforeAll(async () => {
  copy = path.join(await folderWith({}), 'scripts', 'setup');
  await cp(path.join(root, 'scripts', 'setup'), copy, { recursive: true });
  ({ withLock } = (await import(path.join(copy, 'lock.js'))) as Lock);
});

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('withLock()', () => {
  test('lets the second work wait for the first, and says so', async () => {
    const order: string[] = [];
    const first = withLock(async () => {
      await pause(200);
      order.push('first');
    });
    await pause(50);
    await withLock(async () => void order.push('second'));
    await first;
    expect(order).toEqual(['first', 'second']);
    expect(process.stderr.write).toHaveBeenCalledTimes(1);
  });

  test('lets the next go on after work that failed', async () => {
    await expect(withLock(() => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    await withLock(async () => {});
    expect(process.stderr.write).not.toHaveBeenCalled();
  });

  test('is free again when its holder was killed', async () => {
    const hold = `require('./lock').withLock(async () => { console.log('held'); await new Promise(() => setInterval(() => {}, 1e6)); })`;
    const holder = spawn(process.execPath, ['-e', hold], { cwd: copy });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    setTimeout(() => holder.kill('SIGKILL'), 100);
    await withLock(async () => {});
    expect(holder.killed).toBe(true);
  });
});
