import {
  checkedOptions,
  type ImageDatasetOptions,
} from '../../../src/images/datasets/datasetOptions';

test('checkedOptions() fills in the defaults of Keras', () => {
  expect(checkedOptions('Cannot load', {})).toMatchObject({
    imageSize: [256, 256],
    interpolation: 'bilinear',
    batchSize: 32,
    labelMode: 'int',
    shuffle: true,
    skipUnreadable: false,
  });
});

test('checkedOptions() draws a seed when none is given', () => {
  const seeds = [1, 2, 3].map(() => checkedOptions('Cannot load', {}).seed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
});

test('checkedOptions() lets ordered pictures be split without a seed', () => {
  const options = { shuffle: false, validationSplit: 0.2, subset: 'training' } as const;
  expect(checkedOptions('Cannot load', options)).toMatchObject(options);
});

test.each<[unknown, ErrorConstructor, string]>([
  [{ imageSize: [0, 1] }, RangeError, 'imageSize must be two whole numbers from 1, got [ 0, 1 ]'],
  [{ batchSize: 0 }, RangeError, 'batchSize must be a whole number from 1, got 0'],
  [{ batchSize: 2.5 }, RangeError, 'batchSize must be a whole number from 1, got 2.5'],
  [
    { labelMode: 'sparse' },
    RangeError,
    'labelMode must be "binary" or "categorical" or "int", got "sparse"',
  ],
  [{ cache: 5 }, TypeError, 'cache must be { memory, disk } in bytes, got 5'],
  [{ cache: null }, TypeError, 'cache must be { memory, disk } in bytes, got null'],
  [{ cache: { ram: 5 } }, RangeError, 'what cache limits must be "memory" or "disk", got "ram"'],
  [{ cache: { memory: -1 } }, RangeError, 'cache.memory must be a number of bytes from 0, got -1'],
  [
    { cache: { disk: '1 GB' } },
    RangeError,
    'cache.disk must be a number of bytes from 0, got "1 GB"',
  ],
  [{ seed: 0.5 }, RangeError, 'seed must be a whole number from 0, got 0.5'],
  [{ seed: -1 }, RangeError, 'seed must be a whole number from 0, got -1'],
  [
    { validationSplit: 0.2, subset: 'both', seed: 1 },
    RangeError,
    'subset must be "training" or "validation", got "both"',
  ],
  ...[0, 1, -0.1, 20, NaN].map((validationSplit): [unknown, ErrorConstructor, string] => [
    { validationSplit, subset: 'training', seed: 1 },
    RangeError,
    `validationSplit must lie between 0 and 1, got ${validationSplit}`,
  ]),
  [{ subset: 'training' }, TypeError, 'subset requires validationSplit, got none'],
  [{ validationSplit: 0.2, seed: 1 }, TypeError, 'validationSplit requires subset, got none'],
  [
    { validationSplit: 0.2, subset: 'training' },
    TypeError,
    'validationSplit of shuffled pictures requires a seed, the same for both parts, got none',
  ],
])('checkedOptions() throws on %j', (options, type, message) => {
  const check = () => checkedOptions('Cannot load', options as ImageDatasetOptions);
  expect(check).toThrow(type);
  expect(check).toThrow(`Cannot load: ${message}`);
});
