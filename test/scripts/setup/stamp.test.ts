import fs from 'node:fs';
import path from 'node:path';

import { fingerprint, Stamp } from '../../../scripts/setup/stamp';
import { folderWith } from '../../support/pictures';

describe('fingerprint()', () => {
  test('changes with each input and with the border between two', () => {
    const prints = [
      fingerprint('ab', 'c'),
      fingerprint('a', 'bc'),
      fingerprint('abc'),
      fingerprint('ab', 'd'),
    ];
    expect(new Set(prints).size).toBe(4);
  });

  test('is the same for the same inputs', () => {
    expect(fingerprint('ab', 'c')).toBe(fingerprint('ab', 'c'));
  });
});

describe('Stamp', () => {
  test('holds what was written, until it is removed', async () => {
    const stamp = new Stamp(path.join(await folderWith({}), 'made by a step', '.stamp'));
    expect(stamp.holds('one')).toBe(false);
    stamp.write('one');
    expect(stamp.holds('one')).toBe(true);
    expect(stamp.holds('two')).toBe(false);
    stamp.remove();
    expect(stamp.holds('one')).toBe(false);
    stamp.remove();
  });

  test('does not hold when a kill cut it off', async () => {
    const file = path.join(await folderWith({ '.stamp': 'on' }), '.stamp');
    expect(fs.readFileSync(file, 'utf8')).toBe('on');
    expect(new Stamp(file).holds('one')).toBe(false);
  });
});
