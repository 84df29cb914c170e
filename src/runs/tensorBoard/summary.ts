import { type Bucket } from './histogram';
import { bytes, double, int, message, type Field } from './protobuf';

const FLOAT = 1; // DataType of https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/types.proto
const DOUBLE = 2;
const STRING = 7;

/** A value that TensorBoard shows under a name, in the form of `tf.summary` of TensorFlow 2. */
export type Summary = Field;

/** A point of a curve. */
export function scalarSummary(tag: string, value: number): Summary {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return summary(tag, 'scalars', FLOAT, [], [bytes(4, content)]);
}

/** The distribution of numbers. */
export function histogramSummary(tag: string, buckets: readonly Bucket[]): Summary {
  const content = Buffer.from(Float64Array.from(buckets.flat()).buffer);
  return summary(tag, 'histograms', DOUBLE, [buckets.length, 3], [bytes(4, content)]);
}

/** Pictures of one size, each a PNG file. */
export function imageSummary(
  tag: string,
  width: number,
  height: number,
  pngs: readonly Uint8Array[],
): Summary {
  const strings = [String(width), String(height), ...pngs];
  const content = strings.map((string) => bytes(8, string));
  return summary(tag, 'images', STRING, [strings.length], content);
}

/** Summary.Value of https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/summary.proto */
function summary(
  tag: string,
  plugin: string,
  dtype: number,
  shape: readonly number[],
  content: readonly Field[],
): Summary {
  const dimensions = shape.map((size) => message(2, [int(1, size)]));
  const tensor = [int(1, dtype), message(2, dimensions), ...content];
  const metadata = [message(1, [bytes(1, plugin)])];
  return message(1, [bytes(1, tag), message(9, metadata), message(8, tensor)]);
}

/** Event of https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto */
export function event(seconds: number, step: number, summaries: readonly Summary[]): Uint8Array {
  return Buffer.concat([double(1, seconds), int(2, step), message(5, summaries)]);
}

/** What an event file begins with. */
export function versionEvent(seconds: number): Uint8Array {
  return Buffer.concat([double(1, seconds), bytes(3, 'brain.Event:2')]);
}
