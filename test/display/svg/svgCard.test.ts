import sharp from 'sharp';
import { svgCard } from '../../../src/display/svg/svgCard';

const card = { width: 100, height: 40, title: 'a <dot> & "more"', content: '<circle r="9"/>' };

test('svgCard() gives a document of the content’s size and its padding', async () => {
  const { format, width, height } = await sharp(Buffer.from(svgCard(card))).metadata();
  expect({ format, width, height }).toEqual({ format: 'svg', width: 132, height: 72 });
});

test('svgCard() says what it shows, escaped', () => {
  const title = 'a &lt;dot&gt; &amp; &quot;more&quot;';
  expect(svgCard(card)).toContain(`role="img" aria-label="${title}"><title>${title}</title>`);
});

test('svgCard() is white, with transparent corners, whatever lies behind it', async () => {
  const { data } = await sharp(Buffer.from(svgCard(card)))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  const middle = 4 * (36 * 132 + 66);
  expect([...data.subarray(middle, middle + 4)]).toEqual([255, 255, 255, 255]);
});
