import type { NativeBackend } from '../../src/tensorflow/native/nativeBackend';
import { requireAskedGpu } from '../../src/tensorflow/requireAskedGpu';
import { tf } from '../../src/tensorflow/tf';
import { runCompiled } from '../support/children';

const before = process.env['SMILE_DEVICE'];
const backend = tf.backend() as NativeBackend;

afterEach(() => {
  if (before === undefined) delete process.env['SMILE_DEVICE'];
  else process.env['SMILE_DEVICE'] = before;
});

test.each(['', 'cpu', 'webgpu'])('requireAskedGpu() lets SMILE_DEVICE=%s pass', (device) => {
  process.env['SMILE_DEVICE'] = device;
  expect(() => requireAskedGpu(backend)).not.toThrow();
});

test('the library computes on a GPU when one is asked for, or does not load', async () => {
  const env = { SMILE_DEVICE: 'gpu', CUDA_VISIBLE_DEVICES: '-1' };
  const { status, stderr } = await runCompiled('', [], { env });
  expect(status).toBe(1);
  expect(stderr).toContain(
    'Error: Cannot train on the GPU that SMILE_DEVICE=gpu asks for: TensorFlow finds none; "npm run doctor" tells what is missing',
  );
});
