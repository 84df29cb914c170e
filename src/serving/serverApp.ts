import { randomUUID } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import { projectVersion } from '../files/projectFolder';
import type { Monitor } from '../monitoring/openMonitor';
import type { ServedRequest } from './answer';
import type { Engine } from './Engine';
import { feedbackRoute } from './feedbackRoute';
import { requireOwnHost, requireToken } from './guard';
import { inferenceProtocol } from './inferenceProtocol';
import type { Metrics } from './metrics';
import { openApi } from './openApi';
import { cameraRoute } from './cameraRoute';
import { predictRoute } from './predictRoute';
import { tensorFlowServing } from './tensorFlowServing';
import type { Limits } from './serverOptions';
import { ServingError } from './ServingError';

/** What all ways in share. */
export interface Serving {
  engine: Engine;
  limits: Limits;
  log: Logger;
  metrics: Metrics;
  /** Whether it takes requests, and not only answers the last ones. */
  isReady: () => boolean;
  /** Told what was answered. */
  onAnswer: (request: ServedRequest) => void;
  /** Keeps what a picture really is of; undefined where no such thing is kept. */
  onFeedback: Monitor['onFeedback'] | undefined;
}

/** Who may call. */
export interface Access {
  /** That is listened on. */
  host: string;
  port: () => number;
  /** Names that a proxy in front of the server calls it by. */
  otherHosts: readonly string[];
  token: string | undefined;
}

/** An id that a client gives its request, and that may stand in a log. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The server's answers, and who gets them. */
export function serverApp(serving: Serving, access: Access): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(begin(serving));
  app.use(requireOwnHost(access.host, access.otherHosts));
  if (access.token !== undefined) app.use(requireToken(access.token, access.port));
  app.get('/', (_, response) => {
    const { engine } = serving;
    response.json({
      name: 'smile-lab',
      version: projectVersion(),
      models: engine.names.map((name) => ({
        name,
        versions: engine.versions(name),
        classNames: engine.find(name).classifier.classNames,
      })),
    });
  });
  // Nothing here keeps what a picture really is.
  const { onFeedback } = serving;
  if (onFeedback) {
    app.post('/feedback', (request, response) => feedbackRoute(onFeedback, request, response));
  }
  cameraRoute(app, serving.engine, onFeedback ? '../feedback' : null);
  app.post('/predict', (request, response) => predictRoute(serving, request, response));
  tensorFlowServing(app, serving);
  inferenceProtocol(app, serving);
  app.get('/metrics', async (_, response) => {
    response.type(serving.metrics.contentType).send(await serving.metrics.text());
  });
  app.get(
    '/openapi.json',
    (_, response) => void response.json(openApi(serving.engine, onFeedback !== undefined)),
  );
  app.use((request, response) => {
    const { method, path } = request;
    const allowed = methodsAt(app, path);
    if (allowed.length === 0) throw new ServingError(404, `There is nothing at ${path}`);
    response.set('Allow', allowed.join(', '));
    throw new ServingError(405, `${path} takes ${allowed.join(' or ')}, not ${method}`);
  });
  app.use(failed(serving));
  return app;
}

/** What Express keeps of a route; its types leave it out. */
interface Layer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean> };
}

/** What an address is asked with, by the app's routes. */
function methodsAt(app: Express, path: string): string[] {
  const layers = app.router.stack as unknown as Layer[];
  const found = layers.find((layer) => layer.route !== undefined && layer.match(path));
  return Object.keys(found?.route?.methods ?? {}).map((method) => method.toUpperCase());
}

/** Gives each request its id, and a line in the log when it is answered. */
function begin({ log, metrics }: Serving) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    response.locals = { id, begin: start };
    response.set({
      'X-Request-Id': id,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
    response.once('close', () => {
      const ms = Math.round(100 * (performance.now() - start)) / 100;
      const { method, path } = request;
      const isAnswered = response.writableFinished;
      // 499, as nginx calls it that a client does not wait for its answer.
      const status = isAnswered ? response.statusCode : 499;
      const { error } = response.locals as { error?: string };
      metrics.onRequest(routeOf(request), status, ms);
      log.info({ id, method, path, status, ms, ...(error === undefined ? {} : { error }) });
    });
    next();
  };
}

/** As the route is written, not as the address was called. */
function routeOf({ route }: Request): string {
  const { path } = (route ?? {}) as { path?: string | RegExp };
  return path === undefined ? 'none' : typeof path === 'string' ? path : '/v1/models/:name:predict';
}

/** The form of an error is the same in TensorFlow Serving, in the Open Inference Protocol and in `/predict`. */
function failed({ log }: Serving) {
  // Express knows an error's handler by its four parameters.
  return (error: unknown, _: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error);
    const { status, message, retryAfter } = asServingError(error);
    if (status >= 500 && !(error instanceof ServingError)) {
      log.error({ id: response.locals['id'], err: error });
    }
    response.locals['error'] = message;
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    response.status(status).json({ error: message });
  };
}

function asServingError(error: unknown): ServingError {
  if (error instanceof ServingError) return error;
  if (error instanceof UnreadablePicture) return new ServingError(400, error.message);
  // Of Express, as for an address that cannot be decoded.
  const { status } = error as { status?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ServingError(status, 'The request cannot be read');
  }
  return new ServingError(500, 'The server has failed; its log says more');
}
