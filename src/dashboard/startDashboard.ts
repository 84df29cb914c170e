import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { newToken } from '../serving/token';
import { dashboardApp } from './dashboardApp';
import { RunEvents } from './runEvents';
import { RunStore } from './runStore';

/** Beside Jupyter's 8888 and TensorBoard's 6006. */
export const DASHBOARD_PORT = 8766;
const PORTS_TRIED = 50;

/** A dashboard that runs. */
export interface Dashboard {
  /** The address with its token; undefined on a socket. */
  url: string | undefined;
  port: number | undefined;
  token: string | undefined;
  /** Ends all connections and the server. */
  close(): Promise<void>;
}

/**
 * Starts the dashboard in this process, for this computer alone.
 *
 * @param options.logs the folder with the runs; it need not be there yet
 * @param options.port the first that is tried; where it is taken, the next that is free
 * @param options.socket path of a Unix socket to listen on instead, for a proxy that checks who may look
 * @throws {Error} when no port is free, or the socket cannot be made
 * @example
 * const { url, close } = await startDashboard({ logs: 'logs' });
 */
export async function startDashboard({
  logs,
  port = DASHBOARD_PORT,
  socket,
}: {
  logs: string;
  port?: number;
  socket?: string;
}): Promise<Dashboard> {
  const store = new RunStore(logs);
  const events = new RunEvents(store);
  const token = newToken();
  let taken = 0;
  const access = socket === undefined ? { token, port: () => taken } : 'socket';
  const server = http.createServer(dashboardApp(store, events, access));
  if (socket === undefined) {
    await listenOnFreePort(server, port);
    taken = (server.address() as AddressInfo).port;
  } else {
    await listen(server, { path: socket });
  }
  const isPort = socket === undefined;
  return {
    url: isPort ? `http://127.0.0.1:${taken}/?token=${token}` : undefined,
    port: isPort ? taken : undefined,
    token: isPort ? token : undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        events.close();
        server.closeAllConnections();
      }),
  };
}

async function listenOnFreePort(server: http.Server, first: number): Promise<void> {
  for (let port = first; ; port++) {
    try {
      await listen(server, { port, host: '127.0.0.1' });
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // 0 asks the system for any free one.
      if ((code !== 'EADDRINUSE' && code !== 'EACCES') || port === 0) throw error;
      if (port + 1 < first + PORTS_TRIED && port < 65_535) continue;
      throw new Error(
        `Cannot start the dashboard: a free port is required, and ${first} to ${port} are taken`,
        { cause: error },
      );
    }
  }
}

function listen(server: http.Server, address: object): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
