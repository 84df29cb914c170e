import type { Server } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { plot } from 'nodeplotlib';
import type { Layout, Plot } from 'nodeplotlib/src/lib/interfaces';
import { BehaviorSubject, auditTime, map } from 'rxjs';
import type { Server as SocketServer, Socket } from 'socket.io';
import { withoutNetwork } from './withoutNetwork';

// Runs in a worker thread of its own (plotPage.ts): a training keeps the main thread busy, and nodeplotlib prints to the
// console, reads its port from the environment once, and never says when it has failed.

/** What the main thread sends. */
export type ToServer = { traces: Plot[][] } | 'close';

/** Messages to the main thread; the pages are those that are open in a browser. */
export type FromServer = { port: number } | { failed: string } | { pages: number } | 'closed';

const HOST = '127.0.0.1';

/** More often than four times a second a browser need not draw. */
const REDRAW_EVERY = 250;

/** A browser that does not ask for what is new within this time is not waited for. */
const LONGEST_DELIVERY = 2000;

const main = parentPort!;
const send = (message: FromServer) => main.postMessage(message);

const traces$ = new BehaviorSubject<Plot[][]>([]);
const pages = new Set<Socket>();

class CountingAdapter extends IoAdapter {
  override bindClientConnect(server: SocketServer, callback: () => void): void {
    super.bindClientConnect(server, callback);
    server.on('connection', (page: Socket) => {
      pages.add(page);
      send({ pages: pages.size });
      // nodeplotlib shares one stream: a second page would see nothing before the next change.
      page.on('readplots', () => setImmediate(() => traces$.next(traces$.value)));
      page.on('disconnect', () => {
        pages.delete(page);
        send({ pages: pages.size });
      });
    });
  }
}

// nodeplotlib would listen to every address, and end when its last page is gone, also for the moment of a reload. It gets
// what it uses of the application, with another `listen` and `close`.
const create = NestFactory.create.bind(NestFactory);
NestFactory.create = (async (module: unknown) => {
  const app = await create(module, { logger: false });
  app.useWebSocketAdapter(new CountingAdapter(app));
  app.use(await withoutNetwork());
  return {
    get: app.get.bind(app),
    getHttpServer: app.getHttpServer.bind(app),
    async listen(port: number): Promise<Server> {
      try {
        const server = (await app.listen(port, HOST)) as Server;
        send({ port: (server.address() as { port: number }).port });
        return server;
      } catch (error) {
        send({ failed: (error as NodeJS.ErrnoException).code ?? (error as Error).message });
        return new Promise(() => {});
      }
    },
    async close() {},
  };
}) as unknown as typeof NestFactory.create;

main.on('message', (message: ToServer) => {
  if (message === 'close') void close();
  else traces$.next(message.traces);
});

for (const [i, layout] of (workerData as Layout[]).entries()) {
  const traces = traces$.pipe(
    auditTime(REDRAW_EVERY),
    map((all) => all[i] ?? []),
  );
  plot(traces, layout, { displaylogo: false });
}

/** Ends when every open page has got what was drawn last. */
async function close(): Promise<void> {
  const latest = performance.now() + LONGEST_DELIVERY;
  const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  if (pages.size > 0) await wait(2 * REDRAW_EVERY);
  const isWaiting = () => [...pages].some((page) => page.conn.transport.writable === false);
  while (isWaiting() && performance.now() < latest) await wait(20);
  send('closed');
}
