import { chmod } from 'node:fs/promises';
import path from 'node:path';

import { dist } from '../../scripts/setup/paths';
import { compiled, run } from '../support/children';
import { folderWith } from '../support/pictures';

/** What is found where `nvidia-smi` is this, or where there is none. */
async function nvidiaGpus(nvidiaSmi?: string): Promise<unknown> {
  await compiled();
  const folder = await folderWith(nvidiaSmi ? { 'nvidia-smi': `#!/bin/sh\n${nvidiaSmi}\n` } : {});
  if (nvidiaSmi) await chmod(path.join(folder, 'nvidia-smi'), 0o755);
  const code = `const { nvidiaGpus } = require(${JSON.stringify(`${dist}/tensorflow/nvidiaGpus`)});
    console.log(JSON.stringify(nvidiaGpus()));`;
  const { stdout } = await run(process.execPath, ['-e', code], { env: { PATH: folder } });
  return JSON.parse(stdout);
}

// What nvidia-smi 570 prints with --format=csv,noheader,nounits: the name, and MiB.
test('nvidiaGpus() reads the name and the memory of each GPU', async () => {
  expect(await nvidiaGpus('echo "NVIDIA H200, 143771"; echo "Tesla T4, 15360"')).toEqual([
    { name: 'NVIDIA H200', memory: 150_754_820_096 },
    { name: 'Tesla T4', memory: 16_106_127_360 },
  ]);
});

test.each([
  ['is missing', undefined],
  ['fails', 'echo "NVIDIA-SMI has failed"; exit 9'],
  ['does not know the memory', 'echo "NVIDIA GB10, [N/A]"'],
])('nvidiaGpus() finds none where nvidia-smi %s', async (_, nvidiaSmi) => {
  expect(await nvidiaGpus(nvidiaSmi)).toEqual([]);
});
