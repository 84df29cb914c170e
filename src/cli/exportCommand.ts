import { Command } from 'commander';
import type { ExportWebOptions } from './exportWeb';
import { modelOptions } from './modelOptions';
import { examples, folderName, MODEL_PATH } from './optionValues';

/** The command `export`. */
export function exportCommand(): Command {
  const web = new Command('web')
    .description('make a page that asks a classifier about what a camera sees, in the browser')
    .argument('<folder>', 'a new folder for the page', folderName)
    .requiredOption('--model <path>', MODEL_PATH)
    .option(
      '--backbone <name>',
      'the network behind «Teach me»: efficientnet-lite0, mobilenet-v2, or none',
      'efficientnet-lite0',
    )
    .option('--force', 'replace a page that is in the folder', false)
    .addHelpText('after', () =>
      examples([
        'export web my-page --model models/faces',
        'export web my-page --model models/faces --backbone none --force',
      ]),
    )
    .action(async (folder: string, options: ExportWebOptions) => {
      const { exportWebPage } = await import('./exportWeb');
      await exportWebPage(folder, options);
    });
  for (const option of modelOptions()) web.addOption(option);
  return new Command('export')
    .description('make something that others can use of a classifier')
    .addCommand(web);
}
