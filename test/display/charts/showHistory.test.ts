import { drawHistory, showHistory } from '../../../src/display/charts/drawHistory';
import { inNotebookCell, svgIn } from '../notebookCell';

const history = { loss: [0.7, 0.1], acc: [0.5, 1] };

test('showHistory() displays what drawHistory() draws', async () => {
  const displayed = await inNotebookCell(() => showHistory(history, { threshold: 0.999 }));
  expect(svgIn(displayed)).toBe(drawHistory(history, { threshold: 0.999 }));
  expect(displayed[0]?.['text/html']).toContain(
    'alt="Training curve over 2 epochs: accuracy rises',
  );
});

test('showHistory() says outside a notebook what to do', async () => {
  await expect(showHistory(history)).rejects.toThrow('write what drawHistory returns to a file');
});
