import { checkPath } from '../../errors/checkPath';
import { optimizerGroup, restoreOptimizer } from '../../saving/keras/optimizer';
import { loadKeras } from '../../saving/loadKeras';
import { tf } from '../../tensorflow/tf';
import { readCheckpoint } from './checkpointFile';
import { setLearningRate } from '../fit/setLearningRate';
import { resumableOf } from '../callbacks/resumableCallback';

/** Where a training stands. */
export interface Resumed {
  /** How many epochs are finished; 0 where there is no checkpoint. Goes to `fitDataset` as `initialEpoch`. */
  epoch: number;
  /** One value a finished epoch, by tfjs's names: `loss`, `acc`, `val_loss`, `val_acc`. */
  history: Record<string, number[]>;
  /** Whether `stopEarly` had ended the training: there is nothing to resume. */
  ended: boolean;
}

/**
 * Brings a model and callbacks to where the checkpoint of a folder was kept, so that the training goes on as if it had not
 * ended: weights, moving averages, the optimizer's moments, steps and learning rate, and what the callbacks remember. The
 * noise of dropout follows from a layer's seed and the number of steps, so a layer without a seed draws other noise. The
 * order of the pictures follows from the seed of their dataset and `initialEpoch`.
 *
 * On a CPU the history then equals, to the last digit, that of a training that was never ended.
 *
 * @param model compiled, with the network and the optimizer of the training that is resumed; changed in place
 * @param folder where `keepCheckpoint` kept it
 * @param callbacks those of the training that remember something: `stopEarly`, `keepBestWeights`; others may be among them
 * @returns where the training stands; epoch 0, and nothing changed, where the folder holds no checkpoint
 * @throws {Error} when the checkpoint cannot be read, or is of another network, optimizer or other callbacks
 * @example
 * const { epoch } = await resumeTraining(model, 'models/mine');
 * const train = await imageDatasetFromFiles(split.train, { classNames, seed: 1 });
 * await model.fitDataset(train, { epochs: 20, initialEpoch: epoch, callbacks: [keepCheckpoint({ folder: 'models/mine' })] });
 */
export async function resumeTraining(
  model: tf.LayersModel,
  folder: string,
  callbacks: readonly object[] = [],
): Promise<Resumed> {
  checkPath('Cannot resume the training', 'the folder of its checkpoint', folder);
  const checkpoint = await readCheckpoint(folder);
  if (!checkpoint) return { epoch: 0, history: {}, ended: false };
  const cannot = `Cannot resume the training in ${JSON.stringify(folder)}`;
  const resumed = resumableOf(callbacks);
  const kinds = (all: readonly { kind: string }[]) => all.map(({ kind }) => kind).sort();
  const [required, given] = [kinds(checkpoint.callbacks), kinds(resumed)];
  if (required.join() !== given.join()) {
    throw new Error(
      `${cannot}: its callbacks must be ${required.join(', ') || 'none'}, got ${given.join(', ') || 'none'}`,
    );
  }
  const saved = await loadKeras(checkpoint.model);
  try {
    checkAlike(cannot, model, saved);
    // Before the moments, which were kept at this rate.
    if (checkpoint.learningRate !== null) setLearningRate(model.optimizer, checkpoint.learningRate);
    model.setWeights(saved.getWeights());
    await copyOptimizer(saved, model);
  } finally {
    saved.dispose();
  }
  const states = [...checkpoint.callbacks];
  for (const callback of resumed) {
    const index = states.findIndex(({ kind }) => kind === callback.kind);
    callback.restore(states.splice(index, 1)[0]!);
  }
  const ended = checkpoint.callbacks.some(({ values }) => values['ended'] === true);
  return { epoch: checkpoint.epoch, history: checkpoint.history, ended };
}

function checkAlike(cannot: string, model: tf.LayersModel, saved: tf.LayersModel): void {
  const shapes = (each: tf.LayersModel) =>
    each
      .getWeights()
      .map(({ shape }) => `[${shape.join('×')}]`)
      .join(' ');
  const [mine, theirs] = [shapes(model), shapes(saved)];
  if (mine !== theirs) {
    throw new Error(`${cannot}: the network must have weights ${theirs}, got ${mine}`);
  }
  const [own, its] = [model.optimizer, saved.optimizer].map((each) => each?.getClassName());
  if (own !== its) throw new Error(`${cannot}: the model must be compiled with ${its}, got ${own}`);
}

async function copyOptimizer(saved: tf.LayersModel, model: tf.LayersModel): Promise<void> {
  const [from, to] = [saved.optimizer, model.optimizer];
  if (from.getClassName() === 'Adamax') {
    // tfjs neither gives nor takes its state.
    const { arrays } = await optimizerGroup(saved);
    const read = (i: number) => {
      const { values } = arrays[i]!;
      return Float32Array.from(typeof values === 'function' ? values() : values, Number);
    };
    restoreOptimizer(model, { count: arrays.length, read });
    return;
  }
  const state = await from.getWeights();
  // The moments stay `from`'s; the number of steps was made for this list.
  const steps = state.find(({ name }) => name === 'iter')?.tensor;
  const copies = state.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
  await to.setWeights(copies);
  tf.dispose([copies.map(({ tensor }) => tensor), ...(steps ? [steps] : [])]);
}
