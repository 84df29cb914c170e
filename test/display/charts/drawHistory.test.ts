import sharp from 'sharp';
import { drawHistory } from '../../../src/display/charts/drawHistory';

const history = { loss: [0.71, 0.42, 0.02], acc: [0.525, 0.85, 1] };
const withValidation = { ...history, val_loss: [0.7, 0.6, 0.65], val_acc: [0.5, 0.6, 0.7] };

/** How many points there are in each panel. */
function pointsOf(svg: string): number[] {
  return svg
    .split(/d="M0 0V\d+H500"/)
    .slice(1)
    .map((panel) => {
      const points = [...panel.matchAll(/<path d="([^"]*)" fill="#/g)].map(([, path]) => path);
      return points.join('').split('M').length - 1;
    });
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

test('drawHistory() draws a point for each epoch in both panels', () => {
  expect(pointsOf(drawHistory(history))).toEqual([3, 3]);
  expect(pointsOf(drawHistory(withValidation))).toEqual([6, 6]);
  expect(pointsOf(drawHistory({ loss: [0.7], accuracy: [0.5] }))).toEqual([1, 1]);
});

test('drawHistory() draws what it drew when the stored picture was looked at', () => {
  expect(
    drawHistory(withValidation, { title: 'Happy or sad', threshold: 0.999 }),
  ).toMatchSnapshot();
});

test('drawHistory() cuts off no letter that hangs below its line', async () => {
  const svg = drawHistory(history);
  const { data, info } = await sharp(Buffer.from(svg), { density: 4 * 72 })
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const isInked = (y: number) =>
    Math.min(...data.subarray(y * info.width, (y + 1) * info.width)) < 128;
  const lowest = Array.from({ length: info.height }, (_, y) => y)
    .filter(isInked)
    .at(-1)!;
  const end = info.height - 4 * 16; // of what is drawn: below it is the card's padding
  expect(lowest).toBeLessThan(end);
  expect(lowest).toBeGreaterThan(end - 4 * 8); // the p of "epoch"
});

test('drawHistory() draws the same for the same history', () => {
  expect(drawHistory(withValidation)).toBe(drawHistory(withValidation));
});

test('drawHistory() names the axes, and the series where there are two', () => {
  const alone = textsOf(drawHistory(history));
  expect(alone).toEqual(expect.arrayContaining(['epoch', 'accuracy', 'loss']));
  expect(alone).not.toContain('training');
  expect(textsOf(drawHistory(withValidation))).toEqual(
    expect.arrayContaining(['training', 'validation']),
  );
});

test('drawHistory() says in words what it shows', () => {
  const svg = drawHistory(history, { title: 'A & B', threshold: 0.999 });
  expect(svg).toContain(
    '<title>A &amp; B: Training curve over 3 epochs: accuracy rises from 0.525 to 1.000, ' +
      'loss falls from 0.710 to 0.020; a dashed line marks the accuracy 0.999</title>',
  );
});

test('drawHistory() draws the threshold only when asked', () => {
  expect(drawHistory(history)).not.toContain('stroke-dasharray');
  const svg = drawHistory(history, { threshold: 0.999 });
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(textsOf(svg)).toContain('0.999');
});

test('drawHistory() shows NaN and infinite values as such', () => {
  const acc = [0.5, 0.6, 0.7, 0.8];
  const svg = drawHistory({ loss: [0.7, NaN, Infinity, -Infinity], acc });
  expect(pointsOf(svg)).toEqual([4, 1]);
  // 500 pixels for 4 epochs: their middles are 62.5, 187.5 …; the loss's panel is 140 high.
  expect(svg).toContain(
    'd="M183.5 3l8 8M191.5 3l-8 8M307.5 11h10l-5 -9zM432.5 129h10l-5 9z" fill="none"',
  );
  expect(textsOf(svg).slice(-3)).toEqual([
    '× loss is NaN in 1 of 4 epochs, first in epoch 2',
    '▲ loss is ∞ in 1 of 4 epochs, first in epoch 3',
    '▼ loss is −∞ in 1 of 4 epochs, first in epoch 4',
  ]);
  const numbers = svg.replace(/(?:aria-label="|<title>)[^"<]*/g, '');
  expect(numbers).not.toMatch(/="[^"]*(?:NaN|Infinity)/);
});

test('drawHistory() draws a history without any finite value', async () => {
  const svg = drawHistory({ loss: [NaN], acc: [NaN] });
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawHistory() is well-formed, self-contained and small', async () => {
  const many = (value: number) => Array.from({ length: 60 }, (_, i) => value / (i + 1));
  const svg = drawHistory(
    { loss: many(12), acc: many(1), val_loss: many(9), val_acc: many(0.9) },
    { title: '<script>alert(1)</script> \u0000', threshold: 0.9 },
  );
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/href|url\(|@import|clip-path/);
  expect(svg.length).toBeLessThan(70_000); // under 100 kB in the notebook, where it is base64
});

