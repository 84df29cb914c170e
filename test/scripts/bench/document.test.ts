import { fillTemplate } from '../../../scripts/bench/document';

describe('fillTemplate()', () => {
  test('does not leave out a value that is missing', () => {
    expect(() => fillTemplate('step.md', { title: 'happy-or-sad' })).toThrow(
      'Cannot fill step.md: a value for "whole" is required, got none',
    );
  });
});
