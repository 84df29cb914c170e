import { bmpColours } from '../../../src/images/formats/bmpColours';
import { bmp } from '../../support/pictures';

test('bmpColours() names a palette of colours, and no palette of greys', () => {
  const grey = bmp(4, 4, 8);
  expect(bmpColours(grey)).toBeUndefined();
  const coloured = Buffer.from(grey);
  coloured[54 + 4 * 7] = 200;
  expect(bmpColours(coloured)).toMatch(/^it has a palette/);
});

test('bmpColours() names masks that put red elsewhere', () => {
  const plain = bmp(4, 4, 32);
  expect(bmpColours(plain)).toBeUndefined();
  const masked = (red: number) => {
    const bytes = Buffer.from(plain);
    bytes.writeUInt32LE(3, 30);
    bytes.writeUInt32LE(red, 54);
    return bmpColours(bytes);
  };
  expect(masked(0xff)).toMatch(/^its masks put red/);
  expect(masked(0xff0000)).toBeUndefined();
});
