import path from 'node:path';
import sharp from 'sharp';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { writeProblem } from '../../files/writeProblem';
import { kerasMetricNames } from '../../saving/keras/kerasMetricNames';
import type { tf } from '../../tensorflow/tf';
import { EventFile } from './eventFile';
import { histogram } from './histogram';
import { histogramSummary, imageSummary, scalarSummary } from './summary';
import { WholeEpochCallback, type EpochMetrics } from '../../training/callbacks/wholeEpochCallback';

/** Pictures that TensorBoard shows, by name: one tensor `[n, height, width, 3]` a name, 0–255. */
export type SamplePictures = Readonly<Record<string, tf.Tensor4D>>;

class LogTensorBoard extends WholeEpochCallback {
  private train: EventFile | undefined;
  private validation: EventFile | undefined;
  private hasFailed = false;

  constructor(
    private readonly folder: string,
    private readonly pictures: SamplePictures,
    private readonly print: (line: string) => void,
  ) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    [this.train, this.validation, this.hasFailed] = [undefined, undefined, false];
    await this.logging(async () => {
      this.train = await EventFile.create(path.join(this.folder, 'train'));
      for (const [name, pictures] of Object.entries(this.pictures)) {
        const [, height, width] = pictures.shape;
        await this.train.add(0, [imageSummary(name, width, height, await pngsOf(pictures))]);
      }
    });
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    await this.logging(async () => {
      const names = Object.keys(metrics);
      const training = names.filter((name) => !name.startsWith('val_'));
      const kerasNames = kerasMetricNames(this.model);
      const scalar = (name: string) => scalarSummary(tagOf(name, kerasNames), metrics[name]!);
      const weights = [];
      for (const weight of this.model.weights) {
        const values = await weight.read().data<'float32'>();
        weights.push(histogramSummary(weight.originalName, histogram(values)));
      }
      await this.train?.add(epoch + 1, [...training.map(scalar), ...weights]);
      if (training.length === names.length) return;
      this.validation ??= await EventFile.create(path.join(this.folder, 'validation'));
      const validated = names.filter((name) => name.startsWith('val_'));
      await this.validation.add(epoch + 1, validated.map(scalar));
    });
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

async function pngsOf(pictures: tf.Tensor4D): Promise<Uint8Array[]> {
  const [count, height, width] = pictures.shape;
  const pixels = Uint8Array.from(await pictures.data(), Math.round);
  const size = height * width * 3;
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp(pixels.subarray(i * size, (i + 1) * size), { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    ),
  );
}

/**
 * A callback that writes what TensorBoard shows: loss and accuracy after each epoch, training and validation in one chart,
 * histograms of all weights, and sample pictures. `npm run tensorboard` opens `logs`.
 *
 * Keras' `TensorBoard(histogram_freq=1, write_graph=False)` gives loss and accuracy the same names; it logs the learning rate
 * as well, and no sample pictures. fast.ai's is `TensorBoardCallback`.
 *
 * A folder that cannot be written does not end the training: the callback says so in one sentence, once, and the training
 * goes on without logs, since history and curves do not depend on them.
 *
 * @param folder for this training alone, such as `logs/2026-11-20-dropout`; in it `train` and `validation` are made. A
 * training that is resumed goes on in the same folder.
 * @param options.pictures shown under these names; the caller disposes them, after the training has begun
 * @param options.print receives the sentence; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`
 * @example
 * const log = logTensorBoard('logs/first-try', { pictures: { happy, sad } });
 * await model.fitDataset(train, { epochs: 20, validationData: validation, callbacks: [log] });
 */
export function logTensorBoard(
  folder: string,
  options: { pictures?: SamplePictures; print?: (line: string) => void } = {},
): WholeEpochCallback {
  checkOptionNames('Cannot log for TensorBoard', options, { pictures: true, print: true });
  const { pictures = {}, print = (line) => process.stdout.write(`${line}\n`) } = options;
  return new LogTensorBoard(folder, pictures, print);
}
