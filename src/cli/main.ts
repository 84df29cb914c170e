import { Command, CommanderError } from 'commander';
import { projectVersion } from '../files/projectFolder';
import { writeProblem } from '../files/writeProblem';
import type { Recipe } from '../recipes/recipe';
import { readRecipes } from '../recipes/recipes';
import { checkCommand, doctorCommand, getCommand, restoreCommand } from './checkCommands';
import { exportCommand } from './exportCommand';
import { convertCommand, evaluateCommand, predictCommand } from './modelCommands';
import { modelsCommand, modelsCommands } from './modelsCommands';
import { examples } from './optionValues';
import { plotCommand } from './plotCommand';
import { serveCommand } from './serveCommand';
import { trainCommand } from './trainCommand';

/**
 * The command `smile-lab`.
 *
 * @param args what stands behind the command's name
 * @param recipes all that `--recipe` may name; those of the project when left out
 * @returns the exit status: 0 when the work was done, 1 when it was not, 2 for wrong usage
 */
export async function main(args: string[], recipes = readRecipes()): Promise<number> {
  // A notebook cell may start this command, and hands its environment on; but here is no notebook to draw in.
  delete process.env['SMILE_LAB_KERNEL'];
  endWithoutReader();
  try {
    await program(recipes).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

/** Nobody waits for more where standard output cannot be written (`| head`, a full disk): Node would print a stack. */
function endWithoutReader(): void {
  process.stderr.on('error', () => process.exit(1));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EPIPE' ? 'nobody reads it any more' : writeProblem(error);
    process.stderr.write(`Cannot write to standard output: ${reason}\n`);
    process.exit(1);
  });
}

/** Of `train my-faces`, where the folder is an option and for `check` is none. */
function nameDataOption(command: Command): void {
  command.allowExcessArguments().hook('preAction', () => {
    if (command.args.length === 0) return;
    command.error(
      `error: '${command.name()}' takes the folder of pictures by an option: --data <folder>`,
    );
  });
}

function program(recipes: readonly Recipe[]): Command {
  const smileLab = new Command('smile-lab')
    .description('Trains and uses image classifiers on TensorFlow, as the lessons of Smile Lab do.')
    .version(projectVersion(), '--version', 'print the version')
    .addHelpText('after', () =>
      examples([
        'train --data data/happy-or-sad --out models/faces',
        'evaluate --model models/faces --data data/unseen-style',
        'predict --model models/faces me.jpg',
        'convert models/faces faces.keras',
        'models add faces models/faces --test data/unseen-style',
        'serve models/faces',
        'export web my-page --model models/faces',
        'plot faces',
        'check my-faces',
        'get fer',
        'doctor',
      ]),
    )
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)');
  const commands = [
    trainCommand(recipes),
    predictCommand(),
    evaluateCommand(),
    convertCommand(),
    modelsCommand(),
    serveCommand(),
    exportCommand(),
    plotCommand(),
    checkCommand(),
    restoreCommand(),
    getCommand(),
    doctorCommand(),
  ];
  for (const command of commands) {
    smileLab.addCommand(command.copyInheritedSettings(smileLab));
    for (const inner of command.commands) inner.copyInheritedSettings(command);
    if (command.options.some(({ long }) => long === '--data')) nameDataOption(command);
    if (command.name() !== 'models') continue;
    for (const below of modelsCommands()) command.addCommand(below.copyInheritedSettings(command));
  }
  return smileLab;
}
