import { createHash } from 'node:crypto';
import type { Backbone } from './loadBackbone';

/** Counts up when the same network would give other features of the same file. */
const VERSION = 1;

/**
 * Distinguishes a backbone from all that give other features: by its layers, its weights as they are now, and how a picture
 * becomes its input.
 *
 * @returns SHA-256, in hexadecimal digits
 */
export function backboneMark({ model, input }: Pick<Backbone, 'model' | 'input'>): string {
  const hash = createHash('sha256');
  const entries = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify([VERSION, entries, model.toJSON(undefined, false)]));
  for (const weight of model.getWeights()) {
    const values = weight.dataSync() as Float32Array;
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
