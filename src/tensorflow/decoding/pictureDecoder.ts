import os from 'node:os';

import { type Feeds, GraphSession } from '../graph/graphSession';
import { deleteNative, nativeLong, nativeStrings, nativeTensor } from '../native/nativeTensor';
import { type Fit, fitParts, type Shrinking, SHRINKINGS } from './decodeImage';
import { decodingGraph, FIT_LENGTH, MAX_THREADS } from './decodingGraph';
import type { DecodingKind } from './loadFunction';

/** A picture's file, and how many times smaller it becomes while it is decoded. */
export interface PictureToDecode {
  path: string;
  /** More than 1 for a JPEG alone. */
  shrinking: Shrinking;
  fit: Fit;
}

/** Decoders that nobody uses now, by their graph: opening one takes as long as decoding a hundred small pictures. */
const idle = new Map<string, PictureDecoder[]>();

/** So many of a kind stay open: one for training pictures, one for validation. */
const MAX_IDLE = 2;

const threads = Math.min(os.availableParallelism(), MAX_THREADS);

/**
 * Decodes a list of pictures ahead of time in threads of TensorFlow, while JavaScript, or a training step, goes on.
 *
 * Not more than a given number of pictures wait decoded. A decoder serves one pass at a time; `release` gives it back.
 */
export class PictureDecoder {
  private readonly session: GraphSession;
  /** The binding's number of the tensor that holds the paths. */
  private paths: number | undefined;

  private constructor(
    private readonly kind: string,
    decoding: DecodingKind,
  ) {
    const { nodes, functions } = decodingGraph(decoding, threads);
    this.session = new GraphSession(nodes, functions);
  }

  /**
   * Takes a decoder that is free, or opens one.
   *
   * @throws {GraphError} when TensorFlow cannot be given the graph: the folder for temporary files is full, perhaps
   */
  static take(decoding: DecodingKind): PictureDecoder {
    const { interpolation, shrinkOnLoad, cropToAspectRatio, padToAspectRatio, channels } = decoding;
    const kind = `${interpolation} ${shrinkOnLoad} ${cropToAspectRatio || padToAspectRatio} ${channels}`;
    return idle.get(kind)?.pop() ?? new PictureDecoder(kind, decoding);
  }

  /**
   * Begins to decode; what an earlier `begin` had left is dropped.
   *
   * @param pictures in this order `next` gives them
   * @param imageSize height and width of what `next` gives
   * @param buffer how many pictures may wait decoded, ≥ 1
   * @throws {GraphError} when TensorFlow refuses
   */
  begin(
    pictures: readonly PictureToDecode[],
    imageSize: readonly [number, number],
    buffer: number,
  ): void {
    const paths = pictures.map(({ path }) => Buffer.from(path));
    const indices = pictures.map(({ shrinking }) => SHRINKINGS.indexOf(shrinking));
    const fits = pictures.flatMap(({ fit }) => fitParts(fit, imageSize).flat());
    const ints = (values: readonly number[], shape?: number[]) =>
      nativeTensor(Int32Array.from(values), shape);
    const pathsId = nativeStrings(paths);
    const feeds: Feeds = [
      ['shrinkings', ints(indices)],
      ['fits', ints(fits, [pictures.length, FIT_LENGTH])],
      ['size', ints(imageSize)],
      ['threads', nativeLong(threads)],
      ['buffer', nativeLong(buffer)],
    ];
    try {
      for (const { id } of this.session.run([['paths', pathsId], ...feeds], ['begun'])) {
        deleteNative(id);
      }
    } catch (error) {
      // What is left of the earlier pass must not continue with texts that are freed below.
      this.session.close();
      throw error;
    } finally {
      for (const [, id] of feeds) deleteNative(id);
      this.holdPaths(pathsId);
    }
  }

  /**
   * Gives the next picture, after waiting for it where it is not yet decoded.
   *
   * @returns the binding's number of a new tensor, float32 `[height, width, channels]`, 0–255. The caller deletes it
   * @throws {GraphError} when this picture cannot be read or decoded; the one after it can be asked for
   */
  next(): number {
    return this.session.run([], ['next'])[0]!.id;
  }

  /** Lets TensorFlow optimise the graph, which it does when it runs it first, and releases the decoder. */
  prepare(): void {
    try {
      this.begin([], [1, 1], 1);
      this.next();
    } catch {
      // There was no picture to give.
    }
    this.release();
  }

  /** Stops decoding, frees the pictures that wait, and lets another pass have the decoder. */
  release(): void {
    const others = idle.get(this.kind) ?? [];
    idle.set(this.kind, others);
    try {
      if (others.length >= MAX_IDLE) throw new Error('enough decoders are open');
      this.begin([], [1, 1], 1);
      others.push(this);
    } catch {
      this.session.close();
      this.holdPaths(undefined);
    }
  }

  /** The binding frees the text of strings that it deletes, and the dataset reads that very text until it is replaced. */
  private holdPaths(id: number | undefined): void {
    if (this.paths !== undefined) deleteNative(this.paths);
    this.paths = id;
  }
}
