import { describeShapes } from '../../../src/tensorflow/graph/describeShapes';
import { tf } from '../../../src/tensorflow/tf';

test('describeShapes() names types and shapes in their order, and what is missing', () => {
  tf.tidy(() => {
    const batch = [tf.zeros([2, 3]), null, tf.scalar(1, 'int32'), undefined, tf.zeros([0], 'bool')];
    expect(describeShapes('train', batch)).toBe('train_float32x2x3_none_int32_none_boolx0');
  });
});
