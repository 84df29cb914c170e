import { randomUUID } from 'node:crypto';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { attribute, nativeLibrary, type OpAttribute } from './nativeBackend';
import {
  deleteNative,
  nativeLong,
  nativeStrings,
  nativeTensor,
  runOp,
  UINT8,
} from './nativeTensor';

/** TF_DOUBLE of TensorFlow's C API, tf_datatype.h; the binding does not name it. */
const DOUBLE = 2;

/** Neither is reached: what is written goes to the disk when {@link EventWriter.flush} says so. */
const NEVER = { events: 2 ** 30, milliseconds: 2 ** 30 };

/**
 * Writes a file that TensorBoard reads while it grows, by TensorFlow's own ops, as `tf.summary` of TensorFlow 2 does.
 *
 * Its errors carry a `code`, as those of `node:fs` do.
 */
export class EventWriter {
  private readonly writer: number;
  private readonly file: string;
  /** Of the file, at the last flush. */
  private size = 0;
  /** What has been written since then, without its frame. */
  private bytes = 0;

  /**
   * @param folder must be there; TensorBoard takes all event files in it for one run
   * @throws {Error} when no file can be made in it
   */
  constructor(folder: string) {
    accessSync(folder, constants.W_OK);
    const suffix = `.${randomUUID().slice(0, 8)}.v2`;
    const names = [attribute.string('shared_name', suffix), attribute.string('container', '')];
    this.writer = runOp('SummaryWriter', names, []);
    const [queue, wait] = [int32(NEVER.events), int32(NEVER.milliseconds)];
    this.run('CreateSummaryFileWriter', [], [text(folder), queue, wait, text(suffix)]);
    const file = readdirSync(folder).find((name) => name.endsWith(suffix)) ?? '';
    this.file = path.join(folder, file);
  }

  /** A point of a curve. */
  scalar(tag: string, step: number, value: number): void {
    const tensor = nativeTensor(Float32Array.of(value), []);
    this.write({ tag, step, plugin: 'scalars' }, tensor, nativeLibrary().binding.TF_FLOAT);
  }

  /** A distribution: columns with from, up to, and how many numbers. */
  histogram(tag: string, step: number, columns: readonly (readonly number[])[]): void {
    const numbers = Float64Array.from(columns.flat());
    const bytes = nativeTensor(new Uint8Array(numbers.buffer), [columns.length, 3, 8]);
    const types = [attribute.type('T', UINT8), attribute.type('type', DOUBLE)]; // of which the binding makes no tensors itself
    const tensor = runOp('Bitcast', types, [bytes]);
    deleteNative(bytes);
    this.bytes += numbers.byteLength;
    this.write({ tag, step, plugin: 'histograms' }, tensor, DOUBLE);
  }

  /** Pictures of one size, each a PNG file. */
  images(tag: string, step: number, size: [width: number, height: number], pngs: Buffer[]): void {
    const tensor = nativeStrings([...size.map((side) => Buffer.from(String(side))), ...pngs]);
    for (const { length } of pngs) this.bytes += length;
    this.write({ tag, step, plugin: 'images' }, tensor, nativeLibrary().binding.TF_STRING);
  }

  /**
   * Brings what was written to the disk, where a reader sees it at once.
   *
   * @throws {Error} when the file is gone, or not all of it could be written
   */
  flush(): void {
    this.run('FlushSummaryWriter', [], []);
    const { size } = statSync(this.file);
    // TensorFlow does not always say that a disk is full.
    if (size < this.size + this.bytes) {
      const reason = 'the disk took only a part of it, as a full one does';
      throw Object.assign(new Error(reason), { code: 'EIO' });
    }
    [this.size, this.bytes] = [size, 0];
  }

  /** Must be called, once: the file stays open till then. */
  close(): void {
    this.run('CloseSummaryWriter', [], []);
    deleteNative(this.writer);
  }

  private write(
    { tag, step, plugin }: { tag: string; step: number; plugin: string },
    tensor: number,
    type: number,
  ): void {
    // SummaryMetadata of tensorflow/core/framework/summary.proto: in field 1 a message, in whose field 1 the plugin's name.
    const metadata = String.fromCharCode(10, plugin.length + 2, 10, plugin.length) + plugin;
    this.bytes += tag.length;
    this.run(
      'WriteSummary',
      [attribute.type('T', type)],
      [nativeLong(step), tensor, text(tag), text(metadata)],
    );
  }

  /** @param inputs the binding's numbers of tensors, which are freed */
  private run(op: string, attributes: OpAttribute[], inputs: number[]): void {
    try {
      nativeLibrary().binding.executeOp(op, attributes, [this.writer, ...inputs], 0);
    } catch (error) {
      const [, reason = ''] = /Message: (.*)/.exec((error as Error).message) ?? [];
      throw Object.assign(new Error(reason, { cause: error }), { code: codeOf(reason) });
    } finally {
      inputs.forEach(deleteNative);
    }
  }
}

/** What Node calls the system's reason, with which TensorFlow's sentence ends. */
function codeOf(reason: string): string {
  const sentence = reason.toLowerCase();
  const known = [...getSystemErrorMap().values()].find(([, words]) => sentence.endsWith(words));
  return known?.[0] ?? 'EIO';
}

function int32(value: number): number {
  return nativeTensor(Int32Array.of(value), []);
}

function text(value: string): number {
  return nativeStrings([Buffer.from(value)], []);
}
