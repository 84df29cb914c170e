import { Command } from 'commander';
import { backgroundOption, colorModeOption } from './backgroundOption';
import type { CheckCommandOptions } from './check';
import { examples } from './optionValues';

/** The command `check`. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'report what is wrong with a folder of pictures; it changes nothing unless asked to',
    )
    .argument('<folder>', 'folder that holds one folder of pictures for each class')
    .option('--quarantine', 'move invalid files to a new folder beside the data', false)
    .addOption(backgroundOption('transparency is dropped, with a warning'))
    .addOption(colorModeOption('rgb'))
    .option('--grid <file>', 'draw the suspect pictures into a new file, FILE.svg')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples([
        'check data/emotions-with-faults',
        'check my-faces --quarantine --grid suspects.svg',
      ]),
    )
    .action(async (folder: string, options: CheckCommandOptions) => {
      const { check } = await import('./check');
      await check(folder, options);
    });
}

/** The command `restore`. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('move the files of a quarantine back to where they were')
    .argument('<quarantine>', 'the folder that check --quarantine made, or the report in it')
    .addHelpText('after', () => examples(['restore my-faces-quarantine']))
    .action(async (quarantine: string) => {
      const { restore } = await import('./restore');
      await restore(quarantine);
    });
}

/** The command `doctor`, which scripts/smile-lab.js answers, since it needs nothing installed; here for --help. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('report what is installed, which device trains, and why')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () => examples(['doctor', 'doctor --json']));
}

/** The command `get`, which scripts/smile-lab.js answers as well, by the tools of the set-up; here for --help. */
export function getCommand(): Command {
  return new Command('get')
    .description(
      'download what few need: fer, networks that find faces in photographs, 30 MB; onnx, what writes .onnx, 40 MB',
    )
    .argument(
      '<name>',
      'fer: BlazeFace, and a network that names what it takes for their feeling; onnx: tf2onnx, and ONNX Runtime',
    )
    .addHelpText('after', () => examples(['get fer', 'get onnx']));
}
