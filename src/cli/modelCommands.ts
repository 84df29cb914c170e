import { Command } from 'commander';
import { backgroundOption } from './backgroundOption';
import type { EvaluateOptions } from './evaluate';
import { modelOptions } from './modelOptions';
import { examples, MODEL_PATH } from './optionValues';
import type { PredictOptions } from './predict';

/** The command `predict`. */
export function predictCommand(): Command {
  const command = new Command('predict')
    .description('name the class of pictures')
    .requiredOption('--model <path>', MODEL_PATH)
    .argument(
      '<pictures...>',
      'picture files (PNG, JPEG, GIF, BMP), folders of them, or addresses of this machine (http://localhost…)',
    )
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples([
        'predict --model models/faces me.jpg',
        'predict --model models/faces --json data/unseen-style',
        'predict --model seed.keras --classes Happy,Sad --scale 1/255 me.jpg',
      ]),
    )
    .action(async (pictures: string[], options: PredictOptions) => {
      const { predict } = await import('./predict');
      await predict(pictures, options);
    });
  return withModelOptions(command);
}

/** The command `evaluate`. */
export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('measure a classifier on folders of pictures, one folder a class')
    .requiredOption('--model <path>', MODEL_PATH)
    .requiredOption('--data <folder>', 'folder that holds one folder of pictures for each class')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples([
        'evaluate --model models/faces --data data/unseen-style',
        'evaluate --model seed.keras --classes happy,sad --scale 1/255 --data my-faces --json',
      ]),
    )
    .action(async (options: EvaluateOptions) => {
      const { evaluate } = await import('./evaluate');
      await evaluate(options);
    });
  return withModelOptions(command);
}

/** The command `convert`. */
export function convertCommand(): Command {
  return new Command('convert')
    .description("write a model as .keras, as .h5, or as a folder in tfjs's format")
    .argument('<in>', MODEL_PATH)
    .argument('<out>', 'a new file that ends in .keras or .h5, or a folder without a model')
    .addHelpText('after', () =>
      examples([
        'convert models/faces faces.keras',
        'convert faces.keras faces.h5',
        'convert faces.h5 models/faces-again',
      ]),
    )
    .action(async (from: string, to: string) => {
      const { convert } = await import('./convert');
      await convert(from, to);
    });
}

function withModelOptions(command: Command): Command {
  command.addOption(backgroundOption('as the model was trained'));
  for (const option of modelOptions()) command.addOption(option);
  return command;
}
