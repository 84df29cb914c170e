import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { predictedIndex } from '../evaluation/probabilitiesOf';
import type { ServedRequest } from './answer';
import type { Engine } from './Engine';

/** From a millisecond, by about two, to half a minute. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What a server counts, in Prometheus' text format. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'smile_lab_requests_total',
    help: 'Requests that were answered, by address and status',
    labelNames: ['route', 'status'],
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'smile_lab_request_seconds',
    help: 'Seconds from the first byte of a request to the end of its answer',
    labelNames: ['route'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly pictures = new Counter({
    name: 'smile_lab_pictures_total',
    help: 'Pictures that were classified, by model and predicted class',
    labelNames: ['model', 'version', 'class'],
    registers: [this.registry],
  });
  private readonly batches = new Histogram({
    name: 'smile_lab_batch_size',
    help: 'Pictures that a network got at once',
    labelNames: ['model'],
    buckets: SIZES,
    registers: [this.registry],
  });

  /** @param isWholeProcess whether this process is the server's alone, and so its memory and time are of interest */
  constructor(engine: () => Engine, isWholeProcess: boolean) {
    if (isWholeProcess) collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'smile_lab_waiting_pictures',
      help: 'Pictures that wait for their turn',
      labelNames: ['model'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const name of engine().names) {
          this.set({ model: name }, engine().find(name).waiting());
        }
      },
    });
  }

  /** @param route as it is written in the code: the names in addresses would make ever new series */
  onRequest(route: string, status: number, ms: number): void {
    this.requests.inc({ route, status: String(status) });
    this.seconds.observe({ route }, ms / 1000);
  }

  onBatch(model: string, size: number): void {
    this.batches.observe({ model }, size);
  }

  onAnswer({ model, probabilities }: ServedRequest): void {
    const { name, version, classifier } = model;
    for (const each of probabilities) {
      const predicted = classifier.classNames[predictedIndex(each)]!;
      this.pictures.inc({ model: name, version, class: predicted });
    }
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All of it, as Prometheus reads it. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
