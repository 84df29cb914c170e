import { once } from 'node:events';
import { pino } from 'pino';
import { type Monitor, openMonitor } from '../monitoring/openMonitor';
import { servedFolder } from '../monitoring/readServed';
import { logsFolder } from '../runs/log/logsFolder';
import { startServer } from '../serving/startServer';
import { tf } from '../tensorflow/tf';
import type { BackgroundOption } from './backgroundOption';
import type { ModelOptions } from './modelOptions';
import { type OpenedModel, openServed } from './servedModel';

export interface ServeOptions extends ModelOptions, BackgroundOption {
  registry: string;
  monitor: boolean;
  keepPictures: boolean;
  keepDays: number;
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

/**
 * `smile-lab serve`: answers with the class of pictures that are posted, until it is asked to end; then those are answered
 * that were accepted. Its log goes to standard error, one line of JSON a request.
 *
 * @throws {Error} when a model cannot be loaded, the port is taken, or a token is missing
 */
export async function serve(locations: string[], options: ServeOptions): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const models: OpenedModel[] = [];
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const location of locations) models.push(await openServed(location, options, say));
  const lines = pino.destination({ dest: 2, sync: true });
  lines.on('error', () => process.exit(1)); // nobody reads it any more
  const { host, port, token, allowHost, batchSize, batchWait, queue, timeLimit } = options;
  const monitor = options.monitor ? monitorOf(options) : undefined;
  const watch = (model: OpenedModel) => monitor?.watch(model, model.reference);
  const server = await startServer({
    ...(monitor && {
      onAnswer: (request) => monitor.onAnswer(request),
      onFeedback: (feedback) => monitor.onFeedback(feedback),
    }),
    ...{ models, host, port, token, otherHosts: allowHost, log: pino({ base: null }, lines) },
    isWholeProcess: true,
    limits: {
      ...{ batchSize, batchWait, timeLimit },
      queueLength: queue,
      bodySize: options.maxBody * 2 ** 20,
      pixels: options.maxPixels,
    },
  });
  models.forEach(watch);
  for (const { name, classifier } of models) {
    process.stdout.write(`Serving ${name} (${classifier.classNames.join(', ')})\n`);
  }
  const followed = models.map(({ follow }) => follow?.(server, watch));
  process.stdout.write(`${server.address} answers; Ctrl-C ends it.\n`);
  await Promise.race(['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal)));
  process.stdout.write('Answering what was accepted …\n');
  followed.forEach((each) => each?.close());
  await server.close();
  await monitor?.close();
}

/** What is answered is kept beside the logs of trainings, where the dashboard finds it. */
function monitorOf({ keepPictures, keepDays }: ServeOptions): Monitor {
  const folder = servedFolder(logsFolder());
  const onProblem = (line: string) => process.stderr.write(`${line}\n`);
  return openMonitor({ folder, keepPictures, keepDays, onProblem });
}
