import { chmod } from 'node:fs/promises';
import path from 'node:path';

import { folderWith } from '../../support/pictures';
import { callScript } from '../../support/scriptProcess';

/** What is chosen where `nvidia-smi` prints this, or where there is none. */
async function chooseDevice(asked: string, nvidiaSmi?: string, wait = 20_000) {
  const folder = await folderWith(nvidiaSmi ? { 'nvidia-smi': `#!/bin/sh\n${nvidiaSmi}\n` } : {});
  if (nvidiaSmi) await chmod(path.join(folder, 'nvidia-smi'), 0o755);
  return callScript(`require('./scripts/setup/device').chooseDevice(${wait})`, {
    PATH: folder,
    SMILE_DEVICE: asked,
  });
}

const works = 'echo "NVIDIA H200, 570.86.15"';
const noDriver =
  'echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9';

describe('chooseDevice()', () => {
  test('takes the GPU where one works, and says which', async () => {
    expect(await chooseDevice('', works)).toEqual({
      device: 'gpu',
      reason: 'NVIDIA H200, driver 570.86.15',
    });
  });

  test('takes the CPU without an NVIDIA driver, and says so', async () => {
    expect(await chooseDevice('')).toEqual({
      device: 'cpu',
      reason: 'no NVIDIA driver was found (`nvidia-smi` is not there)',
    });
  });

  test.each(['cpu', 'webgpu'])(
    'takes what SMILE_DEVICE=%s asks for, also beside a GPU',
    async (device) => {
      expect(await chooseDevice(device, works)).toEqual({
        device,
        reason: `SMILE_DEVICE=${device} asks for it`,
      });
    },
  );

  test('says that nvidia-smi did not answer, where it hangs, not that it is missing', async () => {
    expect(await chooseDevice('', 'exec /bin/sleep 60', 300)).toEqual({
      device: 'cpu',
      reason: 'the NVIDIA driver did not answer (`nvidia-smi` was still silent after 0.3 s)',
    });
  });

  test('says that nvidia-smi is there, where it cannot be run', async () => {
    const folder = await folderWith({ 'nvidia-smi': works });
    await chmod(path.join(folder, 'nvidia-smi'), 0o644);
    const { reason } = callScript<{ reason: string }>(
      "require('./scripts/setup/device').chooseDevice()",
      { PATH: folder },
    ) as { reason: string };
    expect(reason).toBe('`nvidia-smi` is there and cannot be run (EACCES)');
  });

  test.each([
    ['no NVIDIA driver was found', undefined],
    ['the NVIDIA driver finds no GPU', noDriver],
    ['the NVIDIA driver finds no GPU (`nvidia-smi`: it lists none)', 'true'],
    ['the NVIDIA driver is 470.256.02, and CUDA 12 needs 525', 'echo "Tesla K80, 470.256.02"'],
  ])('throws when SMILE_DEVICE=gpu asks for one and %s', async (missing, nvidiaSmi) => {
    expect(await chooseDevice('gpu', nvidiaSmi)).toEqual({
      message: expect.stringContaining(`SMILE_DEVICE=gpu asks for a GPU, but ${missing}`),
      cure: expect.stringContaining('Install the NVIDIA driver'),
    });
  });

  test('throws when SMILE_DEVICE is none of the three', async () => {
    expect(await chooseDevice('banana')).toEqual({
      message: 'SMILE_DEVICE must be "cpu", "gpu" or "webgpu", and it is "banana"',
      cure: expect.stringContaining('Set it to one of the three'),
    });
  });
});
