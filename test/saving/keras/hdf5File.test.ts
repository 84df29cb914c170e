import { Hdf5File, hdf5Content } from '../../../src/saving/keras/hdf5File';

const groups = [
  {
    path: 'layers/dense/vars',
    attributes: { name: 'dense' },
    arrays: [
      { name: '0', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
      { name: '1', shape: [], values: BigInt64Array.of(5n) },
    ],
  },
];

async function opened(limit = 1000): Promise<Hdf5File> {
  return Hdf5File.open(await hdf5Content(groups), limit);
}

test('Hdf5File reads what hdf5Content() has written', async () => {
  const file = await opened();
  expect(file.names('layers/dense/vars')).toEqual(['0', '1']);
  expect(file.attribute('layers/dense/vars', 'name')).toBe('dense');
  expect(file.read('layers/dense/vars/0', [2, 2]).values).toEqual(Float32Array.of(1, 2, 3, 4));
  expect(file.read('layers/dense/vars/1', []).values).toEqual(Float32Array.of(5));
  file.close();
});

test('Hdf5File says what is not there', async () => {
  const file = await opened();
  expect(file.names('layers/conv')).toEqual([]);
  expect(file.names('layers/dense/vars/0')).toEqual([]);
  expect(file.attribute('layers/dense/vars', 'none')).toBeUndefined();
  expect(file.attribute('layers', 'none')).toBeUndefined();
  expect(() => file.read('layers/conv/vars/0', [1])).toThrow('"layers/conv/vars/0" is missing');
  expect(() => file.read('layers/dense/vars', [1])).toThrow('"layers/dense/vars" is missing');
  expect(() => file.read('layers/dense/vars/0', [4])).toThrow(
    '"layers/dense/vars/0" must have the shape [4], got [2,2]',
  );
  file.close();
});

test('Hdf5File reads no more than its limit in all', async () => {
  const file = await opened(20);
  file.read('layers/dense/vars/0', [2, 2]); // 16 bytes
  expect(() => file.read('layers/dense/vars/0', [2, 2])).toThrow(
    'it claims to hold far more numbers than there is room for in the file',
  );
  file.close();
});

test('Hdf5File keeps files apart that are open at the same time', async () => {
  const [one, two] = await Promise.all([opened(), opened()]);
  one.close();
  expect(two.read('layers/dense/vars/1', []).values).toEqual(Float32Array.of(5));
  two.close();
});
