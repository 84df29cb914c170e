import { deleteNative, nativeValues, toBytes } from '../../tensorflow/native/nativeTensor';
import { warnOnce } from '../../tensorflow/native/warnOnce';
import type { CheckedPicture } from '../formats/pictureFile';
import { DiskCache, type DiskRoom, findDiskRoom, warnDiskCacheOff } from './diskCache';

/** How many bytes of decoded pictures a dataset may keep for its next pass. */
export interface CacheBudget {
  /** In memory; a quarter of what is available when left out. */
  memory?: number;
  /** On the disk, in a folder for temporary files, beyond that; a quarter of what is free there when left out. */
  disk?: number;
}

/** What a dataset keeps of its decoded pictures, in bytes. */
export interface CacheUse {
  readonly memory: { readonly used: number; readonly budget: number };
  readonly disk: { readonly used: number; readonly budget: number };
}

/** A picture's file, and how large it was before it was resized. */
type Source = Pick<CheckedPicture, 'path' | 'size'>;

/**
 * From so many times as many pixels as it is resized to, a picture goes to the disk: decoding it takes longer than
 * reading four bytes a channel for each pixel that is left. A smaller one is decoded faster than it is read.
 */
const WORTH_DISK = 4;

const NO_DISK =
  'Decoded pictures that do not fit into memory are decoded anew in each epoch: no folder for temporary files lies on a disk. TMPDIR can name one.';

/** A picture that is kept in memory: the binding's number of its tensor. */
export interface KeptTensor {
  readonly id: number;
  /** Whether its values are uint8, which is enough for whole ones; else they are float32. */
  readonly isBytes: boolean;
}

interface Entry {
  stamp: string;
  kept?: KeptTensor;
  /** The slot of the pixels on the disk. */
  slot?: number;
}

/** How many bytes a cache has been promised by default and has not used yet. */
type Promised = Required<CacheBudget>;

/** Datasets that are made one after the other, and filled later, must not be promised the same bytes. */
const promises = new Set<Promised>();

/** Frees what a cache that is no longer used has kept in memory, where JavaScript's garbage collection does not see it. */
const unused = new FinalizationRegistry<{ ids: number[]; promised: Promised }>((left) => {
  left.ids.forEach(deleteNative);
  promises.delete(left.promised);
});

/**
 * Decoded and resized pictures of one dataset, by path: in memory up to a budget, beyond that on the disk up to another
 * (those that are much larger than what they are resized to).
 *
 * Each pass reads every picture once, so what came first stays: whatever else were dropped to make room would be needed
 * before what takes its place.
 */
export class PictureCache {
  private readonly entries = new Map<string, Entry>();
  private readonly budget: Required<CacheBudget>;
  /** The tensors in memory. One of a file that has changed stays with them: another pass may be about to use it. */
  private readonly ids: number[] = [];
  private usedMemory = 0;
  private readonly pixels: number;
  /** How many numbers each picture has. */
  private readonly length: number;
  private readonly promised: Promised;
  private room: DiskRoom | undefined;
  private readonly lacksDisk: boolean;
  private disk: DiskCache | undefined;

  /**
   * @param shape of each picture
   * @param count how many pictures there are: what they cannot fill is not promised to them
   */
  constructor(
    [height, width, channels]: readonly [height: number, width: number, channels: number],
    { memory, disk }: CacheBudget,
    count = Infinity,
  ) {
    this.pixels = height * width;
    this.length = this.pixels * channels;
    this.room = findDiskRoom();
    this.budget = {
      memory: memory ?? quarterOf(process.availableMemory(), 'memory'),
      disk: this.room ? (disk ?? quarterOf(this.room.free, 'disk')) : 0,
    };
    this.lacksDisk = !this.room && disk !== 0;
    const most = count * this.bytes;
    this.promised = {
      memory: memory === undefined ? Math.min(most, this.budget.memory) : 0,
      disk: disk === undefined ? Math.min(most, this.budget.disk) : 0,
    };
    promises.add(this.promised);
    unused.register(this, { ids: this.ids, promised: this.promised });
  }

