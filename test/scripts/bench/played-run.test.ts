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

test('PlayedRun leaves the log of a training whose loss falls, and says when each epoch was written', async () => {
  const { PlayedRun } = await import('../../../scripts/bench/played-run');
  const run = new PlayedRun(path.join(logs, 'played'));
  const start = Date.now();
  await run.begin(200);
  for (let epoch = 0; epoch < 200; epoch++) await run.writeEpoch();
  expect((await readRunLog(run.log.folder)).state).toBe('running');
  await run.end();

  const { state, begin, history, problems } = await readRunLog(run.log.folder);
  expect({ state, problems, parameters: begin?.model.parameters }).toEqual({
    state: 'finished',
    problems: [],
    parameters: 2_391_329,
  });
  expect(Object.keys(history).sort()).toEqual(['acc', 'loss', 'val_acc', 'val_loss']);
  const loss = history['loss'] ?? [];
  expect(loss).toHaveLength(200);
  expect(loss.at(-1)).toBeLessThan(loss[0] ?? 0);
  expect(run.written.map(({ epoch }) => epoch)).toEqual(loss.map((_, i) => i + 1));
  expect(run.written.every(({ at }) => at >= start && at <= Date.now())).toBe(true);
});
