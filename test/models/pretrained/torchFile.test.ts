import { readTorchFile } from '../../../src/models/pretrained/torchFile';

/*
 * As `torch.save` wrote it before PyTorch 1.6, made by Python's own pickle: five pickles (the number, the version, the
 * machine, the tensors, the keys), and behind them the numbers 0 to 5 of storage "a" and the 7 of storage "b".
 *
 *     turned: storage a, from 0, shape (2, 3), strides (1, 2)
 *     last:   storage a, from 4, shape (2,), strides (1,)
 *     count:  storage b, whole numbers, shape ()
 */
const file = Buffer.from(
  'gAKKCmz8nEb5IGqoUBkugAJN6QMugAJ9cQBYDQAAAGxpdHRsZV9lbmRpYW5xAYhzLoACY2NvbGxlY3Rpb25zCk9yZGVyZWREaWN0CnEAKVJxAShYBgAAAHR1cm5lZHECY3RvcmNoLl91dGlscwpfcmVidWlsZF90ZW5zb3JfdjIKcQMoKFgHAAAAc3RvcmFnZXEEY3RvcmNoCkZsb2F0U3RvcmFnZQpxBVgBAAAAYXEGWAMAAABjcHVxB0sGTnRxCFFLAEsCSwOGcQlLAUsChnEKiWgAKVJxC3RxDFJxDVgEAAAAbGFzdHEOaAMoKGgEaAVoBmgHSwZOdHEPUUsESwKFcRBLAYVxEYloAClScRJ0cRNScRRYBQAAAGNvdW50cRVoAygoaARjdG9yY2gKTG9uZ1N0b3JhZ2UKcRZYAQAAAGJxF2gHSwFOdHEYUUsAKSmJaAApUnEZdHEaUnEbdS6AAl1xAChYAQAAAGFxAVgBAAAAYnECZS4GAAAAAAAAAAAAAAAAAIA/AAAAQAAAQEAAAIBAAACgQAEAAAAAAAAABwAAAAAAAAA=',
  'base64',
);

describe('readTorchFile()', () => {
  test('puts numbers in rows whose strides say that they lie in columns', () => {
    // [row, column] lies at row · 1 + column · 2
    expect(readTorchFile(file).get('turned')).toEqual({
      shape: [2, 3],
      values: Float32Array.of(0, 2, 4, 1, 3, 5),
    });
  });

  test('reads a tensor that begins in the middle of a storage', () => {
    expect(readTorchFile(file).get('last')?.values).toEqual(Float32Array.of(4, 5));
  });

  test('leaves out whole numbers', () => {
    expect([...readTorchFile(file).keys()]).toEqual(['turned', 'last']);
  });

  test.each([
    ['in its pickles', 100, 'it ends in the middle'],
    ['in its numbers', file.length - 20, 'it ends before all its numbers'],
    ['in its last number', file.length - 1, 'it ends before all its numbers'],
  ])('refuses a file that is cut off %s', (_, length, reason) => {
    expect(() => readTorchFile(file.subarray(0, length))).toThrow(new Error(reason));
  });

  test('refuses a tensor that is larger than its storage', () => {
    // The shape (2, 3) becomes (2, 4).
    const changed = Buffer.from(file);
    changed[file.indexOf(Buffer.from([0x4b, 2, 0x4b, 3, 0x86])) + 3] = 4;
    expect(() => readTorchFile(changed)).toThrow('it ends before all numbers of turned');
  });

  test('refuses another file', () => {
    expect(() => readTorchFile(Buffer.from('80024b072e', 'hex'))).toThrow();
    const other = Buffer.from(file);
    other[4]! ^= 1;
    expect(() => readTorchFile(other)).toThrow(
      'it does not hold tensors by name, as PyTorch before 1.6 wrote them',
    );
  });
});
