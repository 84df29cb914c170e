import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { hdf5Library } from '../../../src/saving/keras/hdf5Library';
import { executeCells } from '../../support/kernel';
import { folderWith } from '../../support/pictures';

test('hdf5Library() loads h5wasm once, under jest', async () => {
  const library = await hdf5Library();
  expect(typeof library.hdf5.File).toBe('function');
  expect(hdf5Library()).toBe(hdf5Library());
});

test('hdf5Library() keeps files from naming devices that wait or never end', async () => {
  const { module } = await hdf5Library();
  const devices = (module.FS as unknown as { readdir(path: string): string[] }).readdir('/dev');
  for (const name of ['stdin', 'tty', 'random', 'urandom']) expect(devices).not.toContain(name);
});

test('saveKeras() and loadKeras() work in a notebook of the real kernel, without a warning', async () => {
  const folder = await folderWith({});
  const outputs = await executeCells(
    [
      {
        source: `
import { loadKeras, saveKeras, tf } from 'smile-lab';
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
await saveKeras(model, 'model.keras');
const again = await loadKeras('model.keras');
console.log(again.getWeights()[0].equal(model.getWeights()[0]).all().dataSync()[0]);`,
      },
    ],
    folder,
  );
  expect(outputs).toEqual([[expect.objectContaining({ name: 'stdout', text: '1\n' })]]);
  expect(await readdir(folder)).toContain('model.keras');
  await rm(path.resolve(folder), { recursive: true });
});
