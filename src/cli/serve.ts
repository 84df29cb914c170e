import { once } from 'node:events';
import { pino } from 'pino';
import { loadClassifier } from '../saving/loadClassifier';
import { servedName } from '../serving/servedModel';
import { startServer } from '../serving/startServer';
import { tf } from '../tensorflow/tf';
import { type BackgroundOption, onBackground } from './backgroundOption';
import { type ModelOptions, foreignModelOptions } from './modelOptions';

export interface ServeOptions extends ModelOptions, BackgroundOption {
  port?: number;
  host: string;
  token?: string;
  allowHost?: string[];
  batchSize: number;
  batchWait: number;
  queue: number;
  timeLimit: number;
  maxBody: number;
  maxPixels: number;
}

/** A model that was never registered has no number; clients of TensorFlow Serving want one. */
const ONLY_VERSION = '1';

/**
 * `smile-lab serve`: answers with the class of pictures that are posted, until it is asked to end; then those are answered
 * that were accepted. Its log goes to standard error, one line of JSON a request.
 *
 * @throws {Error} when a model cannot be loaded, the port is taken, or a token is missing
 */
export async function serve(locations: string[], options: ServeOptions): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const models = [];
  for (const location of locations) {
    const name = servedName(location);
    const loaded = await loadClassifier(location, foreignModelOptions(options));
    models.push({ name, version: ONLY_VERSION, classifier: onBackground(loaded, options) });
  }
  const lines = pino.destination({ dest: 2, sync: true });
  lines.on('error', () => process.exit(1)); // nobody reads it any more
  const { host, port, token, allowHost, batchSize, batchWait, queue, timeLimit } = options;
  const server = await startServer({
    ...{ models, host, port, token, otherHosts: allowHost, log: pino({ base: null }, lines) },
    isWholeProcess: true,
    limits: {
      ...{ batchSize, batchWait, timeLimit },
      queueLength: queue,
      bodySize: options.maxBody * 2 ** 20,
      pixels: options.maxPixels,
    },
  });
  for (const { name, classifier } of models) {
    process.stdout.write(`Serving ${name} (${classifier.classNames.join(', ')})\n`);
  }
  process.stdout.write(`${server.address} answers; Ctrl-C ends it.\n`);
  await Promise.race(['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal)));
  process.stdout.write('Answering what was accepted …\n');
  await server.close();
}
