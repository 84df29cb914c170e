import { stat } from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { ifThere } from '../../files/ifThere';
import { tf } from '../../tensorflow/tf';
import type { ClassifierInput } from '../classifier';
import { KNOWN_BACKBONES } from './knownBackbones';
import { loadBackbone } from './loadBackbone';
import { WEIGHTS } from './openWeights';

/** What is known of a pre-trained network before it is loaded. */
export interface BackboneDescription {
  name: string;
  /** What it has learnt from, and which package its weights are from. */
  description: string;
  licence: string;
  /** Size of the file of its weights, in 1,000,000 bytes; undefined where it is not there. */
  megabytes: number | undefined;
  /** How a picture becomes its input. */
  input: ClassifierInput;
  /** The layer up to which it is loaded when none is named. */
  layer: string;
  /** How long a picture takes up to that layer on this computer, in ms, where it was measured. */
  msPerPicture?: number;
}

/** The first ones of a shape take longer. */
const [FIRST, MEASURED] = [3, 10];

/**
 * Lists the pre-trained networks that came with the set-up.
 *
 * @param options.measure loads each, and measures how long a picture takes on this computer as it is now: the shortest of ten; false when left out
 * @throws {Error} as `loadBackbone`, when it measures
 * @example
 * const [first] = await listBackbones();
 * await loadBackbone(first!.name);
 */
export async function listBackbones(
  options: { measure?: boolean } = {},
): Promise<BackboneDescription[]> {
  checkOptionNames('Cannot list the backbones', options, { measure: true });
  const { measure = false } = options;
  const list: BackboneDescription[] = [];
  for (const [name, known] of Object.entries(KNOWN_BACKBONES)) {
    const { description, licence, input, layer } = known;
    const found = await ifThere(stat(path.join(WEIGHTS, known.file)));
    list.push({
      ...{ name, description, licence, megabytes: found && found.size / 1e6, input, layer },
      ...(measure ? { msPerPicture: await msPerPicture(name) } : {}),
    });
  }
  return list;
}

async function msPerPicture(name: string): Promise<number> {
  const { model, input } = await loadBackbone(name);
  const picture = tf.zeros([1, ...input.imageSize, 3]);
  const times: number[] = [];
  for (let i = 0; i < FIRST + MEASURED; i++) {
    const start = performance.now();
    const answer = model.predict(picture) as tf.Tensor;
    await answer.data();
    times.push(performance.now() - start);
    answer.dispose();
  }
  picture.dispose();
  model.dispose();
  return Math.min(...times.slice(FIRST));
}
