import os from 'node:os';
import { loadWarning, machine } from '../../../scripts/bench/machine';

describe('machine()', () => {
  it('tells no name of the computer', () => {
    expect(JSON.stringify(machine())).not.toContain(os.hostname());
  });
});

describe('loadWarning()', () => {
  it('says nothing up to half of the cores', () => {
    expect(loadWarning(1, 2)).toBeUndefined();
  });

  it('warns of figures taken on a busy machine', () => {
    expect(loadWarning(1.25, 2)).toBe(
      'The machine was busy before the run (load average 1.3 on 2 cores): these figures are not worth keeping.',
    );
  });
});
