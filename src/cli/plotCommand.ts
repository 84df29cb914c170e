import { Command } from 'commander';
import { examples, portOption, wholeNumberFrom } from './optionValues';
import type { PlotOptions } from './plot';

/** The command `plot`. */
export function plotCommand(): Command {
  return new Command('plot')
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
      const { MOST_RUNS: mostRuns, plot } = await import('./plot');
      if (runs.length > mostRuns) {
        command.error(`error: at most ${mostRuns} runs can be distinguished, got ${runs.length}`);
      }
      await plot(runs, options);
    });
}
