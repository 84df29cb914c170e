import path from 'node:path';
import { encodePicture } from '../../display/pictures/encodePicture';
import { picturesOfBatch } from '../../display/pictures/picturesOfBatch';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { makeFolder } from '../../files/makeFolder';
import { writeProblem } from '../../files/writeProblem';
import { kerasMetricNames } from '../../saving/keras/kerasMetricNames';
import type { tf } from '../../tensorflow/tf';
import { EventWriter } from '../../tensorflow/native/eventWriter';
import { printLine } from '../../training/fit/printLine';
import { histogram } from './histogram';
import { WholeEpochCallback, type EpochMetrics } from '../../training/callbacks/wholeEpochCallback';

/** Pictures that TensorBoard shows, by name: one tensor `[n, height, width, channels]` a name, 0–255. */
export type SamplePictures = Readonly<Record<string, tf.Tensor4D>>;

class LogTensorBoard extends WholeEpochCallback {
  private train: EventWriter | undefined;
  private validation: EventWriter | undefined;
  private hasFailed = false;

  constructor(
    private readonly folder: string,
    private readonly pictures: SamplePictures,
    private readonly print: (line: string) => void,
  ) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.close();
    this.hasFailed = false;
    await this.logging(async () => {
      this.train = this.open('train');
      for (const [name, pictures] of Object.entries(this.pictures)) {
        const [, height, width] = pictures.shape;
        this.train.images(name, 0, [width, height], await pngsOf(pictures));
      }
      this.train.flush();
    });
  }

  override async onTrainEnd(): Promise<void> {
    this.close();
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    await this.logging(async () => {
      const kerasNames = kerasMetricNames(this.model);
      for (const [name, value] of Object.entries(metrics)) {
        const isValidation = name.startsWith('val_');
        if (isValidation) this.validation ??= this.open('validation');
        const writer = isValidation ? this.validation : this.train;
        writer?.scalar(tagOf(name, kerasNames), epoch + 1, value);
      }
      for (const weight of this.model.weights) {
        const values = await weight.read().data<'float32'>();
        this.train?.histogram(weight.originalName, epoch + 1, histogram(values));
      }
      this.train?.flush();
      this.validation?.flush();
    });
  }

  private open(part: string): EventWriter {
    const folder = path.join(this.folder, part);
    makeFolder(folder);
    return new EventWriter(folder);
  }

  private close(): void {
    for (const writer of [this.train, this.validation]) writer?.close();
    [this.train, this.validation] = [undefined, undefined];
  }

  /** The training goes on without its logs: nothing of what is learned depends on them. */
  private async logging(work: () => Promise<void>): Promise<void> {
    if (this.hasFailed) return;
    try {
      await work();
    } catch (error) {
      this.hasFailed = true;
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      this.print(
        `Cannot write TensorBoard's logs to ${JSON.stringify(this.folder)}: ${writeProblem(error)}. The training goes on without them`,
      );
    }
  }
}

/** Training and validation share a name, and so a chart. */
function tagOf(metric: string, kerasNames: ReadonlyMap<string, string>): string {
  const name = metric.replace(/^val_/, '');
  return `epoch_${kerasNames.get(name) ?? name}`;
}

async function pngsOf(pictures: tf.Tensor4D): Promise<Buffer[]> {
  const [, height, width] = pictures.shape;
  const encoding = { size: Math.max(height, width), qualities: [] }; // without loss
  const encoded = (await picturesOfBatch(pictures, [0, 255])).map((picture) =>
    encodePicture(picture, encoding),
  );
  return (await Promise.all(encoded)).map(({ bytes }) => bytes);
}

/**
 * A callback that writes what TensorBoard shows: loss and accuracy after each epoch, training and validation in one chart,
 * histograms of all weights, and sample pictures. `npm run tensorboard` opens `logs`.
 *
 * Keras' `TensorBoard(histogram_freq=1, write_graph=False)` gives loss and accuracy the same names; it counts epochs from 0, not
 * from 1, logs the learning rate as well, and no sample pictures. fast.ai's is `TensorBoardCallback`.
 *
 * A folder that cannot be written does not end the training: the callback says so in one sentence, once, and the training
 * goes on without logs, since history and curves do not depend on them.
 *
 * @param options.folder for this training alone, such as `logs/2026-11-20-dropout`; in it `train` and `validation` are made. A
 * training that is resumed goes on in the same folder
 * @param options.pictures shown under these names; the caller disposes them, after the training has begun
 * @param options.print receives the sentence; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`
 * @example
 * const log = logTensorBoard({ folder: 'logs/first-try', pictures: { happy, sad } });
 * await model.fitDataset(train, { epochs: 20, validationData: validation, callbacks: [log] });
 */
export function logTensorBoard(options: {
  folder: string;
  pictures?: SamplePictures;
  print?: (line: string) => void;
}): WholeEpochCallback {
  const known = { folder: true, pictures: true, print: true } as const;
  checkOptionNames('Cannot log for TensorBoard', options, known);
  const { folder, pictures = {}, print = printLine } = options;
  return new LogTensorBoard(folder, pictures, print);
}
