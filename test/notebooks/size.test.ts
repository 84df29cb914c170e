import { notebooksMegabytes } from '../../scripts/bench/measures/notebook';

test('all notebooks together stay under 5 MB, with their pictures', () => {
  expect(notebooksMegabytes()).toBeGreaterThan(0.1);
  expect(notebooksMegabytes()).toBeLessThan(5);
});
