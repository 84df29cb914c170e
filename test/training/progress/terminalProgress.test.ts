import path from 'node:path';

import { dist } from '../../../scripts/setup/paths';
import { formatProgress, type Progress } from '../../../src/training/progress/formatProgress';
import { inTerminal, runCompiled } from '../../support/children';

const VIEW = `
const { terminalProgress } = require(${JSON.stringify(path.join(dist, 'training/progress/terminalProgress'))});
const view = terminalProgress();
const at = (epoch, step) => ({ epoch, epochs: 2, step, steps: 8, loss: 0.5, accuracy: 0.75, elapsed: step * 10 });
`;
const TWO_EPOCHS = `${VIEW}
for (const epoch of [1, 2]) {
  for (let step = 1; step <= 1000; step++) view.draw(at(epoch, step % 8));
  view.epochEnd(at(epoch, 8));
  if (epoch === 1) console.log('printed by somebody else');
}
view.trainingEnd();
`;

function at(epoch: number, step: number): Progress {
  return { epoch, epochs: 2, step, steps: 8, loss: 0.5, accuracy: 0.75, elapsed: step * 10 };
}

/** Runs code in a terminal of a width; gives all that was written there. */
async function written(code: string, columns: number): Promise<string> {
  const wrap = (command: string[]) => inTerminal(command, columns);
  const { status, stdout, stderr } = await runCompiled(code, [], { wrap });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** What stands in the terminal in the end: the rest of a line after it was last cleared. */
function screen(text: string): string[] {
  return text.split('\r\n').map((line) => line.split('\r\x1b[2K').at(-1) ?? '');
}

test('terminalProgress() rewrites one line, leaves one for each epoch, and changes no setting', async () => {
  const text = await written(TWO_EPOCHS, 120);
  expect(screen(text)).toEqual([
    formatProgress(at(1, 8)),
    'printed by somebody else',
    formatProgress(at(2, 8)),
    '',
  ]);
  const frames = text.split('\r\x1b[2K');
  expect(frames[1]).toBe(`${formatProgress(at(1, 1))} · 1 s left`);
  // 2,000 batches, and two epochs, were drawn.
  expect(frames.length).toBeLessThan(100);
  expect(new Set(text.match(/\x1b\[?[^A-Za-z]*[A-Za-z]/g))).toEqual(new Set(['\x1b[2K']));
});

test('terminalProgress() shortens the bar in a narrow terminal, before it cuts off a number', async () => {
  const [line = ''] = screen(await written(`${VIEW} view.draw(at(1, 4));`, 80));
  expect(line).toMatch(/^Epoch 1\/2 ━+╌+ 4\/8 · loss .* · 10 ms\/step · 1 s left$/);
  expect(line.length).toBeLessThan(80);
  const [cut = ''] = screen(await written(`${VIEW} view.draw(at(1, 4));`, 40));
  expect(cut).toHaveLength(39);
});

test('terminalProgress() shows the validation in one line of 80 characters', async () => {
  const code = `${VIEW}
    view.draw(at(1, 8));
    view.epochEnd({ ...at(1, 8), epochs: 100, step: 12, steps: 12, validation: { loss: 0.7, accuracy: 0.6 } });`;
  expect(screen(await written(code, 80))).toEqual([
    'Epoch   1/100 12/12 · loss 0.50 · acc 0.75 · val_loss 0.70 · val_acc 0.60',
    '',
  ]);
});

test('terminalProgress() ends the line of a training that broke off', async () => {
  const text = await written(`${VIEW} view.draw(at(1, 4)); view.trainingEnd();`, 120);
  expect(screen(text)).toEqual([`${formatProgress(at(1, 4))} · 1 s left`, '']);
});

test('terminalProgress() writes nothing where standard error is a pipe', async () => {
  expect(await runCompiled(TWO_EPOCHS)).toEqual({
    status: 0,
    signal: null,
    stdout: 'printed by somebody else\n',
    stderr: '',
  });
});
