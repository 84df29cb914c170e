import type { Dataset, File, Group } from 'h5wasm';
import { hdf5Library, type Hdf5Module } from './hdf5Library';
import { reserveRoom, takeFile } from './memoryFile';
import type { TensorValues } from '../../tensorflow/native/tensorValues';

let files = 0;

/** An array of numbers as HDF5 holds it, row by row. */
export interface Hdf5Array {
  shape: number[];
  values: Float32Array;
}

/** H5T_INTEGER and H5T_FLOAT. */
const INTEGER = 0;
const FLOAT = 1;

/** An HDF5 file in memory, opened to be read. Close it at the end. */
export class Hdf5File {
  private constructor(
    private readonly file: File,
    private readonly module: Hdf5Module,
    private bytesLeft: number,
  ) {}

  /**
   * @param content the file's; it is not copied
   * @param limit how many bytes of numbers may be read in all: a small file can claim to hold any number of them
   * @throws {Error} when it is no HDF5 file, or cut off
   */
  static async open(content: Uint8Array, limit: number): Promise<Hdf5File> {
    const { hdf5, module } = await hdf5Library();
    const name = `/read-${++files}.h5`;
    module.FS.writeFile(name, content, { canOwn: true } as object);
    try {
      return new Hdf5File(new hdf5.File(name, 'r'), module, limit);
    } catch (error) {
      module.FS.unlink(name);
      throw new Error('it is no HDF5 file, or cut off', { cause: error });
    }
  }

  close(): void {
    this.file.close();
    this.module.FS.unlink(this.file.filename);
  }

  /** The names of what a group holds; none where there is no such group. */
  names(group: string): string[] {
    const found = this.find(group);
    return found && 'keys' in found ? found.keys() : [];
  }

  /**
   * An attribute of a group: a text or a list of texts.
   *
   * @returns undefined where there is no such group or attribute, or it is of another kind
   */
  attribute(group: string, name: string): string | string[] | undefined {
    const found = this.find(group) as Group | undefined;
    try {
      const value = found?.attrs[name]?.value;
      const isText = (some: unknown) => typeof some === 'string';
      if (isText(value) || (Array.isArray(value) && value.every(isText))) {
        return value as string | string[];
      }
      // An empty list has no type of its own: Keras' become numbers.
      return ArrayBuffer.isView(value) && value.byteLength === 0 ? [] : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Reads an array of numbers.
   *
   * @param shape what its shape must be; it is checked before anything is read
   * @throws {Error} when it is missing, has another shape, holds no numbers, or claims more than the file can hold
   */
  read(path: string, shape: readonly (number | null)[]): Hdf5Array {
    const dataset = this.dataset(path);
    if (!dataset) throw new Error(`${JSON.stringify(path)} is missing`);
    const { metadata } = dataset;
    const found = metadata.shape;
    if (!found || found.length !== shape.length || found.some((size, i) => size !== shape[i])) {
      throw new Error(
        `${JSON.stringify(path)} must have the shape [${shape}], got [${found ?? 'none'}]`,
      );
    }
    if (![INTEGER, FLOAT].includes(metadata.type) || metadata.virtual_sources?.length) {
      throw new Error(`${JSON.stringify(path)} must hold numbers`);
    }
    this.bytesLeft -= metadata.size * metadata.total_size;
    if (this.bytesLeft < 0) {
      throw new Error('it claims to hold far more numbers than there is room for in the file');
    }
    let value: unknown;
    try {
      value = dataset.value;
    } catch (error) {
      throw new Error(`${JSON.stringify(path)} cannot be read, the file is cut off or damaged`, {
        cause: error,
      });
    }
    return { shape: found, values: numbers(value, path) };
  }

  private dataset(path: string): Dataset | undefined {
    const found = this.find(path);
    return found && 'filters' in found ? found : undefined;
  }

  private find(path: string) {
    try {
      return this.file.get(path) ?? undefined;
    } catch {
      return undefined;
    }
  }
}

function numbers(value: unknown, path: string): Float32Array {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  if (ArrayBuffer.isView(value)) {
    return Float32Array.from(value as unknown as ArrayLike<number | bigint>, Number);
  }
  throw new Error(`${JSON.stringify(path)} must hold numbers`);
}

/**
 * What a group of a new file holds; integers are stored as int64, as Keras stores its counters. The path of the file itself
 * is empty; a slash in an array's name puts it into a group below.
 */
export interface Hdf5Group {
  path: string;
  attributes: Record<string, string | string[]>;
  arrays: Array<{ name: string; shape: number[]; values: TensorValues | BigInt64Array }>;
}

/** For all else: a group takes less than 1 kB. */
const ROOM = 2 ** 18;

/**
 * Makes the content of an HDF5 file with these groups, and those that they lie in.
 *
 * @returns bytes, whose memory `release` gives back
 */
export async function hdf5Content(groups: readonly Hdf5Group[]): Promise<Uint8Array> {
  const { hdf5, module } = await hdf5Library();
  const name = `/write-${++files}.h5`;
  const file = new hdf5.File(name, 'w');
  reserveRoom(module, name, sizeOf(groups) + ROOM);
  try {
    const made = new Map<string, Group>([['', file]]);
    const groupAt = (path: string): Group => {
      const known = made.get(path);
      if (known) return known;
      groupAt(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
      const group = file.create_group(path);
      made.set(path, group);
      return group;
    };
    for (const { path, attributes, arrays } of groups) {
      const group = groupAt(path);
      for (const [key, text] of Object.entries(attributes)) group.create_attribute(key, text);
      for (const { name, shape, values } of arrays) {
        const slash = name.lastIndexOf('/');
        const holder = slash < 0 ? group : groupAt(`${path}/${name.slice(0, slash)}`);
        const data = typeof values === 'function' ? values() : values;
        holder.create_dataset({ name: name.slice(slash + 1), shape, data });
      }
    }
  } finally {
    file.close();
  }
  return takeFile(module, name);
}

/** The bytes of all numbers and texts. */
function sizeOf(groups: readonly Hdf5Group[]): number {
  const sizes = groups.flatMap(({ attributes, arrays }) => [
    Buffer.byteLength(JSON.stringify(attributes)),
    ...arrays.map(({ shape, values }) =>
      values instanceof BigInt64Array
        ? values.byteLength
        : shape.reduce((a, b) => a * b, Float32Array.BYTES_PER_ELEMENT),
    ),
  ]);
  return sizes.reduce((a, b) => a + b, 0);
}
