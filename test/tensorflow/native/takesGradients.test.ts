import { takesGradients } from '../../../src/tensorflow/native/takesGradients';
import { tf } from '../../../src/tensorflow/tf';

test('takesGradients() is true inside of a function whose gradient is taken, and nowhere else', () => {
  const answers = [takesGradients()];
  const gradient = tf.grad((x) => {
    answers.push(takesGradients());
    return x.square();
  });
  tf.tidy(() => void gradient(tf.scalar(2)));
  tf.tidy(() => void answers.push(takesGradients()));
  expect(answers).toEqual([false, true, false]);
});
