import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { show } from '../../errors/show';

const read = promisify(fs.read);
const write = promisify(fs.write);

/** Bytes that may wait to be written. What the disk does not keep up with is decoded again instead. */
const MAX_WAITING = 64 * 2 ** 20;

/** `f_type` of a folder that lies in memory, from Linux's magic.h. */
const TMPFS_MAGIC = 0x01021994;

/** Closes the file of a cache that is no longer used. */
const unused = new FinalizationRegistry<number>((file) => fs.closeSync(file));

/**
 * Pixels on the disk, in a file without a name in the system's folder for temporary files: the system removes it with
 * the process, also when that is killed.
 */
export class DiskCache {
  private readonly file: number;
  private slots = 0;
  private written = 0;
  private writing = 0;
  private isOff = false;

  /**
   * @param length how many numbers each picture has
   * @param budget bytes that may be written
   * @param folder where the file lies
   * @throws {Error} when no file can be made there
   */
  constructor(
    private readonly length: number,
    private readonly budget: number,
    private readonly folder: string,
  ) {
    const name = path.join(folder, `smile-lab-pictures-${randomUUID()}`);
    this.file = fs.openSync(name, 'wx+', 0o600);
    fs.unlinkSync(name);
    unused.register(this, this.file);
  }

  /** Whether a picture would be written now. */
  get hasRoom(): boolean {
    const end = (this.slots + 1) * this.bytes;
    return !this.isOff && end <= this.budget && this.writing * this.bytes <= MAX_WAITING;
  }

  /** Bytes of the pictures that lie there whole. */
  get used(): number {
    return this.written * this.bytes;
  }

  /**
   * Writes a picture.
   *
   * @returns the slot that holds it when it was written whole; undefined when it could not be written. After that nothing
   *   more is written, and a sentence says why
   */
  async write(pixels: Float32Array): Promise<number | undefined> {
    const slot = this.slots++;
    this.writing++;
    try {
      const { bytesWritten } = await write(this.file, pixels, 0, this.bytes, slot * this.bytes);
      if (bytesWritten < this.bytes) throw new Error('the disk is full');
      this.written++;
      return slot;
    } catch (error) {
      this.turnOff(error);
      return undefined;
    } finally {
      this.writing--;
    }
  }

  /** Reads the picture in a slot; undefined when the disk refuses. */
  async read(slot: number): Promise<Float32Array | undefined> {
    const pixels = new Float32Array(this.length);
    try {
      const { bytesRead } = await read(this.file, pixels, 0, this.bytes, slot * this.bytes);
      return bytesRead === this.bytes ? pixels : undefined;
    } catch {
      return undefined;
    }
  }

  private get bytes(): number {
    return this.length * Float32Array.BYTES_PER_ELEMENT;
  }

  private turnOff(error: unknown): void {
    if (!this.isOff) warnDiskCacheOff(this.folder, error);
    this.isOff = true;
  }
}

/** Says why pictures are not kept on the disk. */
export function warnDiskCacheOff(folder: string, error: unknown): void {
  // The training goes on and is right; that its epochs are slower is all there is to say.
  // eslint-disable-next-line no-console
  console.warn(
    `No more decoded pictures are kept in ${show(folder)}, so they are decoded anew in each epoch: ${diskProblem(error)}.`,
  );
}

function diskProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : message;
}

/** A folder on a disk, and how many bytes are free there. */
export interface DiskRoom {
  folder: string;
  free: number;
}

/**
 * Finds a folder for temporary files on a disk.
 *
 * @param folders in this order. Many Linuxes keep `/tmp` in memory, and `/var/tmp` on the disk, for large files:
 *   https://systemd.io/TEMPORARY_DIRECTORIES/
 * @returns undefined where each of them lies in memory or is missing
 */
export function findDiskRoom(
  folders: readonly string[] = [os.tmpdir(), '/var/tmp'],
): DiskRoom | undefined {
  for (const folder of folders) {
    try {
      const { type, bavail, bsize } = fs.statfsSync(folder);
      if (type !== TMPFS_MAGIC) return { folder, free: bavail * bsize };
    } catch {
      // It is missing; the next one may be there.
    }
  }
  return undefined;
}
