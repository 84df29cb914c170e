import { describeNvidia, describeWebGpu } from '../../src/tensorflow/describeDevice';

const GIB = 2 ** 30;
const t4 = { name: 'Tesla T4', memory: 15 * GIB };
const h200 = { name: 'NVIDIA H200', memory: 140.4 * GIB };

test('describeNvidia() names the GPU and its memory', () => {
  expect(describeNvidia('2.21.0', [h200])).toEqual({
    kind: 'gpu',
    tensorflow: '2.21.0',
    gpu: { name: 'NVIDIA H200', memory: 140.4 * GIB, isSoftware: false },
    description: 'TensorFlow 2.21.0 trains on the GPU: NVIDIA H200, 140.4 GiB.',
  });
});

test('describeNvidia() does not claim to know which of several GPUs it is', () => {
  expect(describeNvidia('2.21.0', [t4, t4]).description).toBe(
    'TensorFlow 2.21.0 trains on the GPU: 1 of 2 Tesla T4, 15.0 GiB.',
  );
  const { gpu, description } = describeNvidia('2.21.0', [t4, h200]);
  expect(gpu).toEqual({ name: '1 of 2 Tesla T4 or NVIDIA H200', isSoftware: false });
  expect(description).toBe('TensorFlow 2.21.0 trains on the GPU: 1 of 2 Tesla T4 or NVIDIA H200.');
});

test('describeNvidia() says so where the driver does not answer', () => {
  expect(describeNvidia('2.21.0', []).description).toBe(
    'TensorFlow 2.21.0 trains on the GPU, which nvidia-smi does not name.',
  );
});

const adapter = { architecture: '', isFallbackAdapter: false };

test('describeWebGpu() names the GPU and its driver, and the memory of a single NVIDIA GPU', () => {
  const amd = { ...adapter, vendor: 'amd', device: 'amd-radeon-rx-6800', description: 'radv' };
  expect(describeWebGpu('2.21.0', amd, [])).toEqual({
    kind: 'webgpu',
    tensorflow: '2.21.0',
    gpu: { name: 'amd radeon rx 6800 (radv)', isSoftware: false },
    description: 'WebGPU trains on the GPU: amd radeon rx 6800 (radv).',
  });
  const nvidia = { ...adapter, vendor: 'nvidia', device: 'tesla-t4', description: '' };
  expect(describeWebGpu('2.21.0', nvidia, [t4]).description).toBe(
    'WebGPU trains on the GPU: tesla t4, 15.0 GiB.',
  );
  expect(describeWebGpu('2.21.0', nvidia, [t4, h200]).gpu).not.toHaveProperty('memory');
});

test('describeWebGpu() calls a GPU by its maker where the driver gives no name', () => {
  const intel = { ...adapter, vendor: 'intel', device: '', description: '' };
  expect(describeWebGpu('2.21.0', intel, []).description).toBe('WebGPU trains on the GPU: intel.');
});

test('describeWebGpu() warns of software that stands in for a GPU', () => {
  const software = {
    ...adapter,
    vendor: 'mesa',
    device: 'llvmpipe',
    description: 'Mesa',
    isFallbackAdapter: true,
  };
  const { gpu, description } = describeWebGpu('2.21.0', software, []);
  expect(gpu?.isSoftware).toBe(true);
  expect(description).toBe(
    'WebGPU trains by software on the CPU: llvmpipe (Mesa). No GPU was found; this is many times slower than SMILE_DEVICE=cpu.',
  );
});
