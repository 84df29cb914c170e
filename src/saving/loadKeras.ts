import fs from 'node:fs/promises';
import { checkOptionNames } from '../errors/checkOptionNames';
import { fileProblem } from '../files/fileProblem';
import type { tf } from '../tensorflow/tf';
import { buildModel } from './keras/buildModel';
import type { SavedLoss } from '../models/outputMeaning';
import { compileFromKeras } from './keras/compileFromKeras';
import { savedLoss } from './keras/objectiveFromKeras';
import { type TrainingConfig, trainingConfig } from './keras/trainingConfig';
import { Hdf5File } from './keras/hdf5File';
import {
  CONFIG,
  METADATA,
  SMILE_LAB,
  TRAINING,
  unpackArchive,
  WEIGHTS,
} from './keras/kerasArchive';
import { KERAS_3, kerasVersion } from './keras/values/kerasVersion';
import { archiveWeights, legacyWeights } from './keras/kerasWeights';
import { outputKeys } from './keras/modelConfig';
import { restoreOptimizer, type StateSource } from './keras/optimizer';
import { type Config, isConfig } from './keras/values/values';
import { warnOfWeightsIn } from './warnOfWeightsIn';

/**
 * How many times a file's size it may unpack to. Keras does not compress, and trained weights hardly shrink when others
 * do; a zip bomb is a thousand times smaller than what it unpacks to.
 */
const EXPANSION = 100;

/**
 * Loads a model that Keras has saved: an archive `.keras` of Keras 3, or an older `.h5` of Keras 2 or 3. Which of both it
 * is, its content says.
 *
 * Sequential and Functional models, also one inside the other, of the layers of {@link LAYER_KINDS}, channels last,
 * float32: each computes here what it does in Keras, with every setting, or is refused by its name. Nothing of the file is
 * executed, and nothing is written to the disk. Layers that augment pictures change none when the model predicts; in a
 * training RandomFlip, RandomRotation, RandomZoom, RandomTranslation, RandomContrast, RandomBrightness and RandomErasing do
 * as in Keras, and others (RandomHue, …) are left out, which it says. It also says where a model's output has masked steps,
 * which Keras leaves out of the loss; in all layers that leave such steps out (LSTM, GlobalAveragePooling1D, …) they are.
 *
 * A model that was compiled is compiled again, with the weights of its losses and its optimizer's state: training goes on
 * where it stopped. (An `.h5` of Keras before 2.11, or of its legacy optimizers, orders that state otherwise: the optimizer
 * starts anew, and a sentence on standard error says so.)
 *
 * Metrics that count over all batches (Precision, Recall, AUC, F1Score) are none that tfjs's `fit` can show: a sentence on
 * standard error says so, `evaluatePictures` measures them, and `saveKeras` writes them again. Another one warns of weights
 * that are NaN or infinite.
 *
 * @param file the path of the file
 * @param options.compile false leaves loss, optimizer and metrics away: for a model that only predicts, or was trained
 * with what tfjs has not; true when left out
 * @returns the model; the caller disposes it, and its optimizer with it
 * @throws {Error} when the file cannot be read, is damaged, holds a layer that is not known here, or its weights do not fit
 * @example
 * const model = await loadKeras('imageclassifier.keras');
 */
export async function loadKeras(
  file: string,
  options: { compile?: boolean } = {},
): Promise<tf.LayersModel> {
  checkOptionNames(`Cannot load a Keras model from ${JSON.stringify(file)}`, options, {
    compile: true,
  });
  const { compile = true } = options;
  return (await openKeras(file, { compile })).model;
}

/** What a file of Keras holds. */
export interface KerasFile {
  /** The caller disposes it. */
  model: tf.LayersModel;
  /** What {@link saveKeras} has put beside it, not checked; undefined in a file of others. */
  smileLab: unknown;
  /** What the file says of the loss that it was compiled with. */
  loss: SavedLoss;
  /** How it was compiled, as Keras writes it into an `.h5`; undefined when it was not. */
  training: TrainingConfig | undefined;
  /** Whether the optimizer's state stands beside it. */
  hasState: boolean;
}

/** {@link loadKeras}, with what stands beside the model. */
export async function openKeras(file: string, options: { compile: boolean }): Promise<KerasFile> {
  const cannot = `Cannot load a Keras model from ${JSON.stringify(file)}`;
  const content = await fs.readFile(file).catch((error: unknown) => {
    throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
  });
  const open = openerOf(content);
  if (!open) {
    throw new Error(
      `${cannot}: it is neither an archive of Keras 3 (.keras) nor an HDF5 file of an older one (.h5)`,
    );
  }
  const opened = await open(content, options).catch((error: Error) => {
    throw new Error(`${cannot}: ${error.message}`, { cause: error });
  });
  await warnOfWeightsIn(file, opened.model);
  return opened;
}

function openerOf(content: Buffer): typeof openArchive | undefined {
  if (startsWith(content, 'PK\x03\x04')) return openArchive;
  return startsWith(content, '\x89HDF\r\n\x1a\n') ? openLegacy : undefined;
}

function startsWith(content: Buffer, signature: string): boolean {
  return content.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'));
}

