import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { show } from '../../errors/show';
import { makeFolder } from '../../files/makeFolder';
import { writeProblem } from '../../files/writeProblem';
import { writeTogether } from '../../files/writeTogether';
import { warnOnce } from '../../tensorflow/native/warnOnce';

/** A picture is known by the SHA-256 of its file: so many bytes. */
const NAME_BYTES = 32;

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * Features on the disk, in files that are whole or not there:
 * ```
 * folder/
 *   efficientnet-lite0-4f0c…/       a network with its weights, and how it takes pictures
 *     2b51….features                how many pictures, how many numbers each; the pictures' names; the numbers
 * ```
 */
export class FeatureCache {
  private readonly known = new Map<string, Float32Array>();

  private constructor(private readonly folder: string) {}

  /**
   * Opens the features of a network. What is cut off or cannot be read counts as none.
   *
   * @param folder need not exist
   * @param network what distinguishes it, as the name of a folder
   */
  static async open(folder: string, network: string): Promise<FeatureCache> {
    const cache = new FeatureCache(path.join(folder, network));
    for (const name of await fs.readdir(cache.folder).catch(() => [])) {
      if (!name.endsWith('.features')) continue;
      cache.take(await fs.readFile(path.join(cache.folder, name)).catch(() => Buffer.alloc(0)));
    }
    return cache;
  }

  /** @returns undefined where the picture's features are not known */
  get(picture: string): Float32Array | undefined {
    return this.known.get(picture);
  }

  /**
   * Keeps features, in one new file. Where they cannot be written, a sentence on standard error says so.
   *
   * @param features by the SHA-256 of the picture's file, in hexadecimal digits; of one length
   */
  async add(features: ReadonlyMap<string, Float32Array>): Promise<void> {
    const [first] = features.values();
    if (!first) return;
    for (const [picture, values] of features) this.known.set(picture, values);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(features.size, 0);
    head.writeUInt32LE(first.length, 4);
    const names = [...features.keys()].map((picture) => Buffer.from(picture, 'hex'));
    const values = [...features.values()].map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    );
    try {
      makeFolder(this.folder);
      const name = `${randomUUID()}.features`;
      await writeTogether(this.folder, [[name, Buffer.concat([head, ...names, ...values])]]);
    } catch (error) {
      warnOnce(
        `Features are not kept in ${show(this.folder)}, so they are computed anew the next time: ${writeProblem(error)}.`,
      );
    }
  }

  private take(content: Buffer): void {
    if (content.length < 8) return;
    const [count, length] = [content.readUInt32LE(0), content.readUInt32LE(4)];
    const size = length * FLOAT_BYTES;
    const start = 8 + count * NAME_BYTES;
    if (content.length !== start + count * size) return;
    const numbers = new Float32Array(Uint8Array.from(content.subarray(start)).buffer);
    for (let i = 0; i < count; i++) {
      const picture = content.toString('hex', 8 + i * NAME_BYTES, 8 + (i + 1) * NAME_BYTES);
      this.known.set(picture, numbers.subarray(i * length, (i + 1) * length));
    }
  }
}