test('drawHistory() says that no epoch has ended, of one run or of several', () => {
  expect(textsOf(drawHistory({}))).toEqual(['No epoch has ended yet']);
  expect(textsOf(drawHistory({ loss: [], acc: [] }, { title: 'T' }))).toEqual([
    'T',
    'No epoch has ended yet',
  ]);
  const svg = drawHistory({ a: { loss: [1], acc: [0] }, b: {} });
  expect(textsOf(svg)).toContain('&quot;b&quot;: no epoch has ended yet');
  expect(pointsOf(svg)).toEqual([1, 1]);
});

test('drawHistory() draws the loss alone where no accuracy was measured', () => {
  const svg = drawHistory({ loss: [0.7, 0.6] }, { threshold: 0.9 });
  expect(pointsOf(svg)).toEqual([2]);
  expect(textsOf(svg)).not.toContain('accuracy');
  expect(svg).not.toContain('dashed');
});

const runs = {
  'with <b>dropout</b> & \u0000': withValidation,
  without: { loss: [0.8, 0.7], acc: [0.4, 0.5] },
};

test('drawHistory() draws several runs in one chart, each with its colour and its name', async () => {
  const svg = drawHistory(runs, { title: 'Dropout' });
  expect(pointsOf(svg)).toEqual([3, 3]); // what training recorded is dotted, without points
  const texts = textsOf(svg);
  expect(texts.slice(0, 5)).toEqual([
    'Dropout',
    'with &lt;b&gt;dropout&lt;/b&gt; &amp; \uFFFD',
    'without',
    'validation',
    'training',
  ]);
  expect(svg.match(/<path [^>]*stroke-dasharray="2[ ,]3"/g)).toHaveLength(5); // legend, 2 runs × 2 metrics
  for (const colour of ['#0072B2', '#D55E00']) expect(svg).toContain(colour);
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawHistory() draws no dotted line where no run has a validation', () => {
  const svg = drawHistory({ a: history, b: history });
  expect(svg).not.toContain('stroke-dasharray="2');
  expect(textsOf(svg)).not.toContain('training');
});

test('drawHistory() stays under 200 kB with six runs of 1,000 epochs, and loses no peak', () => {
  const noisy = (seed: number) =>
    Array.from({ length: 1000 }, (_, i) => Math.abs(Math.sin((i + seed) ** 2)));
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => {
    const loss = noisy(i);
    if (name === 'c') loss[613] = 5;
    return [name, { loss, acc: noisy(i + 6), val_loss: noisy(i + 12), val_acc: noisy(i + 18) }];
  });
  const svg = drawHistory(Object.fromEntries(all));
  expect((svg.length * 4) / 3).toBeLessThan(200_000); // base64 in the notebook
  expect(textsOf(svg)).toContain('5');
});

test('drawHistory() draws six runs, and says that more cannot be distinguished', () => {
  const named = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`run ${i}`, history]));
  expect(pointsOf(drawHistory(named(6)))).toEqual([18, 18]);
  expect(() => drawHistory(named(7))).toThrow(
    new RangeError('Cannot draw the histories: at most 6 can be distinguished in one chart, got 7'),
  );
});

test('drawHistory() throws on a threshold that is no accuracy', () => {
  for (const threshold of [99.9, -0.1, NaN]) {
    expect(() => drawHistory(history, { threshold })).toThrow(
      new RangeError(
        `Cannot draw the history: threshold must be an accuracy from 0 to 1, got ${threshold}`,
      ),
    );
  }
});

test('drawHistory() makes room for large numbers and for a threshold of many digits', () => {
  const svg = drawHistory({ loss: [12_000], acc: [0.5] }, { threshold: 0.123456789012 });
  expect(textsOf(svg)).toContain('15,000');
  const [, width] = /width="(\d+)"/.exec(svg)!;
  const [, left] = /translate\((\d+) \d+\)"><path d="M0 /.exec(svg)!;
  expect(Number(left)).toBeGreaterThan(62);
  expect(Number(width)).toBeGreaterThan(Number(left) + 500 + 14 * 8);
});

/** The numbers below the axis. */
function epochsAt(epochs: number): number[] {
  const svg = drawHistory({ loss: Array.from({ length: epochs }, () => 0.5) });
  return [...svg.matchAll(/text-anchor="middle">(\d+)</g)].map(([, text]) => Number(text));
}

test('drawHistory() counts the epochs from 1, in whole numbers that have room', () => {
  expect(epochsAt(1)).toEqual([1]);
  expect(epochsAt(15)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(epochsAt(17)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16]);
  expect(epochsAt(60)).toEqual([1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  expect(epochsAt(100)).toEqual([1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});
