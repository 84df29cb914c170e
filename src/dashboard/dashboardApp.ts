import fs from 'node:fs';
import path from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { projectFolder } from '../files/projectFolder';
import { readServed, servedFolder } from '../monitoring/readServed';
import { encodeNumbers, THUMBNAILS, THUMBNAIL_NAME } from '../runs/log/runLogLines';
import { requireOwnHost, requireToken } from './access';
import { runEpochs, runSummary, runWeights } from './describeRun';
import type { RunEvents } from './runEvents';
import type { RunStore, StoredRun } from './runStore';
import { tfjsVis } from './tfjsVis';

/** The page's files, which are served as they stand. */
const page = path.join(projectFolder, 'src', 'dashboard', 'page');

/**
 * What the browser may do for the page: nothing that is not from here. `unsafe-eval` is for tfjs-vis alone: its Vega makes
 * functions of the charts' expressions, and tfjs-vis cannot be made to interpret them instead. All texts of the page are
 * set as text, so there is no expression or script that a log could bring in. The styles in elements are tfjs-vis' too.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** A month, as long as answers are kept. */
const MOST_MINUTES = 31 * 24 * 60;

/** Who may call: by the token and this computer's names, or everybody who can open the socket. */
export type Access = { token: string; port: () => number } | 'socket';

/**
 * The dashboard's answers: its pages, the runs as JSON, their changes as server-sent events, the small pictures of
 * evaluations, and what a server has answered. It only ever reads.
 *
 * @param store the runs; nothing outside their folders is served
 * @param access on a port, the token and the Host header are checked; a socket is guarded by its folder
 */
export function dashboardApp(store: RunStore, events: RunEvents, access: Access): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(secure);
  if (access !== 'socket') {
    app.use(requireOwnHost(access.port));
    app.use(requireToken(access.token, access.port));
  }
  app.use((request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    response.status(405).type('text').send('The dashboard only reads.\n');
  });

  app.get('/', (_, response) => sendFile(response, path.join(page, 'index.html')));
  let library: string | undefined;
  app.get('/tfjs-vis.js', (_, response) => {
    response.setHeader('Cache-Control', 'private, max-age=86400');
    response.type('js').send((library ??= tfjsVis()));
  });
  for (const name of fs.readdirSync(page)) {
    if (!/\.(?:js|css|svg)$|^served\.html$/.test(name)) continue;
    app.get(`/${name}`, (_, response) => sendFile(response, path.join(page, name)));
  }

  app.get('/api/events', (request, response) => events.serve(request, response));
  const getOfRun = (address: string, make: OfRun) =>
    app.get(address, (request, response) => sendOfRun(store, make, request, response));
  getOfRun('/api/run', (stored, query) => {
    const from = wholeNumber(query['from']) ?? 0;
    const isSame = wholeNumber(query['generation']) === stored.generation;
    return { ...runEpochs(stored, isSame ? from : 0), summary: runSummary(stored) };
  });
  getOfRun('/api/weights', ({ run }, query) => runWeights(run, wholeNumber(query['epoch']) ?? 0));
  getOfRun(
    '/api/evaluation',
    ({ run }, query) => run.evaluations[wholeNumber(query['index']) ?? -1],
  );
  app.get('/api/served', ({ query }, response) => {
    const minutes = Math.min(wholeNumber(query['minutes']) ?? 60, MOST_MINUTES);
    const served = readServed(servedFolder(store.logs), minutes);
    if (!served) return notFound(response);
    response.type('json').send(JSON.stringify(served));
  });
  app.get('/api/thumbnail', (request, response) => sendThumbnail(store, request, response));
  app.use((_, response) => notFound(response));
  app.use(failed);
  return app;
}

function secure(_: Request, response: Response, next: NextFunction): void {
  response.set({
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer', // the token stands in the first address
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
}

function sendFile(response: Response, file: string): void {
  response.sendFile(file, { cacheControl: false, dotfiles: 'allow' });
}

type OfRun = (stored: StoredRun, query: Request['query']) => object | undefined;

/** Answers with what `make` gives of the run that is asked for; 404 where there is no such run, or nothing is given. */
function sendOfRun(store: RunStore, make: OfRun, request: Request, response: Response): void {
  const stored = runOf(store, request);
  const answer = stored && make(stored, request.query);
  if (!answer) return notFound(response);
  response.type('json').send(JSON.stringify(answer, encodeNumbers));
}

function runOf(store: RunStore, { query }: Request): StoredRun | undefined {
  return typeof query['id'] === 'string' ? store.get(query['id']) : undefined;
}

/** A name that was checked, in a folder that is known; and on the way there from the folder of the runs nothing is a link. */
function sendThumbnail(store: RunStore, request: Request, response: Response): void {
  const stored = runOf(store, request);
  const { file } = request.query;
  if (!stored || typeof file !== 'string' || !THUMBNAIL_NAME.test(file)) return notFound(response);
  try {
    const real = fs.realpathSync(path.join(stored.folder, THUMBNAILS, file));
    const wanted = path.join(
      fs.realpathSync(store.logs),
      ...stored.id.split('/'),
      THUMBNAILS,
      file,
    );
    if (real !== wanted) return notFound(response);
    if (!fs.lstatSync(real).isFile()) return notFound(response);
    response.setHeader('Cache-Control', 'private, max-age=86400, immutable');
    response.type(path.extname(file)).send(fs.readFileSync(real));
  } catch {
    notFound(response);
  }
}

function notFound(response: Response): void {
  response.status(404).type('text').send('There is nothing of this name.\n');
}

/** Express knows an error's handler by its four parameters. */
function failed(error: Error, _: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  response.status((error as { status?: number }).status ?? 500).type('text');
  response.send('The request cannot be answered.\n');
}

function wholeNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
