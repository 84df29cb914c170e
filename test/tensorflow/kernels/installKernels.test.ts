import { tf } from '../../../src/tensorflow/tfjs';

const kernelOf = (name: string) => tf.getKernel(name, 'tensorflow');

test('SMILE_STOCK_KERNELS=1 leaves tfjs as it is; without it the kernels are installed once', async () => {
  const stock = [kernelOf('MaxPool'), kernelOf('MaxPoolGrad'), tf.getGradient('Relu')];
  const now = () => [kernelOf('MaxPool'), kernelOf('MaxPoolGrad'), tf.getGradient('Relu')];

  process.env['SMILE_STOCK_KERNELS'] = '1';
  await import('../../../src/tensorflow/tf');
  delete process.env['SMILE_STOCK_KERNELS'];
  expect(now()).toEqual(stock);
  expect(kernelOf('ReluGrad')).toBeUndefined();

  const { installKernels } = await import('../../../src/tensorflow/kernels/installKernels');
  installKernels();
  const installed = now();
  installed.forEach((registered, i) => expect(registered).not.toBe(stock[i]));
  expect(kernelOf('ReluGrad')).toBeDefined();

  installKernels();
  now().forEach((registered, i) => expect(registered).toBe(installed[i]));
});

test('the tf of smile-lab is the tf of a plain import, so plain tfjs code has the kernels as well', async () => {
  const smileLab = await import('../../../src/tensorflow/tf');
  const plain = await import('@tensorflow/tfjs-node-gpu');
  expect(smileLab.tf.engine()).toBe(plain.engine());
  expect(plain.getKernel('ReluGrad', 'tensorflow')).toBeDefined();
});
