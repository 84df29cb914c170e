import { Command, Option } from 'commander';
import { backgroundOption } from './backgroundOption';
import { modelOptions } from './modelOptions';
import { examples, MODEL_PATH, portOption, registryOption, wholeNumberFrom } from './optionValues';
import type { ServeOptions } from './serve';

/** The command `serve`. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('answer with the class of pictures that are posted, until Ctrl-C')
    .argument(
      '<models...>',
      `${MODEL_PATH}; or a version of a registry, as faces@production, whose promotions it follows; the first answers where none is asked for`,
    )
    .addOption(registryOption())
    .addOption(portOption('default: 8501'))
    .option(
      '--host <address>',
      'to listen on; any other needs --token, as 0.0.0.0 for the whole network',
      '127.0.0.1',
    )
    .addOption(
      new Option(
        '--token <word>',
        'answer only those who send it, as "Authorization: Bearer <word>"; at least 12 characters',
      ).env('SMILE_LAB_TOKEN'),
    )
    .option('--allow-host <names...>', 'other names by which a proxy calls this server')
    .addOption(number('--batch-size <pictures>', 'that the network gets at once, at most', 1, 32))
    .addOption(number('--batch-wait <ms>', 'that a picture waits for others to come', 0, 0))
    .addOption(number('--queue <pictures>', 'that may wait; who comes then gets 429', 1, 256))
    .addOption(number('--time-limit <ms>', 'that a picture may wait', 1, 10_000))
    .addOption(number('--max-body <MiB>', 'of a request', 1, 32))
    .addOption(number('--max-pixels <number>', 'of a picture', 1, 50_000_000))
    .option('--no-monitor', 'keep nothing of what is answered')
    .option('--keep-pictures', 'keep the pictures that are posted, too, in logs/served', false)
    .addOption(number('--keep-days <days>', 'that an answer is kept', 1, 30))
    .addOption(backgroundOption('as the model was trained'))
    .addHelpText('after', () =>
      [
        examples([
          'serve models/faces',
          'serve models/faces models/emotions --port 9000',
          'serve faces@production',
          'serve models/faces --host 0.0.0.0 --token kept-to-yourself',
        ]),
        '',
        'A picture is posted by',
        '  $ curl --data-binary @me.jpg http://127.0.0.1:8501/predict',
      ].join('\n'),
    )
    .action(async (models: string[], options: ServeOptions) => {
      const { serve } = await import('./serve');
      await serve(models, options);
    });
  for (const option of modelOptions()) command.addOption(option);
  return command;
}

function number(flags: string, what: string, least: number, usual: number): Option {
  return new Option(flags, what).argParser(wholeNumberFrom(least)).default(usual);
}
