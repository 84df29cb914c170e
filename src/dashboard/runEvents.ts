import type { Request, Response } from 'express';
import { encodeNumbers } from '../runs/log/runLogLines';
import { runSummary } from './describeRun';
import type { RunStore } from './runStore';

/** Twice a second: an epoch's end is on the screen before anybody looks for it. */
const LOOK_EVERY = 500; // ms
/** A proxy ends a connection in which nothing is said. */
const HEARTBEAT_EVERY = 15_000; // ms

/**
 * Sends pages what changes, as server-sent events: `run` with a run's summary, `gone` with the id of one that was removed,
 * `listed` once all have been sent. The logs are looked at only while a page listens.
 */
export class RunEvents {
  private readonly listeners = new Set<Response>();
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  private lastHeartbeat = 0;

  constructor(private readonly store: RunStore) {}

  serve(request: Request, response: Response): void {
    response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    response.write('retry: 1000\n\n');
    for (const stored of this.store.all()) send(response, 'run', runSummary(stored));
    this.listeners.add(response);
    request.on('close', () => this.forget(response));
    response.on('error', () => this.forget(response));
    void this.look().then(() => send(response, 'listed', {}));
    this.timer ??= setInterval(() => {
      // On a slow disk a look may take longer than the time between two.
      if (this.looks === 0) void this.look();
    }, LOOK_EVERY);
  }

  /** Ends all connections. */
  close(): void {
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
    clearInterval(this.timer);
  }

  private forget(response: Response): void {
    this.listeners.delete(response);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    this.looks++;
    try {
      const gone = await this.store.refresh((run) => this.sendToAll('run', runSummary(run)));
      for (const id of gone) this.sendToAll('gone', { id });
    } finally {
      this.looks--;
    }
    if (Date.now() - this.lastHeartbeat < HEARTBEAT_EVERY) return;
    this.lastHeartbeat = Date.now();
    for (const listener of this.listeners) listener.write(':\n\n');
  }

  private sendToAll(name: string, data: object): void {
    for (const listener of this.listeners) send(listener, name, data);
  }
}

function send(response: Response, name: string, data: object): void {
  if (response.writableEnded) return;
  response.write(`event: ${name}\ndata: ${JSON.stringify(data, encodeNumbers)}\n\n`);
}
