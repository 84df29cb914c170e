import { Command, Option } from 'commander';
import { backgroundOption } from './backgroundOption';
import type { ConvertOptions } from './convert';
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
  const command = new Command('convert')
    .description(
      "write a model as .keras, .h5, or as a folder in tfjs's format; for phones and other programs as .tflite or .onnx",
    )
    .argument('<in>', MODEL_PATH)
    .argument(
      '<out>',
      'a new file that ends in .keras, .h5, .tflite or .onnx, or a folder without a model',
    )
    .addOption(
      new Option(
        '--quantize <how>',
        'keep weights in fewer bits: dynamic, float16 or int8 in a .tflite, float16, uint16 or uint8 in a folder; what is lost is measured first',
      ).choices(['dynamic', 'float16', 'int8', 'uint16', 'uint8']),
    )
    .option(
      '--samples <folder>',
      'pictures on which a .tflite, an .onnx, or what --quantize makes is measured, one folder a class',
    )
    .option('--accept-loss', 'write also what is right in more than 2 points less of them')
    .addHelpText('after', () =>
      examples([
        'convert models/faces faces.keras',
        'convert faces.keras faces.h5',
        'convert faces.h5 models/faces-again',
        'convert models/faces faces.tflite --quantize int8 --samples data/happy-or-sad',
        'convert models/faces faces.onnx',
      ]),
    )
    .action(async (from: string, to: string, options: ConvertOptions) => {
      const { convert } = await import('./convert');
      await convert(from, to, options);
    });
  for (const option of modelOptions()) command.addOption(option);
  return command;
}

function withModelOptions(command: Command): Command {
  command.addOption(backgroundOption('as the model was trained'));
  for (const option of modelOptions()) command.addOption(option);
  return command;
}
