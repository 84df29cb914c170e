import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fileProblem } from '../../files/fileProblem';
import { parseVersioned } from '../../files/parseVersioned';
import { writeProblem } from '../../files/writeProblem';
import { saveKeras } from '../../saving/saveKeras';
import { unfinishedBy, writeTogether } from '../../files/writeTogether';
import type { tf } from '../../tensorflow/tf';
import type { CallbackState } from '../callbacks/resumableCallback';

/** Names the files of the last checkpoint; a folder without it holds none. */
export const CHECKPOINT = 'checkpoint.json';

const FILE_NAME = /^epoch-\d+-[0-9a-f]{8}(?:-\d+\.weights|\.keras)$/;

// JSON has no NaN and no infinities.
const metric = z.number().nullable();

const schema = z.object({
  smileLabCheckpoint: z.literal(1),
  epoch: z.number().int().min(1),
  model: z.string().regex(FILE_NAME),
  learningRate: z.number().nullable(),
  history: z.record(z.array(metric)),
  callbacks: z.array(
    z.object({
      kind: z.string(),
      values: z.record(z.union([metric, z.string(), z.boolean()])),
      weights: z.string().regex(FILE_NAME).nullable(),
      sizes: z.array(z.number().int().min(0)),
    }),
  ),
});

/** Where a training stands after an epoch, besides the model. */
export interface Standing {
  /** How many epochs are finished. */
  epoch: number;
  /** The optimizer's, in double precision; null where it has none. */
  learningRate: number | null;
  /** One value a finished epoch, by tfjs's names. */
  history: Record<string, number[]>;
  callbacks: Array<CallbackState & { kind: string }>;
}

/**
 * Writes a checkpoint, and then removes the one before.
 *
 * ```
 * folder/
 *   checkpoint.json              epoch, history, states of callbacks, names of the other files
 *   epoch-3-1f0c82ab.keras       the model with its optimizer, which Keras opens too
 *   epoch-3-1f0c82ab-0.weights   weights that a callback keeps, float32
 * ```
 * `checkpoint.json` takes its name last, in one step. So a process that is killed leaves the checkpoint before whole, or
 * this one whole.
 *
 * @throws {Error} when it cannot be written; the checkpoint before is still whole
 */
export async function writeCheckpoint(
  folder: string,
  model: tf.LayersModel,
  { epoch, learningRate, history, callbacks }: Standing,
): Promise<void> {
  // A name of its own: what the checkpoint before names is never replaced.
  const name = `epoch-${epoch}-${randomBytes(4).toString('hex')}`;
  const cannot = `Cannot keep a checkpoint in ${JSON.stringify(folder)}`;
  const written: string[] = [];
  const file = (end: string) => {
    written.push(name + end);
    return name + end;
  };
  try {
    const modelFile = file('.keras');
    await saveKeras(model, path.join(folder, modelFile));
    const content: z.infer<typeof schema> = {
      smileLabCheckpoint: 1,
      epoch,
      model: modelFile,
      learningRate,
      history,
      callbacks: callbacks.map(({ kind, values, weights }, i) => ({
        kind,
        values,
        weights: weights ? file(`-${i}.weights`) : null,
        sizes: weights?.map(({ length }) => length) ?? [],
      })),
    };
    const kept = content.callbacks.flatMap(({ weights }, i): Array<[string, Uint8Array]> => {
      const copies = callbacks[i]?.weights ?? [];
      return weights === null ? [] : [[weights, Buffer.concat(copies.map(bytesOf))]];
    });
    await writeTogether(folder, [...kept, [CHECKPOINT, `${JSON.stringify(content)}\n`]]);
  } catch (error) {
    for (const each of written) await fs.rm(path.join(folder, each), { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    // saveKeras has given the reason in words.
    const reason = code === undefined ? message : writeProblem(error);
    throw new Error(`${cannot}: ${reason}`, { cause: error });
  }
  // The checkpoint is there; what cannot be removed does no harm.
  await removeOthers(folder, new Set(written)).catch(() => {});
}

/**
 * Reads the checkpoint of a folder, all but the model.
 *
 * @returns undefined where there is none; `model` is a path
 * @throws {Error} when it cannot be read, is none, or a part of it is missing
 */
export async function readCheckpoint(
  folder: string,
): Promise<(Standing & { model: string }) | undefined> {
  const cannot = `Cannot read the checkpoint in ${JSON.stringify(folder)}`;
  let text: string;
  try {
    text = await fs.readFile(path.join(folder, CHECKPOINT), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
  }
  const content = parseVersioned(cannot, text, 'smileLabCheckpoint', schema);
  if (!content) throw new Error(`${cannot}: its ${CHECKPOINT} is damaged, or not of Smile Lab`);
  const { epoch, learningRate } = content;
  const callbacks: Standing['callbacks'] = [];
  for (const { kind, values, weights, sizes } of content.callbacks) {
    const kept = weights && { weights: await readWeights(cannot, folder, weights, sizes) };
    callbacks.push({ kind, values, ...kept });
  }
  const history = Object.fromEntries(
    Object.entries(content.history).map(([key, list]) => [key, list.map((value) => value ?? NaN)]),
  );
  return { epoch, learningRate, history, callbacks, model: path.join(folder, content.model) };
}

async function readWeights(
  cannot: string,
  folder: string,
  name: string,
  sizes: readonly number[],
): Promise<Float32Array[]> {
  const bytes = await fs.readFile(path.join(folder, name)).catch((error: unknown) => {
    throw new Error(`${cannot}: ${JSON.stringify(name)} is required, ${fileProblem(error)}`, {
      cause: error,
    });
  });
  const required = 4 * sizes.reduce((sum, size) => sum + size, 0);
  if (bytes.length !== required) {
    throw new Error(
      `${cannot}: ${JSON.stringify(name)} must have ${required} bytes, it has ${bytes.length}`,
    );
  }
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + required));
  let start = 0;
  return sizes.map((size) => all.slice(start, (start += size)));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Removes earlier checkpoints and what killed processes have left. */
async function removeOthers(folder: string, current: ReadonlySet<string>): Promise<void> {
  const wanted = new RegExp(`${FILE_NAME.source}|^checkpoint\\.json$`);
  for (const name of await fs.readdir(folder)) {
    const isEarlier = FILE_NAME.test(name) && !current.has(name);
    if (isEarlier || unfinishedBy(name, wanted) === 'gone') await fs.rm(path.join(folder, name));
  }
}