async function openArchive(content: Buffer, { compile }: { compile: boolean }): Promise<KerasFile> {
  const limit = EXPANSION * content.length;
  const parts = await unpackArchive(content, limit);
  const [config, metadata, weights] = [CONFIG, METADATA, WEIGHTS].map((name) => parts.get(name));
  if (!config) throw new Error(`it holds no ${CONFIG}, so that it is no archive of Keras 3`);
  if (!weights) throw new Error(`it holds no ${WEIGHTS}`);
  const described = parse(config.toString(), CONFIG);
  const about = metadata ? parse(metadata.toString(), METADATA) : undefined;
  const file = await openHdf5(weights, limit, WEIGHTS);
  try {
    const training = isConfig(described) ? described['compile_config'] : undefined;
    const keras = kerasVersion(isConfig(about) ? about['keras_version'] : undefined, Infinity);
    const state = archiveState(file, keras);
    const model = buildModel(described, archiveWeights(file), keras);
    if (compile) compileAgain(model, training, state, outputKeys(described));
    const smileLab = isConfig(about) ? about[SMILE_LAB] : undefined;
    return {
      model,
      smileLab,
      loss: savedLoss(training),
      training: trainingConfig(training, outputKeys(described)),
      hasState: state.count > 0,
    };
  } finally {
    file.close();
  }
}

/** The last versions of Keras 2 keep no learning rate beside the other variables; it stands in the configuration. */
function archiveState(file: Hdf5File, keras: number): StateSource {
  const missing = keras < KERAS_3 ? 1 : 0;
  const { length } = file.names('optimizer/vars');
  return {
    count: length === 0 ? 0 : length + missing,
    read(index, shape) {
      const variable = index === 0 ? 0 : index - missing;
      return file.read(`optimizer/vars/${variable}`, shape).values;
    },
  };
}

async function openLegacy(content: Buffer, { compile }: { compile: boolean }): Promise<KerasFile> {
  const file = await openHdf5(content, EXPANSION * content.length, 'content');
  try {
    const config = file.attribute('/', 'model_config');
    if (typeof config !== 'string') {
      throw new Error(
        'it describes no model: it may hold the weights alone, or is no file of Keras',
      );
    }
    const about = file.attribute('/', SMILE_LAB);
    const smileLab = typeof about === 'string' ? parse(about, SMILE_LAB) : undefined;
    // Each Keras 3 writes its version, some old ones do not.
    const keras = kerasVersion(file.attribute('/', 'keras_version'), 0);
    const described = parse(config, 'model_config');
    const model = buildModel(described, legacyWeights(file), keras);
    const written = file.attribute('/', 'training_config') ?? file.attribute('/', TRAINING);
    const training = typeof written === 'string' ? parse(written, 'training_config') : undefined;
    const state = compile ? legacyState(file, model.name, keras) : undefined;
    if (state) compileAgain(model, training, state, outputKeys(described));
    return {
      model,
      smileLab,
      loss: savedLoss(training),
      training: trainingConfig(training, outputKeys(described)),
      hasState: (state?.count ?? 0) > 0,
    };
  } finally {
    file.close();
  }
}

function legacyState(file: Hdf5File, model: string, keras: number): StateSource {
  const names = [file.attribute('optimizer_weights', 'weight_names') ?? []].flat();
  const hasRate = names[1]?.endsWith('/learning_rate') ?? false;
  // The last versions of Keras 2 keep the same, but for the learning rate, which stands in the configuration; so does
  // Keras 3 where a schedule makes it.
  const isSame = keras >= KERAS_3 || names[0] === 'iteration:0';
  if (!hasRate && isSame && names.length > 0) names.splice(1, 0, 'none');
  else if (!hasRate && names.length > 0) {
    names.length = 0;
    warn(
      `The optimizer of the model ${JSON.stringify(model)} starts anew: its state was saved by an old Keras 2, which orders it otherwise.`,
    );
  }
  return {
    count: names.length,
    read: (index, shape) => file.read(`optimizer_weights/${names[index]}`, shape).values,
  };
}

function compileAgain(
  model: tf.LayersModel,
  training: unknown,
  state: StateSource,
  outputs: string[] | undefined,
): void {
  if (!isConfig(training) || Object.keys(training).length === 0) return;
  try {
    const streaming = compileFromKeras(model, training as Config, outputs);
    restoreOptimizer(model, state);
    if (streaming.length > 0) warnStreaming(model.name, streaming);
  } catch (error) {
    model.dispose();
    throw new Error(
      `${(error as Error).message}; with compile: false the model can be loaded to predict`,
      { cause: error },
    );
  }
}

function warnStreaming(model: string, metrics: readonly string[]): void {
  warn(
    `The model ${JSON.stringify(model)} was compiled with ${metrics.join(', ')}: each counts over all batches, which tfjs's fit cannot show. evaluatePictures and evaluateClassifier measure them, and saveKeras writes them again.`,
  );
}

function warn(sentence: string): void {
  // A model has no other way to speak to whoever loads it.
  // eslint-disable-next-line no-console
  console.warn(sentence);
}

async function openHdf5(content: Uint8Array, limit: number, what: string): Promise<Hdf5File> {
  try {
    return await Hdf5File.open(content, limit);
  } catch (error) {
    throw new Error(`its ${what} cannot be opened, ${(error as Error).message}`, { cause: error });
  }
}

function parse(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`its ${what} is damaged, it is no JSON`, { cause: error });
  }
}
