import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { show } from '../errors/show';
import { writeProblem } from '../files/writeProblem';
import type { Monitor } from '../monitoring/openMonitor';
import { tf } from '../tensorflow/tf';
import type { ServedRequest } from './answer';
import { Engine } from './Engine';
import { inAddress, isLoopback } from './guard';
import { Metrics } from './metrics';
import { type ServedModel, serveModel } from './servedModel';
import { checkedLimits, type Limits } from './serverOptions';
import { serverApp } from './serverApp';

/** Where a server listens, whom it answers, and what it accepts. */
export interface ServerOptions {
  /** Classifiers with their names and versions, the first answers where none is asked for; they are the server's from now on. */
  models: ReadonlyArray<Pick<ServedModel, 'name' | 'version' | 'classifier'>>;
  /** `'127.0.0.1'` when left out: this computer alone. Any other needs a token. */
  host?: string;
  /** 8501 when left out; 0 takes any that is free. */
  port?: number;
  token?: string;
  /** Names that a proxy in front of the server calls it by. */
  otherHosts?: readonly string[];
  limits?: Partial<Limits>;
  /** When left out nothing is logged. */
  log?: Logger;
  /** Told what was answered, before the answer is sent; it must not throw. */
  onAnswer?: (request: ServedRequest) => void;
  /** Keeps what is posted to /feedback; there is no such address when left out. */
  onFeedback?: Monitor['onFeedback'];
  /** Whether this process is the server's alone, and so its memory and processor time stand in the metrics. */
  isWholeProcess?: boolean;
}

/** A server that runs. */
export interface RunningServer {
  /** `http://127.0.0.1:8501`. */
  address: string;
  port: number;
  engine: Engine;
  /** From now on this model answers under its name; the one before answers what it has accepted. */
  replace(model: ServerOptions['models'][number]): Promise<void>;
  /** Takes no more, answers what was accepted, and disposes of the models. */
  close(): Promise<void>;
}

/** TensorFlow Serving's. */
export const SERVER_PORT = 8501;
const LOOK_EVERY = 20; // ms
/** So that nobody finds it by trying. */
const SHORTEST_TOKEN = 12;

/**
 * Starts a server of classifiers in this process.
 *
 * @throws {Error} when the port is taken, others than this computer could call it without a token, or an option is wrong
 */
export async function startServer({
  models,
  host = '127.0.0.1',
  port = SERVER_PORT,
  token,
  otherHosts = [],
  limits: given = {},
  log = pino({ enabled: false }),
  onAnswer = () => {},
  onFeedback,
  isWholeProcess = false,
}: ServerOptions): Promise<RunningServer> {
  const limits = checkedLimits(given);
  checkToken(host, token);
  await tf.ready();
  const metrics: Metrics = new Metrics(() => engine, isWholeProcess);
  const serve = (model: (typeof models)[number]) =>
    serveModel(model, limits, (size) => metrics.onBatch(model.name, size));
  const engine = new Engine(await Promise.all(models.map(serve)));
  let taken = port;
  const access = { host, port: () => taken, otherHosts, token };
  const isReady = () => server.listening;
  const told = (request: ServedRequest) => {
    metrics.onAnswer(request);
    onAnswer(request);
  };
  const serving = { engine, limits, log, metrics, isReady, onAnswer: told, onFeedback };
  const app = serverApp(serving, access);
  const server: http.Server = http.createServer(
    {
      requestTimeout: limits.receiveTime,
      connectionsCheckingInterval: Math.min(1000, limits.receiveTime),
    },
    app,
  );
  server.headersTimeout = limits.receiveTime;
  server.on('clientError', refuse);
  try {
    await listen(server, host, port);
  } catch (error) {
    await engine.close();
    throw error;
  }
  taken = (server.address() as AddressInfo).port;
  return {
    address: `http://${inAddress(host)}:${taken}`,
    port: taken,
    engine,
    replace: async (model) => engine.replace(await serve(model)),
    close: () => close(server, engine, limits.graceTime),
  };
}

/** What Node answers itself, in the form of all other errors. */
function refuse(
  error: NodeJS.ErrnoException,
  socket: NodeJS.WritableStream & { writable: boolean },
) {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const [status, message] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'The request has not come whole in time']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'The headers are too large']
        : ['400 Bad Request', 'The request is no HTTP'];
  const body = JSON.stringify({ error: message });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

function checkToken(host: string, token: string | undefined): void {
  if (token === undefined && !isLoopback(host)) {
    throw new Error(
      `Cannot serve on ${show(host)}: others than this computer can call it, so a token is required (--token)`,
    );
  }
  if (token === undefined || (token.length >= SHORTEST_TOKEN && /^[\w.~+/=-]+$/.test(token)))
    return;
  throw new Error(
    `Cannot serve: a token of at least ${SHORTEST_TOKEN} letters, digits and "-._~+/=" is required, got one of ${token.length} characters`,
  );
}

function listen(server: http.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      const reason = isTaken
        ? 'another program listens there; give another --port'
        : writeProblem(error);
      reject(new Error(`Cannot serve on ${host}, port ${port}: ${reason}`, { cause: error }));
    });
    server.listen({ host, port }, () => resolve());
  });
}

async function close(server: http.Server, engine: Engine, graceTime: number): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  // A client that keeps its connection for later must not hold up the end.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY);
  const grace = setTimeout(() => server.closeAllConnections(), graceTime);
  await ended;
  clearInterval(idle);
  clearTimeout(grace);
  await engine.close();
}
