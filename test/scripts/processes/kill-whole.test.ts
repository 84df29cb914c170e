import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';

import { killWhole } from '../../../scripts/processes/kill-whole';

/** Waits until a process is gone, or dead and not yet asked for by its parent. */
async function ended(pid: number): Promise<void> {
  const isAlive = () => {
    try {
      return !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };
  while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('killWhole() ends a process, what it has started, and what that has started', async () => {
  const inner = 'sleep 300 & echo $!; wait';
  const child = spawn('sh', ['-c', `sh -c '${inner}' & echo $!; wait`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  for await (const text of child.stdout) {
    printed += String(text);
    if (printed.trim().split('\n').length === 2) break;
  }
  const started = printed.trim().split('\n').map(Number);
  const gone = once(child, 'exit');
  killWhole(child.pid!);
  expect(await gone).toEqual([null, 'SIGKILL']);
  await Promise.all(started.map(ended));
});

test('killWhole() of a process that has ended does nothing', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  killWhole(child.pid!);
});
