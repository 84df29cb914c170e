import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readRunLog } from '../../../src/runs/log/readRunLog';
import { compiled } from '../../support/children';

let logs: string;
beforeAll(async () => {
  await compiled();
  logs = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
afterAll(() => rm(logs, { recursive: true }));

test('playRun() leaves the log of a training whose loss falls, and says when each epoch was written', async () => {
  const { playRun } = await import('../../../scripts/bench/played-run');
  const [folder, start] = [path.join(logs, 'played'), Date.now()];
  const due = (epoch: number) => start + (epoch < 190 ? 0 : 200);
  const written = await playRun(folder, 200, due);

  const { state, begin, history, problems } = await readRunLog(folder);
  expect({ state, problems, parameters: begin?.model.parameters }).toEqual({
    state: 'finished',
    problems: [],
    parameters: 2_391_329,
  });
  expect(Object.keys(history).sort()).toEqual(['acc', 'loss', 'val_acc', 'val_loss']);
  const loss = history['loss'] ?? [];
  expect(loss).toHaveLength(200);
  expect(loss.at(-1)).toBeLessThan(loss[0] ?? 0);
  expect(written.map(({ epoch }) => epoch)).toEqual(loss.map((_, i) => i + 1));
  expect(written.every(({ epoch, at }) => at >= due(epoch - 1) && at <= Date.now())).toBe(true);
});
