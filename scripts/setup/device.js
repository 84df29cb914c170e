const { spawnSync } = require('node:child_process');
const { SetUpError } = require('./set-up-error');

/** CUDA 12 runs on this driver and newer: https://docs.nvidia.com/deploy/cuda-compatibility */
const oldestDriver = 525;

/** `nvidia-smi` needs a second or two, and more on a computer with many GPUs. */
const patience = 20_000; // ms

/**
 * Where to train: SMILE_DEVICE decides; without it an NVIDIA GPU is used where one works. Whether WebGPU works shows only
 * when it is used.
 * @param {number} [wait] how many milliseconds `nvidia-smi` may take
 * @returns {{ device: 'cpu' | 'gpu' | 'webgpu', reason: string }}
 * @throws {SetUpError} when SMILE_DEVICE asks for an NVIDIA GPU and none works, or asks for something else
 */
function chooseDevice(wait = patience) {
  const asked = process.env['SMILE_DEVICE'] || '';
  if (!['', 'cpu', 'gpu', 'webgpu'].includes(asked)) {
    throw new SetUpError(
      `SMILE_DEVICE must be "cpu", "gpu" or "webgpu", and it is "${asked}"`,
      'Set it to one of the three, or remove it: then an NVIDIA GPU is used where one works, else the CPU.',
    );
  }
  if (asked === 'cpu' || asked === 'webgpu') {
    return { device: asked, reason: `SMILE_DEVICE=${asked} asks for it` };
  }
  const { gpu, missing } = (looked ??= lookForGpu(wait));
  if (gpu) return { device: 'gpu', reason: gpu };
  if (asked === 'gpu') {
    throw new SetUpError(
      `SMILE_DEVICE=gpu asks for a GPU, but ${missing}`,
      'Install the NVIDIA driver and see that `nvidia-smi` lists the GPU (environment.md, «NVIDIA»), or remove SMILE_DEVICE to train on the CPU. For a GPU by AMD or Intel: SMILE_DEVICE=webgpu.',
    );
  }
  return { device: 'cpu', reason: missing };
}

/**
 * Several steps ask, and `nvidia-smi` may take a second.
 * @type {{ gpu?: string, missing: string } | undefined}
 */
let looked;

/**
 * @param {number} wait
 * @returns {{ gpu?: string, missing: string }}
 */
function lookForGpu(wait) {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const asked = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: wait });
  if (asked.error) return { missing: whySilent(asked.error, wait) };
  const [name = '', driver = ''] = (asked.stdout.split('\n')[0] ?? '').split(', ');
  if (asked.status !== 0 || driver === '') {
    const said = (asked.stdout + asked.stderr).trim().split('\n')[0] || 'it lists none';
    return { missing: `the NVIDIA driver finds no GPU (\`nvidia-smi\`: ${said})` };
  }
  if (Number.parseInt(driver, 10) < oldestDriver) {
    return {
      missing: `the NVIDIA driver is ${driver}, and CUDA 12 needs ${oldestDriver} or newer`,
    };
  }
  return { gpu: `${name}, driver ${driver}`, missing: '' };
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} wait
 */
function whySilent({ code, message }, wait) {
  if (code === 'ENOENT') return 'no NVIDIA driver was found (`nvidia-smi` is not there)';
  if (code === 'ETIMEDOUT') {
    return `the NVIDIA driver did not answer (\`nvidia-smi\` was still silent after ${wait / 1000} s)`;
  }
  return `\`nvidia-smi\` is there and cannot be run (${code ?? message})`;
}

module.exports = { chooseDevice };
