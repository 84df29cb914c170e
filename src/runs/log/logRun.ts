import path from 'node:path';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { ORDER } from '../../tensorflow/installCallbackOrder';
import { printLine } from '../../training/fit/printLine';
import { writeProblem } from '../../files/writeProblem';
import { numberOf, type Logs } from '../../training/fit/accuracyOf';
import { endReason, forgetEndReason } from '../../training/fit/endReason';
import { learningRateOf } from '../../training/fit/setLearningRate';
import { runningTrainings } from '../../training/fit/runningTrainings';
import { stepsOf } from '../../training/fit/stepsOf';
import { WholeEpochCallback, type EpochMetrics } from '../../training/callbacks/wholeEpochCallback';
import { describeModel } from './describeModel';
import { describeSurroundings } from './describeSurroundings';
import { runFolder } from './logsFolder';
import { processMark } from '../../files/processMark';
import { RunLogFile } from './runLogFile';
import type { RunBegin, RunEnd, RunLogLine } from './runLogLines';
import { weightHistograms } from './weightHistograms';

/** What a person wants to find again beside a run: numbers, words, yes or no. */
export type RunSettings = Readonly<Record<string, number | string | boolean | null>>;

const PROGRESS_EVERY = 1000; // ms
/** Of the training's time, what the histograms may take. */
const HISTOGRAMS_SHARE = 0.01;

/** The callback that {@link logRun} gives. */
export class RunLog extends WholeEpochCallback {
  readonly order = ORDER.log;
  private file: RunLogFile | undefined;
  private hasFailed = false;
  private isEnded = false;
  private begun = { training: 0, epoch: 0, lastBatchEnd: 0 };
  private epoch = 1;
  private steps = 0;
  private finished = 0;
  private lastProgress = -Infinity;
  private spentOnHistograms = 0;

  constructor(
    private readonly wanted: string,
    private readonly settings: RunSettings,
    private readonly print: (line: string) => void,
    /** Goes on in exactly this folder, where others of its name have numbers. */
    private readonly isResumed = false,
  ) {
    super();
  }

  /**
   * Where the log is written: known from the first epoch on, since a name that is taken gets a number.
   */
  get folder(): string {
    return this.file?.folder ?? this.wanted;
  }

  override async onTrainBegin(): Promise<void> {
    [this.file, this.hasFailed, this.isEnded] = [undefined, false, false];
    [this.finished, this.lastProgress, this.spentOnHistograms] = [0, -Infinity, 0];
    this.begun.training = performance.now();
    forgetEndReason(this.model);
    for (const [training, model] of runningTrainings()) {
      // tfjs calls no callback when a training fails.
      if (model === this.model) training.catch((error: unknown) => this.end('failed', error));
    }
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    await super.onEpochBegin(epoch);
    this.begun.epoch = this.begun.lastBatchEnd = performance.now();
    [this.epoch, this.steps] = [epoch + 1, 0];
    if (this.file || this.hasFailed) return;
    this.finished = epoch;
    this.writing(() => {
      // Only now it is known whether a training begins or is resumed.
      if (this.isResumed) this.file = RunLogFile.continue(this.wanted);
      else if (epoch === 0) this.file = RunLogFile.create(this.wanted);
      else this.file = RunLogFile.continue(RunLogFile.latest(this.wanted));
      this.file.add(this.beginLine(epoch));
    });
  }

  override async onBatchEnd(batch: number, logs: Logs = {}): Promise<void> {
    await super.onBatchEnd(batch);
    this.steps++;
    const now = (this.begun.lastBatchEnd = performance.now());
    if (!this.file || this.hasFailed || now - this.lastProgress < PROGRESS_EVERY) return;
    this.lastProgress = now;
    const { epochs } = this.params as { epochs: number };
    // Of the latest batch: to read every one would make a GPU wait.
    const metrics: Record<string, number> = {};
    for (const [name, value] of Object.entries(logs)) {
      if (name !== 'batch' && name !== 'size') metrics[name] = await numberOf(value);
    }
    const steps = stepsOf(this.params) ?? null;
    const progress = { epoch: this.epoch, epochs, step: batch + 1, steps, metrics };
    this.writing(() => this.file?.setProgress({ time: new Date().toISOString(), ...progress }));
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    this.finished = epoch + 1;
    if (!this.file || this.hasFailed) return;
    const now = performance.now();
    const learningRate = learningRateOf(this.model.optimizer) ?? null;
    // The first epoch has them in any case; after it, where they have cost little so far.
    const isCheap = this.spentOnHistograms <= HISTOGRAMS_SHARE * (now - this.begun.training);
    const weights = isCheap ? await this.histograms() : undefined;
    this.add({
      kind: 'epoch',
      epoch: epoch + 1,
      time: new Date().toISOString(),
      metrics: { ...metrics },
      seconds: rounded((now - this.begun.epoch) / 1000),
      msPerStep: rounded((this.begun.lastBatchEnd - this.begun.epoch) / this.steps),
      learningRate,
      ...(weights && { weights }),
    });
  }

