import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { busyWarning, machine, watchOthers } from '../../../scripts/bench/machine';
import { folderWith } from '../../support/pictures';

/** As Linux writes them, in ticks: user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice. */
const systemStat = (ticks: readonly number[]) =>
  `cpu  ${ticks.join(' ')}\ncpu0 1 1 1 1 1 1 1 1 1 1\n`;

/** The times are those of the process, user and system, and of the programs that it has started, likewise. */
const ownStat = (times: readonly number[]) =>
  `42 (node (a) b) S 1 42 42 0 -1 4194304 9 9 9 9 ${times.join(' ')} 20 0 11 0 100 200 300\n`;

test('watchOthers() gives the share of all that neither this process nor its programs have taken', async () => {
  const proc = await folderWith({
    stat: systemStat([1000, 0, 100, 5000, 50, 0, 10, 0, 0, 0]),
    'self/stat': ownStat([200, 20, 30, 5]),
  });
  const share = watchOthers(proc);
  expect(share()).toBe(0);
  // 260 + 5 + 40 + 1 + 4 + 10 = 320 ticks of work, 80 idle; 150 + 30 + 100 + 10 = 290 of them our own.
  await writeFile(path.join(proc, 'stat'), systemStat([1260, 5, 140, 5078, 52, 1, 14, 10, 0, 0]));
  await writeFile(path.join(proc, 'self', 'stat'), ownStat([350, 50, 130, 15]));
  expect(share()).toBe(30 / 400);
});

test('watchOthers() reads the accounts of this machine', () => {
  const share = watchOthers()();
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1);
});

test('busyWarning() warns of figures taken on a busy machine, and says nothing up to a twentieth', () => {
  expect(busyWarning(0.05)).toBeUndefined();
  expect(busyWarning(0.123)).toBe(
    'The machine is busy: other programs take 12.3 % of the processors’ time, so these figures are not worth keeping.',
  );
});

test('machine() tells no name of the computer', () => {
  expect(JSON.stringify(machine())).not.toContain(os.hostname());
});
