import sharp from 'sharp';
import { drawHistory } from '../../../src/display/charts/drawHistory';

const history = { loss: [0.71, 0.42, 0.02], acc: [0.525, 0.85, 1] };
const withValidation = { ...history, val_loss: [0.7, 0.6, 0.65], val_acc: [0.5, 0.6, 0.7] };

/** The points' places, in each panel from left to right. */
function pointsOf(svg: string): string[] {
  const points = svg.match(/<g class="mark-symbol role-mark.*?<\/g>/gs) ?? [];
  return points.map((group) => group.match(/<path/g)?.length.toString() ?? '0');
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

test('drawHistory() draws a point for each epoch in both panels', async () => {
  expect(pointsOf(await drawHistory(history))).toEqual(['3', '3']);
  expect(pointsOf(await drawHistory(withValidation))).toEqual(['6', '6']);
  expect(pointsOf(await drawHistory({ loss: [0.7], accuracy: [0.5] }))).toEqual(['1', '1']);
});

test('drawHistory() draws what it drew when the stored picture was looked at', async () => {
  expect(
    await drawHistory(withValidation, { title: 'Happy or sad', threshold: 0.999 }),
  ).toMatchSnapshot();
});

test('drawHistory() cuts off no letter that hangs below its line', async () => {
  const svg = await drawHistory(history);
  const { data, info } = await sharp(Buffer.from(svg), { density: 4 * 72 })
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const padding = info.height - 4 * 16; // the first row below the chart
  const row = data.subarray((padding + 0.25) * info.width, (padding + 0.75) * info.width);
  expect(Math.min(...row)).toBeLessThan(128); // the p of "epoch"
});

test('drawHistory() draws the same for the same history, also at the same time', async () => {
  const [first, second] = await Promise.all([
    drawHistory(withValidation),
    drawHistory(withValidation),
  ]);
  expect(second).toBe(first);
});

test('drawHistory() names the axes, and the series where there are two', async () => {
  const alone = textsOf(await drawHistory(history));
  expect(alone).toEqual(expect.arrayContaining(['epoch', 'accuracy', 'loss']));
  expect(alone).not.toContain('training');
  expect(textsOf(await drawHistory(withValidation))).toEqual(
    expect.arrayContaining(['training', 'validation']),
  );
});

test('drawHistory() says in words what it shows', async () => {
  const svg = await drawHistory(history, { title: 'A & B', threshold: 0.999 });
  expect(svg).toContain(
    '<title>A &amp; B: Training curve over 3 epochs: accuracy rises from 0.525 to 1.000, ' +
      'loss falls from 0.710 to 0.020; a dashed line marks the accuracy 0.999</title>',
  );
});

test('drawHistory() draws the threshold only when asked', async () => {
  expect(await drawHistory(history)).not.toContain('stroke-dasharray');
  const svg = await drawHistory(history, { threshold: 0.999 });
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(textsOf(svg)).toContain('0.999');
});

test('drawHistory() shows NaN and infinite values as such', async () => {
  const acc = [0.5, 0.6, 0.7, 0.8];
  const svg = await drawHistory({ loss: [0.7, NaN, Infinity, -Infinity], acc });
  expect(pointsOf(svg)).toEqual(['4', '1', '1', '1', '1']); // accuracy, loss, and three signs
  expect(textsOf(svg).slice(0, 3)).toEqual([
    '× loss is NaN in 1 of 4 epochs, first in epoch 2',
    '▲ loss is ∞ in 1 of 4 epochs, first in epoch 3',
    '▼ loss is −∞ in 1 of 4 epochs, first in epoch 4',
  ]);
  const numbers = svg.replace(/(?:aria-label="|<title>)[^"<]*/g, '');
  expect(numbers).not.toMatch(/="[^"]*(?:NaN|Infinity)/);
});

test('drawHistory() draws a history without any finite value', async () => {
  const svg = await drawHistory({ loss: [NaN], acc: [NaN] });
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawHistory() is well-formed, self-contained and small', async () => {
  const many = (value: number) => Array.from({ length: 60 }, (_, i) => value / (i + 1));
  const svg = await drawHistory(
    { loss: many(12), acc: many(1), val_loss: many(9), val_acc: many(0.9) },
    { title: '<script>alert(1)</script> \u0000', threshold: 0.9 },
  );
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/href|url\(|@import|clip-path/);
  expect(svg.length).toBeLessThan(70_000); // under 100 kB in the notebook, where it is base64
});

test('drawHistory() says that no epoch has ended, of one run or of several', async () => {
  expect(textsOf(await drawHistory({}))).toEqual(['No epoch has ended yet']);
  expect(textsOf(await drawHistory({ loss: [], acc: [] }, { title: 'T' }))).toEqual([
    'T',
    'No epoch has ended yet',
  ]);
  const svg = await drawHistory({ a: { loss: [1], acc: [0] }, b: {} });
  expect(textsOf(svg)).toContain('&quot;b&quot;: no epoch has ended yet');
  expect(pointsOf(svg)).toEqual(['1', '1']);
});

test('drawHistory() draws the loss alone where no accuracy was measured', async () => {
  const svg = await drawHistory({ loss: [0.7, 0.6] }, { threshold: 0.9 });
  expect(pointsOf(svg)).toEqual(['2']);
  expect(textsOf(svg)).not.toContain('accuracy');
  expect(svg).not.toContain('dashed');
});

const runs = {
  'with <b>dropout</b> & \u0000': withValidation,
  without: { loss: [0.8, 0.7], acc: [0.4, 0.5] },
};

test('drawHistory() draws several runs in one chart, each with its colour and its name', async () => {
  const svg = await drawHistory(runs, { title: 'Dropout' });
  expect(pointsOf(svg)).toEqual(['3', '3']); // what training recorded is dotted, without points
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

test('drawHistory() draws no dotted line where no run has a validation', async () => {
  const svg = await drawHistory({ a: history, b: history });
  expect(svg).not.toContain('stroke-dasharray="2');
  expect(textsOf(svg)).not.toContain('training');
});

test('drawHistory() stays under 200 kB with six runs of 1,000 epochs, and loses no peak', async () => {
  const noisy = (seed: number) =>
    Array.from({ length: 1000 }, (_, i) => Math.abs(Math.sin((i + seed) ** 2)));
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => {
    const loss = noisy(i);
    if (name === 'c') loss[613] = 5;
    return [name, { loss, acc: noisy(i + 6), val_loss: noisy(i + 12), val_acc: noisy(i + 18) }];
  });
  const svg = await drawHistory(Object.fromEntries(all));
  expect((svg.length * 4) / 3).toBeLessThan(200_000); // base64 in the notebook
  expect(textsOf(svg)).toContain('5');
});

test('drawHistory() draws six runs, and says that more cannot be told apart', async () => {
  const named = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`run ${i}`, history]));
  expect(pointsOf(await drawHistory(named(6)))).toEqual(['18', '18']);
  await expect(drawHistory(named(7))).rejects.toThrow(
    new RangeError('Cannot draw the histories: at most 6 can be told apart in one chart, got 7'),
  );
});

test('drawHistory() throws on a threshold that is no accuracy', async () => {
  for (const threshold of [99.9, -0.1, NaN]) {
    await expect(drawHistory(history, { threshold })).rejects.toThrow(
      new RangeError(
        `Cannot draw the history: threshold must be an accuracy from 0 to 1, got ${threshold}`,
      ),
    );
  }
});