  get use(): CacheUse {
    const { memory, disk } = this.budget;
    return {
      memory: { used: this.usedMemory, budget: memory },
      disk: { used: this.disk?.used ?? 0, budget: disk },
    };
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /**
   * Gives a picture that is kept.
   *
   * @param stamp the file's stamp now
   * @returns a tensor, which stays the cache's, or pixels from the disk; undefined when the picture is not kept, or the
   *   file has changed since
   */
  async get(
    path: string,
    stamp: string | undefined,
  ): Promise<KeptTensor | Float32Array | undefined> {
    const entry = this.entries.get(path);
    if (!entry || entry.stamp !== stamp) return undefined;
    return entry.slot === undefined ? entry.kept : this.disk?.read(entry.slot);
  }

  /**
   * Keeps a picture if there is room for it: one that was not resized as bytes, in a tensor of the cache's own.
   *
   * @param picture its file
   * @param stamp the file's stamp before it was read
   * @param id the binding's number of its tensor, float32 of the length given
   * @returns whether the tensor is the cache's now; otherwise the caller deletes it
   */
  put(picture: Source, stamp: string, id: number): boolean {
    const { path } = picture;
    if (this.entries.get(path)?.stamp === stamp) return false;
    this.entries.delete(path);
    const asBytes =
      this.isAsItWas(picture) && this.fitsMemory(this.length) ? toBytes(id) : undefined;
    if (asBytes !== undefined) {
      this.keep(path, stamp, { id: asBytes, isBytes: true }, this.length);
      return false;
    }
    if (this.fitsMemory(this.bytes)) {
      this.keep(path, stamp, { id, isBytes: false }, this.bytes);
      return true;
    }
    const disk = this.diskFor(picture);
    if (disk) {
      const pixels = nativeValues(id);
      this.promised.disk = Math.max(0, this.promised.disk - this.bytes);
      void disk.write(pixels).then((slot) => {
        if (slot !== undefined && !this.has(path)) this.entries.set(path, { stamp, slot });
      });
    }
    return false;
  }

  private get bytes(): number {
    return this.length * Float32Array.BYTES_PER_ELEMENT;
  }

  private fitsMemory(bytes: number): boolean {
    return this.usedMemory + bytes <= this.budget.memory;
  }

  private keep(path: string, stamp: string, kept: KeptTensor, bytes: number): void {
    this.ids.push(kept.id);
    this.usedMemory += bytes;
    this.promised.memory = Math.max(0, this.promised.memory - this.bytes);
    this.entries.set(path, { stamp, kept });
  }

  /** Whether a picture has as many pixels as it is resized to: its values may be whole then. */
  private isAsItWas({ size: [width, height] }: Source): boolean {
    return width * height === this.pixels;
  }

  /** The disk, if the picture is worth it and there is room. A dataset that fits into memory makes no file. */
  private diskFor({ size: [width, height] }: Source): DiskCache | undefined {
    const isWorthIt = width * height >= WORTH_DISK * this.pixels;
    if (!isWorthIt) return undefined;
    if (this.lacksDisk) warnOnce(NO_DISK);
    if (this.room && !this.disk && this.bytes <= this.budget.disk) {
      try {
        this.disk = new DiskCache(this.length, this.budget.disk, this.room.folder);
      } catch (error) {
        warnDiskCacheOff(this.room.folder, error);
        this.room = undefined;
      }
    }
    return this.disk?.hasRoom === true ? this.disk : undefined;
  }
}

/** A quarter of what is free and not promised to others. */
function quarterOf(free: number, slot: keyof Promised): number {
  let left = free;
  for (const promised of promises) left -= promised[slot];
  return Math.max(0, Math.floor(left / 4));
}
