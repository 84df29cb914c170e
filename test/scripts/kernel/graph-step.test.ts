import { executeCells } from '../../support/kernel';

test('in the real kernel plain tfjs code trains by the graph step, without an import of smile-lab', async () => {
  const [cell] = await executeCells([
    {
      source: `import * as tf from '@tensorflow/tfjs-node-gpu';
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
        model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
        const { binding } = tf.backend() as unknown as { binding: { getNumOfSavedModels(): number } };
        const before = binding.getNumOfSavedModels();
        await model.trainOnBatch(tf.ones([3, 2]), tf.ones([3, 1]));
        console.log(before, binding.getNumOfSavedModels());`,
    },
  ]);
  expect(cell?.map(({ text }) => text)).toEqual(['0 1\n']);
});
