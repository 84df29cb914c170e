import os from 'node:os';
import { machine } from '../../../scripts/bench/machine';

describe('machine()', () => {
  test('tells no name of the computer', () => {
    expect(JSON.stringify(machine())).not.toContain(os.hostname());
  });
});
