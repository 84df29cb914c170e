import { drawPictures, showPictures } from '../../../src/display/pictures/drawPictures';
import { tf } from '../../../src/tensorflow/tf';
import { inNotebookCell, svgIn } from '../notebookCell';

test('showPictures() displays what drawPictures() draws', async () => {
  const batch = tf.zeros<tf.Rank.R4>([2, 4, 4, 3]);
  const options = { captions: ['happy', 'sad'], range: [0, 1] } as const;
  const displayed = await inNotebookCell(() => showPictures(batch, options));
  expect(svgIn(displayed)).toBe(await drawPictures(batch, options));
  expect(displayed[0]?.['text/html']).toContain('alt="Grid of 2 pictures: happy, sad"');
  await expect(showPictures(batch, options)).rejects.toThrow(
    'write what drawPictures returns to a file',
  );
  batch.dispose();
});
