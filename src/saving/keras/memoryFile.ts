import type { Hdf5Module } from './hdf5Library';

/** What Emscripten's file system in memory keeps of a file, which its types leave out. */
interface FileNode {
  contents: Uint8Array;
  usedBytes: number;
  node_ops: { setattr(node: FileNode, attributes: { size?: number }): void };
}

/** Of ES2024, which Node 20 has. */
interface Resizable {
  new (length: number, options: { maxByteLength: number }): ArrayBuffer;
}

/**
 * Gives a file in Emscripten's memory, which must be new, room for all that will be written to it. One that grows is copied
 * each time, and once more when it gets its final length; the copies stay until JavaScript collects its garbage, which
 * a training that saves after each epoch hardly lets happen.
 *
 * @param bytes a few more than it will have; beyond that it grows as ever
 */
export function reserveRoom({ FS }: Hdf5Module, file: string, bytes: number): void {
  const node = nodeOf(FS, file);
  const buffer = new (ArrayBuffer as unknown as Resizable)(bytes, { maxByteLength: bytes });
  const contents = new Uint8Array(buffer);
  contents.set(node.contents.subarray(0, node.usedBytes));
  node.contents = contents;
  const { setattr } = node.node_ops;
  node.node_ops = {
    ...node.node_ops,
    setattr(changed, attributes) {
      const { size } = attributes;
      if (size === undefined || size > changed.contents.length) return setattr(changed, attributes);
      if (size < changed.usedBytes) changed.contents.fill(0, size, changed.usedBytes);
      changed.usedBytes = size;
    },
  };
}

/**
 * Takes a file out of Emscripten's memory, without a copy.
 *
 * @returns its content; {@link release} gives the memory back
 */
export function takeFile({ FS }: Hdf5Module, file: string): Uint8Array {
  const { contents, usedBytes } = nodeOf(FS, file);
  FS.unlink(file);
  return contents.subarray(0, usedBytes);
}

/** Gives back at once the memory of what {@link takeFile} gave, which is empty then. */
export function release({ buffer }: Uint8Array): void {
  const { resizable, resize } = buffer as {
    resizable?: boolean;
    resize?(length: number): void;
  };
  if (resizable) resize!.call(buffer, 0);
}

function nodeOf(files: Hdf5Module['FS'], file: string): FileNode {
  return (files as unknown as { lookupPath(path: string): { node: FileNode } }).lookupPath(file)
    .node;
}
