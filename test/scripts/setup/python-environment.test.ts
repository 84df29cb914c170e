import { cp, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/setup/paths';
import { fingerprint } from '../../../scripts/setup/stamp';
import { run } from '../../support/children';
import { folderWith } from '../../support/pictures';

let project: string;

// As much of an environment as is looked at: what it holds is told by its stamp.
beforeAll(async () => {
  const tensorflow = '.venv/lib/python3.12/site-packages/tensorflow/libtensorflow_cc.so.2';
  project = await realpath(await folderWith({ '.venv/bin/python': '', [tensorflow]: '' }));
  await cp(path.join(root, 'scripts'), path.join(project, 'scripts'), { recursive: true });
});

/** Whether an environment with these packages will do for a device. */
async function isDone(packages: 'cpu' | 'gpu', device: string): Promise<string> {
  const list = await readFile(path.join(project, `scripts/python/${packages}.txt`), 'utf8');
  await writeFile(path.join(project, '.venv/.smile-lab-python'), fingerprint(list, project));
  const nvidiaSmi = await folderWith({ 'nvidia-smi': '#!/bin/sh\necho "Tesla T4, 570.86"\n' });
  const code = `require('node:fs').chmodSync(${JSON.stringify(path.join(nvidiaSmi, 'nvidia-smi'))}, 0o755);
    process.stdout.write(String(require('./scripts/setup/python-environment').isDone()));`;
  const env = { SMILE_DEVICE: device, PATH: nvidiaSmi };
  return (await run(process.execPath, ['-e', code], { cwd: project, env })).stdout;
}

test.each([
  ['cpu', 'cpu', 'true'],
  ['cpu', 'webgpu', 'true'],
  ['cpu', 'gpu', 'false'],
  ['gpu', 'gpu', 'true'],
  ['gpu', 'cpu', 'true'],
  ['gpu', 'webgpu', 'true'],
] as const)(
  'TensorFlow for the device %s, asked for with SMILE_DEVICE=%s: will it do? %s',
  async (packages, device, answer) => {
    expect(await isDone(packages, device)).toBe(answer);
  },
);
