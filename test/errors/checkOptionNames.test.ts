import { checkOptionNames } from '../../src/errors/checkOptionNames';

interface Options {
  imageSize?: number;
  labelMode?: string;
  epochs?: number;
}
const check = (options: unknown) => () =>
  checkOptionNames<Options>('Cannot load', options as Options, {
    imageSize: true,
    labelMode: true,
    epochs: true,
  });

test('options that are known, one left out or undefined among them, pass', () => {
  expect(check({})).not.toThrow();
  expect(check({ imageSize: 1, epochs: undefined })).not.toThrow();
});

test.each([
  [{ image_size: 1 }, 'there is no option "image_size", did you mean "imageSize"? There are'],
  [{ LABELMODE: 1 }, 'there is no option "LABELMODE", did you mean "labelMode"?'],
  [{ imageSize: 1, epoch: 2 }, 'there is no option "epoch", did you mean "epochs"?'],
  [{ lableMode: 1 }, 'there is no option "lableMode", did you mean "labelMode"?'],
  [{ colour: 1 }, 'there is no option "colour". There are imageSize, labelMode, epochs'],
  [{ toString: 1 }, 'there is no option "toString".'],
  [3, 'options are required in an object, with imageSize, labelMode, epochs, got 3'],
  [null, 'got null'],
  [[1], 'got [ 1 ]'],
])('%j is refused by name', (options, message) => {
  expect(check(options)).toThrow(TypeError);
  expect(check(options)).toThrow('Cannot load: ');
  expect(check(options)).toThrow(message);
});
