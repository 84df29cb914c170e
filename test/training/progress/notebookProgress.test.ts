import { inNotebookCell, svgIn } from '../../display/notebookCell';
import { formatProgress, type Progress } from '../../../src/training/progress/formatProgress';
import { notebookProgress } from '../../../src/training/progress/notebookProgress';
import { TrainingRecord } from '../../../src/training/progress/trainingRecord';

// In a real notebook it is tested in realKernel.test.ts.

const metrics = ['loss', 'acc', 'val_loss', 'val_acc'] as unknown as string;

function at(epoch: number, step: number, epochs = 30): Progress {
  return { epoch, epochs, step, steps: 8, loss: 0.5, accuracy: 0.75, elapsed: step * 10 };
}

interface Scene {
  view: ReturnType<typeof notebookProgress>;
  record: TrainingRecord;
  /** Lets it be time to draw again. */
  pause: () => void;
}

/** What was displayed: of the chart, and of the text, one in place of the other. */
async function shown(draw: (scene: Scene) => unknown) {
  const record = new TrainingRecord({ metrics, epochs: 30 });
  let drawn = new Set<string>();
  const time = (what: string) => ({
    isDue: () => !drawn.has(what),
    spend(work: () => void) {
      work();
      drawn.add(what);
    },
  });
  const times = { chart: time('chart'), text: time('text') };
  const displayed = await inNotebookCell(async () => {
    const pause = () => void (drawn = new Set());
    await draw({ view: notebookProgress(record, times), record, pause });
  });
  const charts = displayed.flatMap((data) => data['text/html'] ?? []);
  const texts = displayed.flatMap((data) =>
    'text/html' in data ? [] : (data['text/plain'] ?? []),
  );
  return { texts, charts };
}

test('notebookProgress() shows the epoch that runs below those that are over', async () => {
  const { texts } = await shown(async ({ view, pause }) => {
    view.draw(at(1, 4));
    pause();
    view.epochEnd(at(1, 8));
    view.epochEnd(at(2, 8)); // too soon for a text of its own
    await view.trainingEnd();
  });
  expect(texts).toEqual([
    `${formatProgress(at(1, 4))} · 3 s left`,
    formatProgress(at(1, 8)),
    `${formatProgress(at(1, 8))}\n${formatProgress(at(2, 8))}`,
  ]);
});

test('notebookProgress() draws the chart of an epoch when it ends, or with a later batch, and the whole one at the end', async () => {
  const { charts } = await shown(async ({ view, record, pause }) => {
    const end = async (loss: number, acc: number) => {
      await record.endEpoch({ loss, acc, val_loss: loss, val_acc: acc });
      view.epochEnd(at(record.count, 8));
    };
    view.draw(at(1, 4));
    pause();
    await end(0.75, 0.5);
    await end(0.5, 0.625); // too soon
    pause();
    view.draw(at(3, 1));
    await end(0.25, 0.75);
    await view.trainingEnd();
  });
  expect(
    charts.map((html) => /aria-label="([^"]*)"|alt="([^"]*)"/.exec(html)?.slice(1).join('')),
  ).toEqual([
    'Training curve before the end of the first epoch',
    expect.stringContaining(
      'Training curve over 1 epoch: accuracy is 0.500, validation accuracy is 0.500',
    ),
    expect.stringContaining('over 2 epochs: accuracy rises from 0.500 to 0.625'),
    expect.stringContaining('over 3 epochs: accuracy rises from 0.500 to 0.750'),
  ]);
  // Beside the running training there is room for the epochs that are planned.
  expect(charts[2]).toContain('>30</text>');
  expect(charts[3]).toMatch(/^<img alt="Training curve/);
  expect(svgIn([{ 'text/html': charts[3]! }])).not.toContain('>30</text>');
});

test('notebookProgress() draws the chart at the end of an epoch whose last batch has just been drawn', async () => {
  const { texts, charts } = await shown(async ({ view, record, pause }) => {
    view.draw(at(1, 4));
    pause();
    view.draw(at(1, 8));
    await record.endEpoch({ loss: 1, acc: 0.5 });
    view.epochEnd(at(1, 8));
  });
  expect(texts).toHaveLength(2);
  expect(charts).toEqual([
    expect.stringContaining('before the end of the first epoch'),
    expect.stringContaining('over 1 epoch'),
  ]);
});

test('notebookProgress() shows the last epochs of many', async () => {
  const { texts } = await shown(async ({ view }) => {
    for (let epoch = 1; epoch <= 30; epoch++) view.epochEnd(at(epoch, 8));
    await view.trainingEnd();
  });
  const lines = texts.at(-1)?.split('\n') ?? [];
  expect(lines).toHaveLength(26);
  expect(lines.slice(0, 2)).toEqual(['… 5 epochs before', formatProgress(at(6, 8))]);
  expect(lines.at(-1)).toBe(formatProgress(at(30, 8)));
});

test('notebookProgress() takes the frame away where no epoch came to its end', async () => {
  const { texts, charts } = await shown(async ({ view }) => {
    view.draw(at(1, 4));
    await view.trainingEnd();
  });
  expect(charts).toEqual([expect.stringContaining('<svg'), '']);
  expect(texts.at(-1)).toBe(formatProgress(at(1, 4)));
});
