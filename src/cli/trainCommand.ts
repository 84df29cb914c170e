import { Command, Option } from 'commander';
import type { Recipe } from '../recipes/recipe';
import { DEFAULT_RECIPE } from '../recipes/recipes';
import { backgroundOption, colorModeOption } from './backgroundOption';
import { examples, folderName, portOption, wholeNumberFrom } from './optionValues';
import type { TrainOptions } from './trainOptions';

/**
 * The command `train`.
 *
 * @param recipes what `--recipe` may name
 */
export function trainCommand(recipes: readonly Recipe[]): Command {
  const recipeNames = recipes.map(({ name }) => name);
  const defaults = recipes.map(({ name, epochs }) => `${epochs} (${name})`).join(', ');
  const kept = recipes.filter(({ isKept }) => isKept).map(({ name }) => name);
  const keptInWords = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(kept);
  return new Command('train')
    .description('train a classifier on folders of pictures, one folder a class, and save it')
    .option('--data <folder>', 'folder that holds one folder of pictures for each class; required')
    .addOption(
      new Option('--recipe <name>', 'network and training')
        .choices(recipeNames)
        .default(DEFAULT_RECIPE),
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
    .addOption(colorModeOption('as the recipe says, rgb where it says nothing'))
    .addOption(
      new Option('--resume <run>', `resume a run of the recipe ${keptInWords}, named by its folder`)
        .argParser(folderName)
        .conflicts(['data', 'recipe', 'seed', 'out', 'force', 'background', 'colorMode']),
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
        'train --recipe emotions --data data/emotions-7',
        'train --resume models/emotions',
        'train --recipe transfer --data ~/faces',
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
}
