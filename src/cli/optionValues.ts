import { InvalidArgumentError, Option } from 'commander';

/** What `--model` and `convert` take. */
export const MODEL_PATH = 'a folder that train made, a model.json, or a file .keras or .h5';

/** Reads a number that an option was given. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return number;
  };
}

/** `--port`, of a page unless told otherwise. */
export function portOption(what = 'of the page; default: one that is free'): Option {
  return new Option('--port <number>', what).argParser((text: string) => {
    const port = wholeNumberFrom(1)(text);
    if (port > 65535) throw new InvalidArgumentError('It must be a port from 1 to 65535.');
    return port;
  });
}

/** Reads a folder that an option was given. */
export function folderName(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must name a folder.');
  return text;
}

/** `--registry`, of versions of models. */
export function registryOption(): Option {
  return new Option('--registry <folder>', 'where the versions are')
    .argParser(folderName)
    .default('models/registry');
}

/** What stands at the end of a command's help. */
export function examples(lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ npx smile-lab ${line}`)].join('\n');
}
