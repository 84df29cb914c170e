import { unusedGpu } from '../../src/tensorflow/unusedGpu';
import { folderWith } from '../support/pictures';

const before = { ...process.env };

beforeEach(() => {
  delete process.env['SMILE_DEVICE'];
  delete process.env['CUDA_VISIBLE_DEVICES'];
});

afterAll(() => {
  Object.assign(process.env, before);
});

// As Linux shows a card of AMD, and NVIDIA's driver its own.
const amd = { 'sys/class/drm/card1/device/vendor': '0x1002\n' };
const nvidiaCard = { 'sys/class/drm/card0/device/vendor': '0x10de\n' };
const nvidiaDriver = {
  'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA H200\nIRQ:   \t\t 42\n',
};

test('unusedGpu() finds none where Linux lists none, or only a screen of a virtual machine', async () => {
  expect(unusedGpu(await folderWith({}))).toBeUndefined();
  const virtual = await folderWith({ 'sys/class/drm/card0/device/vendor': '0x1af4\n' });
  expect(unusedGpu(virtual)).toBeUndefined();
});

test('unusedGpu() tells how a GPU by AMD could be used', async () => {
  const root = await folderWith(amd);
  expect(unusedGpu(root)).toBe(
    "the GPU by AMD is not used: TensorFlow's library computes on GPUs by NVIDIA only, SMILE_DEVICE=webgpu on others too",
  );
  process.env['SMILE_DEVICE'] = 'cpu';
  expect(unusedGpu(root)).toBe('the GPU by AMD is not used: SMILE_DEVICE=cpu asks for the CPU');
});

test("unusedGpu() tells that NVIDIA's driver is missing", async () => {
  expect(unusedGpu(await folderWith(nvidiaCard))).toBe(
    "the GPU by NVIDIA is not used: NVIDIA's driver is not loaded",
  );
});

test('unusedGpu() names an NVIDIA GPU and what hides it, also beside another card', async () => {
  const root = await folderWith({ ...amd, ...nvidiaCard, ...nvidiaDriver });
  expect(unusedGpu(root)).toBe(
    'the NVIDIA H200 is not used: TensorFlow does not find it; "npm run doctor" tells why',
  );
  process.env['CUDA_VISIBLE_DEVICES'] = '';
  expect(unusedGpu(root)).toBe('the NVIDIA H200 is not used: CUDA_VISIBLE_DEVICES is ""');
  process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  process.env['SMILE_DEVICE'] = 'cpu';
  expect(unusedGpu(root)).toBe('the NVIDIA H200 is not used: SMILE_DEVICE=cpu asks for the CPU');
});
