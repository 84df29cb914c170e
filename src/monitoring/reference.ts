import { z } from 'zod';
import { forEachBatch } from '../evaluation/forEachBatch';
import { predictProbabilities } from '../evaluation/predictProbabilities';
import { predictedIndex, probabilitiesOf } from '../evaluation/probabilitiesOf';
import { rowsOf } from '../evaluation/rowsOf';
import { parseVersioned } from '../files/parseVersioned';
import { imageDatasetFromFiles } from '../images/datasets/imageDatasetFromFiles';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { type Observation, observe } from './observe';
import { countInBins, decileEdges } from './stability';

/** So many pictures are enough for a test, and looked at in a moment. */
const MOST_PICTURES = 300;

const bins = z.object({ edges: z.array(z.number()), counts: z.array(z.number().int().min(0)) });
const schema = z.object({
  smileLabReference: z.literal(1),
  /** How many pictures were looked at. */
  pictures: z.number().int().min(1),
  classNames: z.array(z.string()),
  /** For how many of them each class was answered. */
  classes: z.array(z.number().int().min(0)),
  probability: bins,
  brightness: bins,
  contrast: bins,
  /** A list for each direction, with a number for each picture. */
  embedding: z.array(z.array(z.number())),
});

/** What the pictures of a training look like to its network: what is served is compared with it. */
export type Reference = Omit<z.infer<typeof schema>, 'smileLabReference'>;

/**
 * Looks at the pictures of a training. No picture can be drawn from what is kept.
 *
 * @param files of many, 300 evenly picked are looked at; at least one
 * @throws {UnreadablePicture} when one cannot be read
 */
export async function referenceOf(
  classifier: Classifier,
  files: readonly string[],
): Promise<Reference> {
  const every = Math.ceil(files.length / MOST_PICTURES);
  const chosen = files.filter((_, i) => i % every === 0);
  const { classNames, input } = classifier;
  const batches = await imageDatasetFromFiles(
    chosen.map((path) => ({ path, label: 0 })),
    { ...resizingOf(classifier), classNames, shuffle: false, cache: { memory: 0, disk: 0 } },
  );
  const observations: Observation[] = [];
  const classes = classNames.map(() => 0);
  const probabilities: number[] = [];
  await forEachBatch(batches, async ({ xs }) => {
    observations.push(...(await observe(classifier, xs)));
    const outputs = tf.tidy(() => predictProbabilities(classifier, toInput(xs, input.rescale)));
    for (const row of await rowsOf(outputs)) {
      const all = probabilitiesOf(row, classNames.length);
      const index = predictedIndex(all);
      classes[index]!++;
      probabilities.push(all[index]!);
    }
  });
  return {
    pictures: chosen.length,
    classNames: [...classNames],
    classes,
    probability: binsOf(probabilities),
    brightness: binsOf(observations.map(({ brightness }) => brightness)),
    contrast: binsOf(observations.map(({ contrast }) => contrast)),
    embedding: observations[0]!.embedding.map((_, k) =>
      observations.map(({ embedding }) => Number(embedding[k]!.toPrecision(6))),
    ),
  };
}

function binsOf(values: readonly number[]): z.infer<typeof bins> {
  const edges = decileEdges(values);
  return { edges, counts: countInBins(values, edges) };
}

/** A reference as text. */
export function writtenReference(reference: Reference): string {
  const content: z.infer<typeof schema> = { smileLabReference: 1, ...reference };
  return `${JSON.stringify(content)}\n`;
}

/** @returns undefined where it is none */
export function readReference(cannot: string, text: string): Reference | undefined {
  return parseVersioned(cannot, text, 'smileLabReference', schema);
}
