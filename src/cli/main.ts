import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { writeProblem } from '../files/writeProblem';
import type { Recipe } from '../recipes/recipe';
import { defaultRecipe, readRecipes } from '../recipes/recipes';
import { backgroundOption } from './backgroundOption';
import type { CheckOptions } from './check';
import type { EvaluateOptions } from './evaluate';
import { modelOptions } from './modelOptions';
import type { PlotOptions } from './plot';
import type { PredictOptions } from './predict';
import type { TrainOptions } from './trainOptions';
import { version } from './version';

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

const modelPath = 'a folder that train made, a model.json, or a file .keras or .h5';

function program(recipes: readonly Recipe[]): Command {
  const recipeNames = recipes.map(({ name }) => name);
  const defaults = recipes.map(({ name, epochs }) => `${epochs} (${name})`).join(', ');
  const kept = recipes.filter(({ isKept }) => isKept).map(({ name }) => name);
  const smileLab = new Command('smile-lab')
    .description('Trains and uses image classifiers on TensorFlow, as the lessons of Smile Lab do.')
    .version(version(), '--version', 'print the version')
    .addHelpText('after', () =>
      examples([
        'train --data data/happy-or-sad --out models/faces',
        'evaluate --model models/faces --data data/unseen-style',
        'predict --model models/faces me.jpg',
        'convert models/faces faces.keras',
        'plot faces',
        'check my-faces',
        'doctor',
      ]),
    )
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)');

  smileLab
    .command('train')
    .description('train a classifier on folders of pictures, one folder a class, and save it')
    .option('--data <folder>', 'folder that holds one folder of pictures for each class; required')
    .addOption(
      new Option('--recipe <name>', 'network and training')
        .choices(recipeNames)
        .default(defaultRecipe),
    )
    .option(
      '--epochs <number>',
      `stop after so many epochs at the latest; default: ${defaults}`,
      wholeNumberFrom(1),
    )
    .option(
      '--seed <number>',
      'for the initial weights and the order of pictures',
      wholeNumberFrom(0),
      1,
    )
    .option('--out <folder>', 'where to save; default: a new folder in models/', folderName)
    .addOption(backgroundOption('as in Keras, transparency is dropped'))
    .addOption(
      new Option(
        '--resume <run>',
        `go on with a run of the recipe ${kept.join(' or ')}, named by its folder`,
      )
        .argParser(folderName)
        .conflicts(['data', 'recipe', 'seed', 'out', 'force', 'background']),
    )
    .option('--force', 'replace the model in a folder that exists already', false)
    .option('--plot', 'draw the curves in the browser while they grow; prints the address', false)
    .addOption(portOption().implies({ plot: true }))
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples([
        'train --data data/happy-or-sad',
        'train --data ~/faces --epochs 30 --out models/faces --force',
        'train --recipe emotion --data data/emotions --out models/emotions',
        'train --resume models/emotions',
        'train --data data/happy-or-sad --plot',
      ]),
    )
    .action(async (given: TrainOptions, command: Command) => {
      const { data, resume } = given;
      if (data === undefined && resume === undefined) {
        command.error("error: required option '--data <folder>' not specified");
      }
      // Only now: TensorFlow takes a second to load, and --help or a typing error need not wait for it.
      const { train } = await import('./train');
      await train(given, recipes);
    });

  const predict = smileLab
    .command('predict')
    .description('name the class of pictures')
    .requiredOption('--model <path>', modelPath)
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

  const evaluate = smileLab
    .command('evaluate')
    .description('measure a classifier on folders of pictures, one folder a class')
    .requiredOption('--model <path>', modelPath)
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
  for (const command of [predict, evaluate]) {
    command.addOption(backgroundOption('as the model was trained'));
    modelOptions().forEach((o) => command.addOption(o));
  }

  smileLab
    .command('convert')
    .description("write a model as .keras, as .h5, or as a folder in tfjs's format")
    .argument('<in>', modelPath)
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

  smileLab
    .command('plot')
    .description('draw the curves of runs in the browser, several in one chart')
    .argument('<runs...>', 'names of runs in logs/, or folders that hold a run.jsonl; at most 6')
    .addOption(portOption())
    .option(
      '--wait <seconds>',
      'end when nobody has opened the page for so long',
      wholeNumberFrom(0),
      120,
    )
    .addHelpText('after', () =>
      [
        '',
        'It prints the address of the page, which this computer alone can open, and opens it where there is a desktop.',
        'It ends when the page is closed; Ctrl-C ends it at once, and what is drawn stays in the browser.',
        examples([
          'plot first-try',
          'plot first-try second-try',
          'plot logs/first-try --port 8050',
        ]),
      ].join('\n'),
    )
    .action(async (runs: string[], options: PlotOptions, command: Command) => {
      const { mostRuns, plot } = await import('./plot');
      if (runs.length > mostRuns) {
        command.error(`error: at most ${mostRuns} runs can be told apart, got ${runs.length}`);
      }
      await plot(runs, options);
    });

  smileLab
    .command('check')
    .description('tell what is wrong with a folder of pictures; it changes nothing unless told to')
    .argument('<folder>', 'folder that holds one folder of pictures for each class')
    .option('--quarantine', 'move invalid files to a new folder beside the data', false)
    .addOption(backgroundOption('transparency is dropped, and told of'))
    .option('--grid <file>', 'draw the suspect pictures into a new SVG file')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples([
        'check data/emotions-with-faults',
        'check my-faces --quarantine --grid suspects.svg',
      ]),
    )
    .action(async (folder: string, options: CheckOptions) => {
      const { check } = await import('./check');
      await check(folder, options);
    });

  smileLab
    .command('restore')
    .description('move the files of a quarantine back to where they were')
    .argument('<quarantine>', 'the folder that check --quarantine made, or the report in it')
    .addHelpText('after', () => examples(['restore my-faces-quarantine']))
    .action(async (quarantine: string) => {
      const { restore } = await import('./restore');
      await restore(quarantine);
    });

  // Answered by scripts/smile-lab.js, which needs nothing installed; here for --help.
  smileLab
    .command('doctor')
    .description('tell what is installed, which device trains, and why')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () => examples(['doctor', 'doctor --json']));
  return smileLab;
}

function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return number;
  };
}

function portOption(): Option {
  return new Option('--port <number>', 'of the page; default: one that is free').argParser(
    (text: string) => {
      const port = wholeNumberFrom(1)(text);
      if (port > 65535) throw new InvalidArgumentError('It must be a port from 1 to 65535.');
      return port;
    },
  );
}

function folderName(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must name a folder.');
  return text;
}

function examples(lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ npx smile-lab ${line}`)].join('\n');
}
