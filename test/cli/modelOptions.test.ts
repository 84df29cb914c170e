import { Command } from 'commander';

import { modelOptions, foreignModelOptions } from '../../src/cli/modelOptions';

function told(...args: string[]) {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of modelOptions()) command.addOption(option);
  return foreignModelOptions(command.parse(args, { from: 'user' }).opts());
}

test('foreignModelOptions() hands on what the terminal tells of a model of others', () => {
  expect(told()).toEqual({});
  expect(told('--classes', 'happy, sad', '--image-size', '150x200', '--scale', '1/255')).toEqual({
    classNames: ['happy', 'sad'],
    input: { imageSize: [150, 200], rescale: { scale: 1 / 255 } },
  });
  expect(told('--crop-to-aspect-ratio')).toEqual({ input: { cropToAspectRatio: true } });
  expect(told('--pad-to-aspect-ratio')).toEqual({ input: { padToAspectRatio: true } });
  expect(told('--preprocess-input', 'tf')).toEqual({
    input: { rescale: { divisor: 127.5, mean: 1 } },
  });
});

test.each([
  [['--preprocess-input', 'caffe'], 'Allowed choices are tf, torch.'],
  [['--preprocess-input', 'tf', '--scale', '1'], 'cannot be used with option'],
  [['--crop-to-aspect-ratio', '--pad-to-aspect-ratio'], 'cannot be used with option'],
  [['--scale', '0'], 'It must be a number above 0, or a fraction as 1/255.'],
])('%j is refused', (args, reason) => {
  expect(() => told(...args)).toThrow(reason);
});
