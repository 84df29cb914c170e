import { readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { featuresOf } from '../../../src/models/pretrained/featuresOf';
import type { Backbone } from '../../../src/models/pretrained/loadBackbone';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png, speckled } from '../../support/pictures';
import { tinyBackbone } from './tinyBackbone';

let backbone: Backbone;
let pictures: Array<{ path: string }>;
let cache: string;

beforeAll(async () => {
  backbone = await tinyBackbone();
});
afterAll(() => backbone.model.dispose());

beforeEach(async () => {
  const folder = await folderWith({
    'red.png': await png(200, 10, 10, 8, 8),
    'speckled.png': await speckled(8, 8, 3).png().toBuffer(),
    'red-again.png': await png(200, 10, 10, 8, 8),
  });
  pictures = ['red.png', 'speckled.png', 'red-again.png'].map((name) => ({
    path: path.join(folder, name),
  }));
  cache = path.join(await folderWith({}), 'features');
});

/** The features as numbers, and for how many pictures they were computed. */
async function features(of: Backbone = backbone, files = pictures) {
  let computed = 0;
  const found = await featuresOf(of, files, { cache, onProgress: () => computed++ });
  const values = (await found.array()) as number[][];
  found.dispose();
  return { values, computed };
}

async function filesInCache(): Promise<string[]> {
  const names = await readdir(cache, { recursive: true });
  return names.filter((name) => name.endsWith('.features')).map((name) => path.join(cache, name));
}

describe('featuresOf()', () => {
  test('gives the mean of each map, in the order of the pictures', async () => {
    const before = tf.memory().numTensors;
    const { values } = await features();
    const pixels = await loadImage(pictures[1]!.path, { imageSize: [8, 8] });
    const wanted = tf.tidy(() => {
      const maps = backbone.model.predict(pixels.mul(1 / 255).expandDims(0)) as tf.Tensor;
      return maps.mean([1, 2]).dataSync();
    });
    pixels.dispose();
    expect(values.map((row) => row.length)).toEqual([5, 5, 5]);
    values[1]!.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
    expect(values[0]).toEqual(values[2]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('computes a picture once, whatever it is called', async () => {
    const first = await features();
    const second = await features();
    expect([first.computed, second.computed]).toEqual([2, 0]);
    expect(second.values).toEqual(first.values);
    const moved = `${pictures[1]!.path}.png`;
    await rename(pictures[1]!.path, moved);
    expect((await features(backbone, [{ path: moved }])).computed).toBe(0);
  });

  test('computes anew what a picture shows now', async () => {
    const before = await features();
    await writeFile(pictures[0]!.path, await png(10, 10, 200, 8, 8));
    const after = await features();
    expect(after.computed).toBe(1);
    expect(after.values[0]).not.toEqual(before.values[0]);
  });

  test.each([
    ['another layer', async () => tinyBackbone({ layer: 'first' })],
    ['other weights', async () => tinyBackbone({ seed: 2 })],
    [
      'another input',
      async () => ({
        ...(await tinyBackbone()),
        input: { ...backbone.input, rescale: 'none' as const },
      }),
    ],
  ])('keeps those of %s apart', async (_, make) => {
    await features();
    const other = await make();
    expect((await features(other)).computed).toBe(2);
    expect((await features()).computed).toBe(0);
    other.model.dispose();
  });

  test('takes a file that is cut off for none, and leaves nothing unfinished', async () => {
    await features();
    const [file, ...others] = await filesInCache();
    expect(others).toEqual([]);
    expect(await readdir(path.dirname(file!))).toEqual([path.basename(file!)]);
    await truncate(file!, (await readFile(file!)).length - 1);
    expect((await features()).computed).toBe(2);
  });

  test('keeps nothing with cache: false', async () => {
    const found = await featuresOf(backbone, pictures, { cache: false });
    expect(found.shape).toEqual([3, 5]);
    found.dispose();
    await expect(filesInCache()).rejects.toThrow('ENOENT');
  });

  test('goes on, and says so, where the cache cannot be written', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    await writeFile(cache, 'a file where the folder would be');
    expect((await features()).values).toHaveLength(3);
    expect(warn.mock.calls.flat().join()).toMatch(
      /^Features are not kept in ".*", so they are computed anew the next time: /,
    );
    warn.mockRestore();
  });

  test('refuses no picture, one that cannot be read, and a text where a list must stand', async () => {
    await expect(features(backbone, [])).rejects.toThrow(
      'Cannot compute features: at least one picture is required, got []',
    );
    await expect(features(backbone, [{ path: 'missing.png' }])).rejects.toThrow('missing.png');
  });
});
