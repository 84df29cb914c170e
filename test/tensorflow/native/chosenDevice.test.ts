import { chosenDevice } from '../../../src/tensorflow/native/chosenDevice';
import { runCompiled } from '../../support/children';

const before = process.env['SMILE_DEVICE'];

afterEach(() => {
  if (before === undefined) delete process.env['SMILE_DEVICE'];
  else process.env['SMILE_DEVICE'] = before;
});

test.each(['cpu', 'gpu', 'webgpu'])('chosenDevice() reads SMILE_DEVICE=%s', (device) => {
  process.env['SMILE_DEVICE'] = device;
  expect(chosenDevice()).toBe(device);
});

test('chosenDevice() leaves the choice to TensorFlow where SMILE_DEVICE is empty or not set', () => {
  process.env['SMILE_DEVICE'] = '';
  expect(chosenDevice()).toBeUndefined();
  delete process.env['SMILE_DEVICE'];
  expect(chosenDevice()).toBeUndefined();
});

test.each(['banana', 'GPU', 'cpu '])('chosenDevice() refuses %j, and names it', (device) => {
  process.env['SMILE_DEVICE'] = device;
  expect(chosenDevice).toThrow(
    new RangeError(
      `Cannot choose a device: SMILE_DEVICE must be "cpu", "gpu" or "webgpu", or not be set, got "${device}"`,
    ),
  );
});

test('the library does not load with a SMILE_DEVICE that it does not know', async () => {
  const { status, stderr } = await runCompiled('', [], { env: { SMILE_DEVICE: 'banana' } });
  expect(status).toBe(1);
  expect(stderr).toContain('RangeError: Cannot choose a device: SMILE_DEVICE must be');
});
