import type { Progress } from '../../src/training/formatProgress';
import { formatProgress } from '../../src/training/formatProgress';
import { notebookProgress } from '../../src/training/notebookProgress';
import { inNotebookCell } from '../display/notebookCell';

// In a real notebook it is tested in realKernel.test.ts.

function at(epoch: number, step: number, epochs = 30): Progress {
  return { epoch, epochs, step, steps: 8, loss: 0.5, accuracy: 0.75, elapsed: step * 10 };
}

/** The texts that were shown, one in place of the other. */
async function textsOf(draw: (view: ReturnType<typeof notebookProgress>) => void) {
  const displayed = await inNotebookCell(async () => draw(notebookProgress()));
  return displayed.map((data) => data['text/plain'] ?? '');
}

test('notebookProgress() shows the epoch that runs below those that are over', async () => {
  const texts = await textsOf((view) => {
    view.draw(at(1, 4));
    view.epochEnd(at(1, 8));
    view.epochEnd(at(2, 8));
    view.trainingEnd();
  });
  expect(texts).toEqual([
    `${formatProgress(at(1, 4))} · 3 s left`,
    formatProgress(at(1, 8)),
    `${formatProgress(at(1, 8))}\n${formatProgress(at(2, 8))}`,
  ]);
});

test('notebookProgress() draws far fewer times than there are batches', async () => {
  const texts = await textsOf((view) => {
    for (let step = 1; step <= 1000; step++) view.draw(at(1, step % 8));
  });
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.length).toBeLessThan(100);
});

test('notebookProgress() shows the last epochs of many', async () => {
  const texts = await textsOf((view) => {
    for (let epoch = 1; epoch <= 30; epoch++) view.epochEnd(at(epoch, 8));
  });
  const lines = texts.at(-1)?.split('\n') ?? [];
  expect(lines).toHaveLength(26);
  expect(lines.slice(0, 2)).toEqual(['… 5 epochs before', formatProgress(at(6, 8))]);
  expect(lines.at(-1)).toBe(formatProgress(at(30, 8)));
});
