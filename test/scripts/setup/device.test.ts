import { chmod } from 'node:fs/promises';
import path from 'node:path';

import { folderWith } from '../../support/pictures';
import { callScript } from '../../support/scriptProcess';

/** What is chosen where `nvidia-smi` prints this, or where there is none. */
async function chooseDevice(asked: string, nvidiaSmi?: string) {
  const folder = await folderWith(nvidiaSmi ? { 'nvidia-smi': `#!/bin/sh\n${nvidiaSmi}\n` } : {});
  if (nvidiaSmi) await chmod(path.join(folder, 'nvidia-smi'), 0o755);
  return callScript("require('./scripts/setup/device').chooseDevice()", {
    PATH: folder,
    SMILE_DEVICE: asked,
  });
}

const works = 'echo "NVIDIA H200, 570.86.15"';
const noDriver =
  'echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9';

describe('chooseDevice()', () => {
  it('takes the GPU where one works, and says which', async () => {
    expect(await chooseDevice('', works)).toEqual({
      device: 'gpu',
      reason: 'NVIDIA H200, driver 570.86.15',
    });
  });

  it('takes the CPU without an NVIDIA driver, and says so', async () => {
    expect(await chooseDevice('')).toEqual({
      device: 'cpu',
      reason: 'no NVIDIA driver was found (`nvidia-smi` is not there)',
    });
  });

  it('takes the CPU when SMILE_DEVICE=cpu asks for it, also beside a GPU', async () => {
    expect(await chooseDevice('cpu', works)).toEqual({
      device: 'cpu',
      reason: 'SMILE_DEVICE=cpu asks for it',
    });
  });

  it.each([
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

  it('throws when SMILE_DEVICE is neither of the two', async () => {
    expect(await chooseDevice('banana')).toEqual({
      message: 'SMILE_DEVICE must be "cpu" or "gpu", and it is "banana"',
      cure: expect.stringContaining('Set it to one of the two'),
    });
  });
});
