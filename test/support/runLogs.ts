import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { RunBegin, RunEnd, RunEpoch } from '../../src/runs/log/runLogLines';

const time = '2026-11-20T12:00:00.000Z';

/** What a run's log begins with; its process is this one. */
export function beginLine(
  mark: Partial<RunBegin['process']> = {},
  more: Partial<RunBegin> = {},
): RunBegin {
  return {
    kind: 'begin',
    smileLabLog: 1,
    name: 'made',
    time,
    epochsBefore: 0,
    epochs: 1000,
    steps: 8,
    process: { pid: process.pid, host: os.hostname(), began: null, ...mark },
    device: { kind: 'cpu', description: 'TensorFlow 2.21.0 trains on the CPU.', name: null },
    versions: { 'Smile Lab': '0.1.0', 'Node.js': '20.0.0' },
    settings: { optimizer: 'Adam', 'learning rate': 0.001, seed: 1 },
    model: {
      name: 'tiny',
      layers: [{ name: 'dense_1', type: 'Dense', outputShape: 'n × 1', parameters: 5 }],
      parameters: 5,
      trainable: 5,
    },
    ...more,
  };
}

/** @param epoch counted from 1 */
export function epochLine(
  epoch: number,
  metrics: Record<string, number> = { loss: 1 / epoch, acc: 1 - 0.5 / epoch },
): RunEpoch {
  return { kind: 'epoch', epoch, time, metrics, seconds: 0.5, msPerStep: 60, learningRate: 0.001 };
}

export function endLine(epochs: number): RunEnd {
  return { kind: 'end', time, how: 'finished', epochs, seconds: epochs / 2 };
}

/** Writes a log as it would lie there, also a damaged one. */
export async function writeLog(
  folder: string,
  lines: ReadonlyArray<object | string>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'run.jsonl');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, texts.map((text) => `${text}\n`).join(''));
  return file;
}
