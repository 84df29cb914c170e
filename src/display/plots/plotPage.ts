import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromServer, ToServer } from './plotServer';
import { plotLayout, PLOT_METRICS, type PlottedRun, plotTraces } from './plotTraces';

/** Closed pages may be a reload: so long a new one is waited for, in milliseconds. */
const RELOAD_TIME = 3000;

/** A page of plots in the browser, which redraws itself. */
export interface PlotPage {
  /** Such as http://127.0.0.1:40123; only this machine reaches it. */
  readonly address: string;
  /** Draws these trainings in place of those before. */
  show(runs: readonly PlottedRun[]): void;
  /**
   * Waits until nobody looks at it any more.
   *
   * @param seconds so long somebody is waited for who opens it
   * @returns whether it has been opened at all
   */
  whenLeft(seconds: number): Promise<boolean>;
  /** Ends its server, after those who look at it have got what was shown last; in their browsers it stays. */
  close(): Promise<void>;
}

/**
 * Opens a page of plots, made by nodeplotlib in a thread of its own. The thread keeps no process from ending.
 *
 * @param options.title stands over the plot; any text
 * @param options.port of 127.0.0.1; a free one when left out
 * @throws {Error} when the port is taken or may not be used
 *
 * @example
 * const page = await openPlotPage({ title: 'Two seeds' });
 * page.show([{ name: 'seed 1', history: { loss: [0.7, 0.1], acc: [0.5, 1] }, firstEpoch: 1 }]);
 * await page.whenLeft(120);
 * await page.close();
 */
export async function openPlotPage({
  title,
  port = 0,
}: {
  title: string;
  port?: number;
}): Promise<PlotPage> {
  const worker = new Worker(path.join(__dirname, 'plotServer.js'), {
    workerData: PLOT_METRICS.map((metric) => plotLayout(metric, title)),
    // Where this is set nodeplotlib opens no browser itself: without a desktop it would try in vain.
    env: { ...process.env, NODEPLOTLIB_PORT: String(port) },
    // What nodeplotlib prints does not belong among our output.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const send = (message: ToServer) => worker.postMessage(message);
  const listening = await portOf(worker, port);
  worker.unref();
  let [pages, hasBeenOpened, hasEnded] = [0, false, false];
  let change = () => {};
  worker.on('message', (message: FromServer) => {
    if (typeof message !== 'object' || !('pages' in message)) return;
    pages = message.pages;
    hasBeenOpened ||= pages > 0;
    change();
  });
  worker.on('exit', () => {
    hasEnded = true;
    change();
  });

  return {
    address: `http://127.0.0.1:${listening}`,
    show: (runs) => send({ traces: PLOT_METRICS.map((metric) => plotTraces(runs, metric)) }),
    whenLeft(seconds) {
      worker.ref();
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const left = () => {
          worker.unref();
          resolve(hasBeenOpened);
        };
        change = () => {
          clearTimeout(timer);
          if (hasEnded) left();
          else if (pages === 0)
            timer = setTimeout(left, hasBeenOpened ? RELOAD_TIME : 1000 * seconds);
        };
        change();
      });
    },
    close: () => closeServer(worker),
  };
}

function portError(port: number, code: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program uses it; leave --port out to get a free one',
    EACCES: 'it may not be used without being an administrator; take one from 1024',
  };
  return new Error(`Cannot open the page of plots on port ${port}: ${reasons[code] ?? code}`);
}

/** The port at which the server listens; where it cannot, the worker ends. */
function portOf(worker: Worker, port: number): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    worker.on('message', (message: FromServer) => {
      if (typeof message !== 'object') return;
      if ('port' in message) resolve(message.port);
      if ('failed' in message) reject(portError(port, message.failed));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('Cannot open the page of plots: its server ended')));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
}

async function closeServer(worker: Worker): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    worker.on('message', (message: FromServer) => message === 'closed' && resolve());
    worker.on('exit', () => resolve());
  });
  worker.ref();
  worker.postMessage('close' satisfies ToServer);
  await closed;
  await worker.terminate();
}
