import { warnUntraced } from '../../../src/tensorflow/graph/warnUntraced';

test('warnUntraced() says each reason once, though other models and other uses have it too', () => {
  const told: unknown[] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation((line) => void told.push(line));
  warnUntraced('faces', 'trains', 'its loss is a function of its own');
  warnUntraced('more faces', 'trains', 'its loss is a function of its own');
  warnUntraced('faces', 'is evaluated', 'its loss is a function of its own');
  warnUntraced('faces', 'predicts', 'it reads the values of a tensor');
  warn.mockRestore();
  expect(told).toEqual([
    'The model "faces" trains op by op, which is right but slower: its loss is a function of its own, so it cannot run as one graph.',
    'The model "faces" predicts op by op, which is right but slower: it reads the values of a tensor, so it cannot run as one graph.',
  ]);
});
