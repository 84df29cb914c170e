import { setImmediate } from 'node:timers/promises';

import type { CheckedPicture } from '../formats/pictureFile';
import { warnOnce } from '../../tensorflow/native/warnOnce';
import { PictureDecoder } from '../../tensorflow/decoding/pictureDecoder';
import type { CheckedResizing } from '../formats/resizing';
import { fittingOf } from './fittingOf';
import { shrinkingOf } from './shrinkingOf';

/** While pictures are waited for, the process answers at least so often: to Stop, to a progress display. */
const ANSWER_MS = 15;

/** Releases the decoder of a stream that was given up, as when a training is stopped in the middle of an epoch. */
const abandoned = new FinalizationRegistry<Lease>((lease) => lease.end());

/**
 * So many streams are open at a time: a pass that was given up, as by `take(1)`, is not distinguished from one that pauses,
 * and holds its decoded pictures until JavaScript's garbage collection comes by. A training needs two.
 */
const MAX_OPEN = 4;

/** A decoder as long as a stream has it. It does not hold the stream, so that one that was given up is noticed. */
class Lease {
  /** In the order in which they were last used. */
  private static readonly open = new Set<Lease>();
  private decoder: PictureDecoder | undefined;

  /** Takes a decoder; the stream that was used longest ago gives up its own where too many are open. */
  constructor(resizing: CheckedResizing) {
    const [oldest] = Lease.open;
    if (Lease.open.size >= MAX_OPEN) oldest!.end();
    this.decoder = PictureDecoder.take(resizing);
    Lease.open.add(this);
  }

  /** The decoder, to be used now; undefined once it was given back. */
  use(): PictureDecoder | undefined {
    if (this.decoder && Lease.open.delete(this)) Lease.open.add(this);
    return this.decoder;
  }

  get isEnded(): boolean {
    return this.decoder === undefined;
  }

  /** Gives the decoder back; a second call does nothing. */
  end(): void {
    Lease.open.delete(this);
    this.decoder?.release();
    this.decoder = undefined;
  }
}

/** The pictures of a list, one after the other, decoded ahead of time in threads of TensorFlow. */
export class PictureStream {
  private lease: Lease | undefined;
  /** Of each picture that is still to come, whether it is decoded ahead: none that is to be laid on a background. */
  private readonly isAhead: boolean[];
  private answered = performance.now();

  /**
   * Begins to decode.
   *
   * @param pictures in this order `next` gives them
   * @param resizing size, interpolation and `shrinkOnLoad`, checked
   * @param buffer how many pictures may wait decoded, ≥ 1
   */
  constructor(pictures: readonly CheckedPicture[], resizing: CheckedResizing, buffer: number) {
    this.isAhead = pictures.map(
      ({ mayBeTransparent }) => !(mayBeTransparent && resizing.background),
    );
    const ahead = pictures.filter((_, i) => this.isAhead[i]);
    this.isAhead.reverse();
    if (ahead.length === 0) return;
    try {
      this.lease = new Lease(resizing);
      abandoned.register(this, this.lease, this);
      const encoded = ahead.map((picture) => {
        const shrinking = shrinkingOf(picture, resizing);
        return { path: picture.path, shrinking, fit: fittingOf(picture.size, shrinking, resizing) };
      });
      this.lease.use()!.begin(encoded, resizing.imageSize, buffer);
    } catch (error) {
      this.close();
      warnSlow((error as Error).message);
    }
  }

  /** Whether pictures are decoded ahead; otherwise `next` has none to give. It ends when four others are in use. */
  get isOpen(): boolean {
    return this.lease?.isEnded === false;
  }

  /**
   * Gives the next picture, after waiting for it where it is not yet decoded.
   *
   * @returns the binding's number of a new tensor, float32 `[height, width, channels]`, 0–255, which the caller deletes;
   *   undefined when TensorFlow cannot read or decode this picture, or it is to be laid on a background. The one after it
   *   can be asked for
   */
  async next(): Promise<number | undefined> {
    if (!this.isAhead.pop() || !this.isOpen) return undefined;
    if (performance.now() - this.answered > ANSWER_MS) {
      await setImmediate();
      this.answered = performance.now();
    }
    try {
      return this.lease?.use()?.next();
    } catch {
      return undefined;
    }
  }

  /** Ends the stream and frees what waits; a second call does nothing. */
  close(): void {
    abandoned.unregister(this);
    this.lease?.end();
  }

  /** Opens the decoder that streams of this kind will need. */
  static prepare(resizing: CheckedResizing): void {
    try {
      PictureDecoder.take(resizing).prepare();
    } catch {
      // The first stream tries again, and says why it cannot.
    }
  }
}

function warnSlow(reason: string): void {
  const consequence = 'Pictures are decoded one by one, which is right but slower';
  warnOnce(
    `${consequence}: TensorFlow cannot be given the graph that decodes them (${reason}).`,
    consequence,
  );
}
