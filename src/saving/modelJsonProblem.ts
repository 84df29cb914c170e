import { stat } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { fileProblem } from '../files/fileProblem';
import { isConfig } from './keras/values/values';

const weightSchema = z.object({
  shape: z.array(z.number()),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string() }).nullish(),
});

/** What is read of a model.json before tfjs reads it. */
export const modelJsonSchema = z.object({
  format: z.unknown(),
  modelTopology: z.object({ training_config: z.unknown() }).passthrough().nullish(),
  trainingConfig: z.unknown(),
  userDefinedMetadata: z.object({ smileLab: z.unknown() }).nullish(),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()).default([]),
        weights: z.array(weightSchema).default([]),
      }),
    )
    .nullish(),
  config: z.unknown(),
});

/** As {@link modelJsonSchema} gives it. */
export type ModelJson = z.infer<typeof modelJsonSchema>;

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/**
 * Why a model.json that others have written cannot be loaded, with the cure, as far as it can be seen before it is tried.
 *
 * @returns undefined when nothing speaks against it
 */
export async function modelJsonProblem(
  folder: string,
  saved: ModelJson,
): Promise<string | undefined> {
  const { format, modelTopology: topology } = saved;
  if (format === 'graph-model' || (isConfig(topology) && 'node' in topology)) {
    return 'it is a graph model, which has no layers any more; save the Keras model itself as .keras or .h5, and give that file';
  }
  if (!topology && isConfig(saved.config)) {
    return 'it holds layers without weights, as Keras writes them by to_json(); save the whole model as .keras or .h5, and give that file';
  }
  if (!topology) return 'its model.json holds no layers';
  if (/"batch_shape":|"__keras_tensor__"/.test(JSON.stringify(topology))) {
    return 'its layers are written as Keras 3 writes them, which tfjs does not read; save the model in Keras as .keras, and give that file';
  }
  return weightsProblem(folder, saved);
}

async function weightsProblem(folder: string, saved: ModelJson): Promise<string | undefined> {
  for (const { paths, weights } of saved.weightsManifest ?? []) {
    let there = 0;
    for (const name of paths) {
      try {
        there += (await stat(path.join(folder, name))).size;
      } catch (error) {
        return `its weights ${JSON.stringify(name)} must lie beside its model.json: ${fileProblem(error)}`;
      }
    }
    const wanted = weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
    // A type that is not known here makes NaN, and tfjs the judge.
    if (wanted < there || wanted > there) {
      return `its weights must have ${wanted} bytes, and ${paths.join(', ')} ${paths.length === 1 ? 'has' : 'have'} ${there}: cut off, changed, or of another model`;
    }
  }
  return undefined;
}

function bytesOf({ shape, dtype, quantization }: z.infer<typeof weightSchema>): number {
  const size = shape.reduce((product, length) => product * length, 1);
  return size * (BYTES[quantization?.dtype ?? dtype] ?? NaN);
}

/** What an error of tfjs's says about a model.json, in words that name the cure. */
export function loadingProblem({ message }: Error): string {
  const [, what, name] = /^Unknown (\w+): (\S+?)\. /.exec(message) ?? [];
  if (what !== undefined) {
    return `it holds the ${what} ${name}, which is not known here; with another one in its place, or saved without it, it can be loaded`;
  }
  // After the first sentence tfjs gives advice to programmers, on several lines.
  const [reason] = message.split(/\. |\n/);
  return `its model.json does not fit together (${reason})`;
}
