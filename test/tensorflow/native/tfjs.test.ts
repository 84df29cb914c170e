import * as published from '@tensorflow/tfjs-node-gpu';
import { tf } from '../../../src/tensorflow/native/tfjs';

test("tf is the module that a cell's own import gives", () => {
  expect(tf.tensor).toBe(published.tensor);
  expect(tf.engine()).toBe(published.engine());
});
