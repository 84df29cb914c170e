import { drawTrainingCurve } from '../../../src/display/charts/drawTrainingCurve';
import { showTrainingCurve } from '../../../src/display/charts/showTrainingCurve';
import { inNotebookCell, svgIn } from '../notebookCell';

const history = { loss: [0.7, 0.1], acc: [0.5, 1] };

test('showTrainingCurve() displays what drawTrainingCurve() draws', async () => {
  const displayed = await inNotebookCell(() => showTrainingCurve(history, { threshold: 0.999 }));
  expect(svgIn(displayed)).toBe(await drawTrainingCurve(history, { threshold: 0.999 }));
  expect(displayed[0]?.['text/html']).toContain(
    'alt="Training curve over 2 epochs: accuracy rises',
  );
});

test('showTrainingCurve() says outside a notebook what to do', async () => {
  await expect(showTrainingCurve(history)).rejects.toThrow(
    'write what drawTrainingCurve returns to a file',
  );
});