  override async onTrainEnd(): Promise<void> {
    const { epochs } = this.params as { epochs: number };
    const weights = this.file && !this.hasFailed ? await this.histograms() : undefined;
    const early = endReason(this.model)?.isGoal ? 'reached' : 'stopped';
    const how = early === 'stopped' && this.finished >= epochs ? 'finished' : early;
    this.end(how, undefined, weights);
  }

  private end(
    how: RunEnd['how'],
    error?: unknown,
    weights?: Awaited<ReturnType<typeof weightHistograms>>,
  ): void {
    if (this.isEnded || !this.file) return;
    this.isEnded = true;
    const reason = endReason(this.model)?.words;
    this.add({
      kind: 'end',
      time: new Date().toISOString(),
      how,
      ...(reason && how !== 'finished' ? { reason } : {}),
      epochs: this.finished,
      seconds: rounded((performance.now() - this.begun.training) / 1000),
      ...(error === undefined
        ? {}
        : { error: error instanceof Error ? error.message : String(error) }),
      ...(weights && { weights }),
    });
  }

  private beginLine(epochsBefore: number): RunBegin {
    const { epochs } = this.params as { epochs: number };
    const { optimizer, loss } = this.model;
    const learningRate = learningRateOf(optimizer);
    return {
      kind: 'begin',
      smileLabLog: 1,
      name: path.basename(this.folder),
      time: new Date().toISOString(),
      epochsBefore,
      epochs,
      steps: stepsOf(this.params) ?? null,
      process: processMark(),
      ...describeSurroundings(),
      settings: {
        optimizer: optimizer.getClassName(),
        ...(learningRate === undefined ? {} : { 'learning rate': learningRate }),
        ...(typeof loss === 'string' ? { loss } : {}),
        ...this.settings,
      },
      model: describeModel(this.model),
    };
  }

  private async histograms() {
    const start = performance.now();
    const weights = await weightHistograms(this.model);
    this.spentOnHistograms += performance.now() - start;
    return weights;
  }

  private add(line: RunLogLine): void {
    this.writing(() => this.file?.add(line));
  }

  /** The training goes on without its log: nothing of what is learned depends on it. */
  private writing(work: () => void): void {
    if (this.hasFailed) return;
    try {
      work();
    } catch (error) {
      this.hasFailed = true;
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      this.print(
        `Cannot write the run's log to ${JSON.stringify(this.folder)}: ${writeProblem(error)}. The training goes on without it`,
      );
    }
  }
}

/** To a microsecond or a thousandth: more digits only fill the disk. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * A callback that notes a training in a folder, for the dashboard and everybody who wants to look at it later: the network,
 * the device and the settings, then each epoch with its metrics, its speed and how the weights are spread, and how it
 * ended. The format is JSON lines; `readRunLog` reads them, also while the training goes on.
 *
 * Keras and fast.ai have `CSVLogger`, which writes the metrics of each epoch alone, and over an earlier file unless asked to
 * append.
 *
 * ```
 * logs/first-try/
 *   run.jsonl        a line as the training begins, a line an epoch, a line at the end
 *   progress.json    how far the present epoch is, written anew each second
 *   thumbnails/      the pictures of logEvaluation
 * ```
 * A log is never overwritten: where the folder holds one, a training that begins gets `first-try-2`; one that is resumed,
 * with `initialEpoch`, goes on in the log that is there. A folder that cannot be written does not end the training.
 *
 * @param options.run a name, which gets a folder in the project's `logs`; or a path. `logTensorBoard` may have the same folder
 * @param options.settings what shall stand beside the run, such as `{ seed: 1, dropout: 0.5 }`
 * @param options.print receives the sentence when the log cannot be written; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`; its `folder` says where the log is
 * @throws {RangeError} when the name is empty
 * @example
 * await model.fitDataset(train, { epochs: 20, callbacks: [logRun({ run: 'first-try', settings: { seed: 1 } })] });
 */
export function logRun(options: {
  run: string;
  settings?: RunSettings;
  print?: (line: string) => void;
}): RunLog {
  checkOptionNames('Cannot log the run', options, { run: true, settings: true, print: true });
  const { run, settings = {}, print = printLine } = options;
  return new RunLog(runFolder(run), settings, print);
}
