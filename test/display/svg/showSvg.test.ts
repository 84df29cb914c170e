import sharp from 'sharp';

import { showSvg } from '../../../src/display/svg/showSvg';
import { svgCard } from '../../../src/display/svg/svgCard';
import { inNotebookCell, svgIn } from '../notebookCell';

function drawDot() {}
const svg = svgCard({ width: 1, height: 1, title: '"sad" → 幸せ', content: '' });

test('showSvg() sends one picture: with an alternative text for screens, as PNG for paper, and as text', async () => {
  const displayed = await inNotebookCell(() => showSvg(svg, drawDot));
  expect(displayed).toHaveLength(1);
  expect(Object.keys(displayed[0] ?? {})).toEqual(['text/html', 'image/png', 'text/plain']);
  expect(displayed[0]?.['text/html']).toMatch(/^<img alt="&quot;sad&quot; → 幸せ" src="data:/);
  expect(svgIn(displayed)).toBe(svg);
  expect(displayed[0]?.['text/plain']).toBe('"sad" → 幸せ');
  // 1 CSS pixel of content and 16 around it.
  const png = await sharp(Buffer.from(displayed[0]?.['image/png'] ?? '', 'base64')).metadata();
  expect([png.format, png.width, png.height]).toEqual(['png', 33, 33]);
});

test('showSvg() says outside a notebook what to do', async () => {
  await expect(showSvg(svg, drawDot)).rejects.toThrow(
    'Cannot display the picture: showDot works in a notebook cell with the kernel "Smile Lab (TypeScript)"; ' +
      'in a script write what drawDot returns to a file',
  );
});
