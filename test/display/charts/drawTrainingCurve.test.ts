import sharp from 'sharp';
import { drawTrainingCurve } from '../../../src/display/charts/drawTrainingCurve';

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

test('drawTrainingCurve() draws a point for each epoch in both panels', async () => {
  expect(pointsOf(await drawTrainingCurve(history))).toEqual(['3', '3']);
  expect(pointsOf(await drawTrainingCurve(withValidation))).toEqual(['6', '6']);
  expect(pointsOf(await drawTrainingCurve({ loss: [0.7], accuracy: [0.5] }))).toEqual(['1', '1']);
});

test('drawTrainingCurve() draws what it drew when the stored picture was looked at', async () => {
  expect(
    await drawTrainingCurve(withValidation, { title: 'Happy or sad', threshold: 0.999 }),
  ).toMatchSnapshot();
});

test('drawTrainingCurve() draws the same for the same history, also at the same time', async () => {
  const [first, second] = await Promise.all([
    drawTrainingCurve(withValidation),
    drawTrainingCurve(withValidation),
  ]);
  expect(second).toBe(first);
});

test('drawTrainingCurve() names the axes, and the series where there are two', async () => {
  const alone = textsOf(await drawTrainingCurve(history));
  expect(alone).toEqual(expect.arrayContaining(['epoch', 'accuracy', 'loss']));
  expect(alone).not.toContain('training');
  expect(textsOf(await drawTrainingCurve(withValidation))).toEqual(
    expect.arrayContaining(['training', 'validation']),
  );
});

test('drawTrainingCurve() says in words what it shows', async () => {
  const svg = await drawTrainingCurve(history, { title: 'A & B', threshold: 0.999 });
  expect(svg).toContain(
    '<title>A &amp; B: Training curve over 3 epochs: accuracy rises from 0.525 to 1.000, ' +
      'loss falls from 0.710 to 0.020; a dashed line marks the accuracy 0.999</title>',
  );
});

test('drawTrainingCurve() draws the threshold only when asked', async () => {
  expect(await drawTrainingCurve(history)).not.toContain('stroke-dasharray');
  const svg = await drawTrainingCurve(history, { threshold: 0.999 });
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(textsOf(svg)).toContain('0.999');
});

test('drawTrainingCurve() leaves out NaN and infinite values, and says so', async () => {
  const svg = await drawTrainingCurve({ loss: [0.7, NaN, Infinity], acc: [0.5, 0.6, 0.7] });
  expect(pointsOf(svg)).toEqual(['3', '1']);
  expect(textsOf(svg).join(' ')).toContain('Not drawn: loss is NaN or infinite in 2 of 3 epochs');
  expect(svg.replace('is NaN or infinite', '')).not.toMatch(/="[^"]*(?:NaN|Infinity)\b(?! or)/);
});

test('drawTrainingCurve() draws a history without any finite value', async () => {
  const svg = await drawTrainingCurve({ loss: [NaN], acc: [NaN] });
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawTrainingCurve() is well-formed, self-contained and small', async () => {
  const many = (value: number) => Array.from({ length: 60 }, (_, i) => value / (i + 1));
  const svg = await drawTrainingCurve(
    { loss: many(12), acc: many(1), val_loss: many(9), val_acc: many(0.9) },
    { title: '<script>alert(1)</script> \u0000', threshold: 0.9 },
  );
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/href|url\(|@import|clip-path/);
  expect(svg.length).toBeLessThan(70_000); // under 100 kB in the notebook, where it is base64
});

test('drawTrainingCurve() throws on an empty history and a threshold that is no accuracy', async () => {
  await expect(drawTrainingCurve({})).rejects.toThrow('got an empty history');
  for (const threshold of [99.9, -0.1, NaN]) {
    await expect(drawTrainingCurve(history, { threshold })).rejects.toThrow(
      new RangeError(
        `Cannot draw the training curve: threshold must be an accuracy from 0 to 1, got ${threshold}`,
      ),
    );
  }
});
