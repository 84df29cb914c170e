import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { root } from '../../../scripts/setup/paths';
import { fingerprint } from '../../../scripts/setup/stamp';
import { run } from '../../support/children';
import { folderWith } from '../../support/pictures';

test('the weights of pre-trained networks are there when those of the list were brought', async () => {
  const project = await folderWith({});
  await cp(path.join(root, 'scripts'), path.join(project, 'scripts'), { recursive: true });
  const isDone = async () => {
    const code =
      "process.stdout.write(String(require('./scripts/setup/pretrained-weights').isDone()));";
    return (await run(process.execPath, ['-e', code], { cwd: project })).stdout;
  };
  expect(await isDone()).toBe('false');

  const list = path.join(project, 'scripts/python/weights.txt');
  const weights = path.join(project, '.venv/share/smile-lab/weights');
  await mkdir(weights, { recursive: true });
  const stamp = fingerprint(await readFile(list, 'utf8'));
  await writeFile(path.join(weights, '.smile-lab-weights'), stamp);
  expect(await isDone()).toBe('true');

  await writeFile(list, 'another list');
  expect(await isDone()).toBe('false');
});
