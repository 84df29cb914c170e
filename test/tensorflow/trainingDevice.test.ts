import os from 'node:os';

import { describeNvidia } from '../../src/tensorflow/describeDevice';
import { nvidiaGpus } from '../../src/tensorflow/nvidiaGpus';
import { tf } from '../../src/tensorflow/tf';
import { trainingDevice } from '../../src/tensorflow/trainingDevice';
import { unusedGpu } from '../../src/tensorflow/unusedGpu';
import { runPython } from '../support/keras';

const VERSION = `
import importlib.metadata, json
packages = {d.metadata['Name'].replace('_', '-'): d.version for d in importlib.metadata.distributions()}
print(json.dumps(packages.get('tensorflow-cpu') or packages['tensorflow']))
`;

const before = process.env['SMILE_DEVICE'];

afterEach(async () => {
  if (before === undefined) delete process.env['SMILE_DEVICE'];
  else process.env['SMILE_DEVICE'] = before;
  await tf.setBackend('tensorflow');
});

test("trainingDevice() tells the version of the wheel's library and what it trains on", async () => {
  const { kind, tensorflow, description } = trainingDevice();
  expect(tensorflow).toBe(await runPython<string>(VERSION));
  const cores = os.availableParallelism();
  // What the computer has besides is not the test's to know: test/tensorflow/unusedGpu.test.ts makes such computers.
  const why = unusedGpu() ?? '"npm run doctor" tells why it is not a GPU';
  expect(description).toBe(
    kind === 'gpu'
      ? describeNvidia(tensorflow, nvidiaGpus()).description
      : `TensorFlow ${tensorflow} trains on the CPU (${cores} ${cores === 1 ? 'core' : 'cores'}); ${why}.`,
  );
});

test('trainingDevice() throws when tfjs runs on its own slow kernels', async () => {
  await tf.setBackend('cpu');
  expect(() => trainingDevice()).toThrow(
    'Cannot train: TensorFlow\'s native library is required, and tfjs runs on "cpu"; "npm run doctor" tells what is missing',
  );
});

test('trainingDevice() throws when a GPU is asked for and none works', () => {
  process.env['SMILE_DEVICE'] = 'cpu';
  const { kind } = trainingDevice();
  process.env['SMILE_DEVICE'] = 'gpu';
  if (kind === 'gpu') expect(trainingDevice().kind).toBe('gpu');
  else {
    expect(() => trainingDevice()).toThrow(
      'Cannot train on the GPU that SMILE_DEVICE=gpu asks for: TensorFlow finds none',
    );
  }
});
