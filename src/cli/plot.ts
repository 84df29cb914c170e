import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from '../display/plots/openBrowser';
import { openPlotPage } from '../display/plots/plotPage';
import type { PlottedRun } from '../display/plots/plotTraces';
import { logsFolder, runFolder } from '../runs/log/logsFolder';
import { readRunLog } from '../runs/log/readRunLog';
import { RUN_LOG } from '../runs/log/runLogLines';

/** As many as have a colour of their own. */
export const MOST_RUNS = 6;

export interface PlotOptions {
  port?: number;
  /** Seconds. */
  wait: number;
}

/**
 * `smile-lab plot`: draws the curves of runs on a page in the browser, and ends when it is closed.
 *
 * @param runs names in `logs`, or folders
 * @throws {Error} when a run has no log, none has finished an epoch, or the page cannot be opened
 */
export async function plot(runs: readonly string[], { port, wait }: PlotOptions): Promise<void> {
  const plotted: PlottedRun[] = [];
  for (const run of new Set(runs)) {
    const { history, epochs, problems } = await readPlottedRun(run);
    for (const problem of problems) process.stderr.write(`${run}: ${problem}\n`);
    if (epochs.length === 0) process.stderr.write(`${run}: no epoch has ended yet\n`);
    else plotted.push({ name: run, history, firstEpoch: 1 });
  }
  if (plotted.length === 0) {
    throw new Error('Cannot plot: a run that has finished an epoch is required, got none');
  }
  const page = await openPlotPage({ title: plotted.map(({ name }) => name).join(', '), port });
  page.show(plotted);
  process.stdout.write(`Curves: ${page.address}\n`);
  openBrowser(page.address);
  process.stdout.write(
    `This ends when the page is closed, or if nobody opens it within ${wait} s.\n`,
  );
  await page.whenLeft(wait);
  await page.close();
}

async function readPlottedRun(run: string) {
  if (existsSync(path.join(runFolder(run), RUN_LOG))) return readRunLog(run);
  const there = await runsThere();
  const known =
    there.length === 0 ? 'none yet' : there.map((name) => JSON.stringify(name)).join(', ');
  throw new Error(
    `Cannot plot ${JSON.stringify(run)}: there is no log in ${JSON.stringify(path.relative('', runFolder(run)))}; ` +
      `the runs in ${JSON.stringify(path.relative('', logsFolder()))} are: ${known}`,
  );
}

/** The newest first, and of very many only some. */
async function runsThere(): Promise<string[]> {
  const most = 20;
  const names = await fs.readdir(logsFolder()).catch(() => []);
  const logs = await Promise.all(
    names.map(async (name) => {
      const stat = await fs.stat(path.join(logsFolder(), name, RUN_LOG)).catch(() => undefined);
      return stat === undefined ? [] : [{ name, time: stat.mtimeMs }];
    }),
  );
  return logs
    .flat()
    .sort((a, b) => b.time - a.time)
    .slice(0, most)
    .map(({ name }) => name);
}
