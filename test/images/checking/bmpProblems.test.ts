import { bmpProblems } from '../../../src/images/checking/bmpProblems';
import { bmp } from '../../support/pictures';

const kinds = (bytes: Buffer) => bmpProblems(bytes).map(({ kind }) => kind);

test('bmpProblems() names a palette of colours, and no palette of greys', () => {
  const grey = bmp(4, 4, 8);
  expect(kinds(grey)).toEqual([]);
  const coloured = Buffer.from(grey);
  coloured[54 + 4 * 7] = 200;
  expect(kinds(coloured)).toEqual(['bmp-colours']);
});

test('bmpProblems() names masks that put red elsewhere', () => {
  const plain = bmp(4, 4, 32);
  expect(kinds(plain)).toEqual([]);
  const masked = (red: number) => {
    const bytes = Buffer.from(plain);
    bytes.writeUInt32LE(3, 30);
    bytes.writeUInt32LE(red, 54);
    return kinds(bytes);
  };
  expect(masked(0xff)).toEqual(['bmp-colours']);
  expect(masked(0xff0000)).toEqual([]);
});
