import { Engine } from './engine';
import type { Reply, Request } from './callEngine';

const engine = new Engine();
/** One thing after the other: what computes is there once. */
let last: Promise<unknown> = Promise.resolve();

self.onmessage = ({ data: { id, name, args } }: MessageEvent<Request>) => {
  last = last.then(async () => {
    const call = engine[name] as (...given: unknown[]) => Promise<unknown>;
    const reply: Reply = await call.apply(engine, args).then(
      (result) => ({ id, result }),
      (error: unknown) => ({ id, error: (error as Error).message }),
    );
    self.postMessage(reply);
  });
};
