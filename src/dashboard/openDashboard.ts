import { spawn } from 'node:child_process';
import path from 'node:path';
import { escapeXml } from '../display/svg/escapeXml';
import { projectFolder } from '../files/projectFolder';
import { logsFolder } from '../runs/log/logsFolder';
import { jupyterProxy, ownerOfKernel } from './jupyterProxy';
import { addressOf, runningDashboard, type RunningDashboard } from './runningDashboard';

const PATIENCE = 60_000; // ms; src may have to be compiled first
const LOOK_EVERY = 100; // ms

/**
 * Shows the link to the dashboard: the page that follows running and past trainings of this project. Under a notebook cell
 * in JupyterLab it opens as a tab there, also on a remote hub; elsewhere it leads to a page of this computer. In a script
 * the address is printed.
 *
 * The dashboard runs in a process of its own, which a kernel's restart does not end; it ends with Jupyter. One that runs
 * already is used.
 *
 * @throws {Error} when it does not start
 * @example
 * await openDashboard();
 */
export async function openDashboard(): Promise<void> {
  const isNotebook = process.env['SMILE_LAB_KERNEL'] !== undefined;
  const proxy = isNotebook ? await jupyterProxy() : undefined;
  const address = await addressFor(proxy);
  if (!isNotebook) {
    process.stdout.write(`Smile Lab dashboard: ${address}\n`);
    return;
  }
  // Only now: tslab brings a compiler along, 0.2 s that a script need not wait for.
  const { display } = await import('tslab');
  display.html(linkTo(address, proxy !== undefined));
}

/** Jupyter's own dashboard shows the project's logs; a notebook elsewhere, whose logs lie beside it, needs another one. */
async function addressFor(proxy: Awaited<ReturnType<typeof jupyterProxy>>): Promise<string> {
  if (proxy && logsFolder() === path.join(projectFolder, 'logs')) return proxy.dashboard;
  const started = await startedDashboard();
  return proxy ? `${proxy.port(started.port)}?token=${started.token}` : addressOf(started);
}

/**
 * A link, which JupyterLab opens as a tab of its own where it knows how to.
 *
 * @param isProxied whether the address is one of the Jupyter server
 */
export function linkTo(address: string, isProxied: boolean): string {
  const tab = { id: 'smile-lab-dashboard', title: 'Smile Lab dashboard', url: address };
  const command = isProxied
    ? ` data-commandlinker-command="server-proxy:open" data-commandlinker-args="${escapeXml(JSON.stringify({ ...tab, newBrowserTab: false }))}"`
    : '';
  const href = escapeXml(address);
  return `<a href="${href}" target="_blank" rel="noopener"${command}>Open the Smile Lab dashboard</a>`;
}

/** The dashboard of this project's logs; started where none runs. */
async function startedDashboard(): Promise<RunningDashboard> {
  const logs = logsFolder();
  const running = runningDashboard(logs);
  if (running) return running;
  const script = path.join(projectFolder, 'scripts', 'dashboard.js');
  const args = [script, '--logs', logs, '--end-with', String(ownerOfKernel())];
  // A kernel's environment would make it believe that it can draw in a cell.
  const env = { ...process.env };
  delete env['SMILE_LAB_KERNEL'];
  // What npm starts ends with it; the dashboard outlives the script that has asked for it.
  delete env['npm_lifecycle_event'];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errorOutput = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errorOutput += text));
  let hasEnded = false;
  child.once('error', (error) => ([errorOutput, hasEnded] = [error.message, true]));
  child.once('exit', () => (hasEnded = true));
  try {
    for (const start = Date.now(); ;) {
      const isInVain = hasEnded || Date.now() - start >= PATIENCE;
      const started = runningDashboard(logs); // also where another one was quicker
      if (started) return started;
      if (isInVain) break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    throw new Error(
      `Cannot open the dashboard: ${errorOutput.trim() || 'it did not start'}; "npm run dashboard" shows more`,
    );
  } finally {
    child.stderr.destroy();
    child.unref();
  }
}
