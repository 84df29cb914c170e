import { Command } from 'commander';
import { modelOptions } from './modelOptions';
import type { AddCommandOptions, RegistryOptions } from './models';
import { examples, folderName, MODEL_PATH, registryOption } from './optionValues';

const REFERENCE = 'a version, as faces@3, faces@production or faces@candidate';

/** The command `models`, with those below it. */
export function modelsCommand(): Command {
  return new Command('models')
    .description('keep numbered versions of models, and say which of them is in production')
    .addHelpText('after', () =>
      examples([
        'models add faces models/lesson-1 --test data/unseen-style',
        'models list',
        'models promote faces@1',
        'models rollback faces',
        'models verify faces@production',
      ]),
    );
}

/** The commands below `models`, which take the settings of the one above. */
export function modelsCommands(): Command[] {
  return [
    addCommand(),
    ofRegistry('list', 'list the versions, of all models or of one').argument('[name]', 'a model'),
    ofRegistry('show', 'tell what a version is, and how good').argument('<version>', REFERENCE),
    ofRegistry('card', 'print where the page of a version lies, its model card').argument(
      '<version>',
      REFERENCE,
    ),
    ofRegistry(
      'promote',
      'put a version into production; the one that was there is archived',
    ).argument('<version>', REFERENCE),
    ofRegistry('rollback', 'put the version into production that was there before').argument(
      '<name>',
      'a model',
    ),
    ofRegistry('archive', 'take a candidate out of the choice').argument('<version>', REFERENCE),
    ofRegistry('verify', 'check that each file is what was registered').argument(
      '[version]',
      `${REFERENCE}; all when left out`,
    ),
  ];
}

function addCommand(): Command {
  const command = new Command('add')
    .description('register a model as the next version of a name, with its training and its card')
    .argument('<name>', 'what it is to be called, as faces')
    .argument('<model>', MODEL_PATH)
    .addOption(registryOption())
    .option(
      '--test <folder>',
      'measure it on pictures that it has not learned from, one folder a class; may be given more than once',
      (folder: string, before: string[] = []) => [...before, folderName(folder)],
    )
    .option('--notes <file>', 'text for the card, under its headings, as "## Intended Use"')
    .option('--run <folder>', 'log of its training; default: the one that train has noted')
    .option('--json', 'end with one line of JSON on standard output', false)
    .addHelpText('after', () =>
      examples(['models add faces models/lesson-1 --test data/unseen-style --notes about.md']),
    )
    .action(async (name: string, model: string, options: AddCommandOptions) => {
      const { addModel } = await import('./models');
      await addModel(name, model, options);
    });
  for (const option of modelOptions()) command.addOption(option);
  return command;
}

function ofRegistry(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(registryOption())
    .option('--json', 'end with one line of JSON on standard output', false)
    .action(async (given: string | undefined, options: RegistryOptions) => {
      const { registryCommands } = await import('./models');
      await registryCommands[name]!(given, options);
    });
}
