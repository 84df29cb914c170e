import { drawImages } from '../../../src/display/pictures/drawImages';
import { showImages } from '../../../src/display/pictures/showImages';
import { tf } from '../../../src/tensorflow/tf';
import { inNotebookCell, svgIn } from '../notebookCell';

test('showImages() displays what drawImages() draws', async () => {
  const batch = tf.zeros<tf.Rank.R4>([2, 4, 4, 3]);
  const options = { labels: ['happy', 'sad'], range: [0, 1] } as const;
  const displayed = await inNotebookCell(() => showImages(batch, options));
  expect(svgIn(displayed)).toBe(await drawImages(batch, options));
  expect(displayed[0]?.['text/html']).toContain('alt="Grid of 2 pictures: happy, sad"');
  await expect(showImages(batch, options)).rejects.toThrow(
    'write what drawImages returns to a file',
  );
  batch.dispose();
});
