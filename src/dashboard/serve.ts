import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { isProcess } from '../files/processMark';
import { writeProblem } from '../files/writeProblem';
import { logsFolder } from '../runs/log/logsFolder';
import { addressOf, forgetDashboard, noteDashboard, runningDashboard } from './runningDashboard';
import { DASHBOARD_PORT, startDashboard } from './startDashboard';

const LOOK_EVERY = 1000; // ms

interface ServeOptions {
  logs: string;
  port: number;
  socket?: string;
  endWith?: number;
}

/**
 * `npm run dashboard`: serves the dashboard until Ctrl-C, until the process that it belongs to ends, or until it is asked to
 * end.
 *
 * @param args what stands behind the command's name
 * @returns the exit status
 */
export async function serve(args: string[]): Promise<number> {
  const command = new Command('npm run dashboard --')
    .description('Shows running and past trainings in the browser, to this computer alone.')
    .option('--logs <folder>', 'folder with the runs', logsFolder())
    .option('--port <number>', 'the first port that is tried', portNumber, DASHBOARD_PORT)
    .option(
      '--socket <file>',
      'listen on a Unix socket instead, for a proxy that checks who may look',
    )
    .option('--end-with <pid>', 'end as soon as this process has ended', Number)
    .exitOverride();
  try {
    command.parse(args, { from: 'user' });
    return await serveUntilEnd(command.opts<ServeOptions>());
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

async function serveUntilEnd({
  logs: given,
  port,
  socket,
  endWith,
}: ServeOptions): Promise<number> {
  const logs = path.resolve(given);
  const other = socket === undefined ? runningDashboard(logs) : undefined;
  if (other) {
    process.stdout.write(`The dashboard runs already: ${addressOf(other)}\n`);
    return 0;
  }
  const ended = untilEnd(endWith, socket === undefined);
  const dashboard = await startDashboard({ logs, port, socket });
  const { url, token } = dashboard;
  if (url !== undefined && token !== undefined && dashboard.port !== undefined) {
    const isAsked = port === 0 || dashboard.port === port;
    const taken = isAsked ? '' : `Port ${port} is taken; this one is free.\n`;
    process.stdout.write(`${taken}Smile Lab dashboard: ${url}\nCtrl-C ends it.\n`);
    try {
      noteDashboard(logs, { port: dashboard.port, token });
    } catch (error) {
      // Without the note the dashboard works; only `openDashboard` starts another one.
      process.stdout.write(`Cannot write to ${JSON.stringify(logs)}: ${writeProblem(error)}\n`);
    }
  }
  await ended;
  await dashboard.close();
  if (socket === undefined) forgetDashboard(logs);
  return 0;
}

/** A process that nobody waits for any more must not stay. */
function untilEnd(endWith: number | undefined, isAsked: boolean): Promise<void> {
  // Jupyter's proxy starts a dashboard anew that a closed window has ended, and may itself be gone before that one looks.
  const jupyter = isAsked ? undefined : process.env['SMILE_LAB_JUPYTER'];
  const parent = Number(jupyter ?? process.ppid);
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    // Behind Jupyter's proxy what the terminal sends reaches the dashboard, too: a Ctrl-C while Jupyter still asks whether it
    // is meant, and the end of the window, at which Jupyter ends and the dashboard with it.
    for (const signal of ['SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => isAsked && resolve());
    }
    const timer = setInterval(() => {
      const isAlone = endWith === undefined ? process.ppid !== parent : !isProcess(endWith);
      if (isAlone) resolve();
    }, LOOK_EVERY);
    timer.unref();
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  }
  return port;
}
