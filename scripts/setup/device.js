const { spawnSync } = require('node:child_process');
const { SetUpError } = require('./set-up-error');

/** CUDA 12 runs on this driver and newer: https://docs.nvidia.com/deploy/cuda-compatibility */
const oldestDriver = 525;

/**
 * Which TensorFlow to install: SMILE_DEVICE decides; without it an NVIDIA GPU is used where one works.
 * @returns {{ device: 'cpu' | 'gpu', reason: string }}
 * @throws {SetUpError} when SMILE_DEVICE asks for a GPU and none works, or asks for something else
 */
function chooseDevice() {
  const asked = process.env['SMILE_DEVICE'] || 'auto';
  if (!['auto', 'cpu', 'gpu'].includes(asked)) {
    throw new SetUpError(
      `SMILE_DEVICE must be "cpu" or "gpu", and it is "${asked}"`,
      'Set it to one of the two, or remove it: then a GPU is used where there is one.',
    );
  }
  if (asked === 'cpu') return { device: 'cpu', reason: 'SMILE_DEVICE=cpu asks for it' };
  const { gpu, missing } = (looked ??= lookForGpu());
  if (gpu) return { device: 'gpu', reason: gpu };
  if (asked === 'gpu') {
    throw new SetUpError(
      `SMILE_DEVICE=gpu asks for a GPU, but ${missing}`,
      'Install the NVIDIA driver and see that `nvidia-smi` lists the GPU (environment.md, «NVIDIA»), or remove SMILE_DEVICE to train on the CPU.',
    );
  }
  return { device: 'cpu', reason: missing };
}

/**
 * Several steps ask, and `nvidia-smi` may take a second.
 * @type {{ gpu?: string, missing: string } | undefined}
 */
let looked;

/** @returns {{ gpu?: string, missing: string }} */
function lookForGpu() {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const asked = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 20_000 });
  if (asked.error) return { missing: 'no NVIDIA driver was found (`nvidia-smi` is not there)' };
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

module.exports = { chooseDevice };
