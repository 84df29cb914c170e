import type { Engine } from './engine';

type Methods = {
  [Name in keyof Engine]: Engine[Name] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Promise<Result>
    : never;
};

export interface Request {
  id: number;
  name: keyof Engine;
  args: unknown[];
}

export interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

/**
 * Starts the engine in a worker.
 *
 * @returns its methods; each throws what the engine throws, and all do once the worker could not be started
 */
export function startEngine(): Methods {
  const worker = new Worker('./worker.js', { type: 'module' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  worker.onmessage = ({ data: { id, result, error } }: MessageEvent<Reply>) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  };
  worker.onerror = ({ message }) => {
    const error = new Error(message || 'worker.js cannot be loaded');
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  return new Proxy({} as Methods, {
    get:
      (_, name: keyof Engine) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = ++asked;
          waiting.set(id, { resolve, reject });
          worker.postMessage({ id, name, args } satisfies Request);
        }),
  });
}

export type CalledEngine = Methods;
