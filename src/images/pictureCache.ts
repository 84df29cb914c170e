import type { CheckedPicture } from './listReadablePictures';
import { defaultDiskBudget, DiskCache, tellOff } from './diskCache';

/** How many bytes of decoded pictures a dataset may keep for its next pass. */
export interface CacheBudget {
  /** In memory; a quarter of what is available when left out. */
  memory?: number;
  /** On the disk, in the folder for temporary files, beyond that; a quarter of what is free there when left out. */
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
 * reading 12 bytes for each pixel that is left. A smaller one is decoded faster than it is read.
 */
const WORTH_DISK = 4;

interface Entry {
  stamp: string;
  /** The pixels, or their place on the disk. */
  kept: Float32Array | number;
}

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
  private memoryUsed = 0;
  private disk: DiskCache | undefined;
  private diskRefused = false;

  /** @param length How many numbers each picture has. */
  constructor(
    private readonly length: number,
    { memory, disk }: CacheBudget,
  ) {
    this.budget = {
      memory: memory ?? Math.floor(process.availableMemory() / 4),
      disk: disk ?? defaultDiskBudget(),
    };
  }

  get use(): CacheUse {
    const { memory, disk } = this.budget;
    return {
      memory: { used: this.memoryUsed, budget: memory },
      disk: { used: this.disk?.used ?? 0, budget: disk },
    };
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /** Whether a picture that is not kept yet would be kept now. */
  hasRoomFor(picture: Source): boolean {
    return this.fitsMemory || this.diskFor(picture) !== undefined;
  }

  /**
   * Gives a picture that is kept.
   *
   * @param stamp The file's stamp now.
   * @returns undefined when it is not kept, or the file has changed since.
   */
  async get(path: string, stamp: string | undefined): Promise<Float32Array | undefined> {
    const entry = this.entries.get(path);
    if (!entry || entry.stamp !== stamp) return undefined;
    return typeof entry.kept === 'number' ? this.disk?.read(entry.kept) : entry.kept;
  }

  /**
   * Keeps a picture if there is room for it.
   *
   * @param picture Its file.
   * @param stamp The file's stamp before it was read.
   * @param pixels Not to be changed afterwards.
   */
  put(picture: Source, stamp: string, pixels: Float32Array): void {
    const { path } = picture;
    const before = this.entries.get(path);
    if (before?.stamp === stamp) return;
    if (before?.kept instanceof Float32Array) this.memoryUsed -= before.kept.byteLength;
    this.entries.delete(path);
    if (this.fitsMemory) {
      this.memoryUsed += pixels.byteLength;
      this.entries.set(path, { stamp, kept: pixels });
      return;
    }
    void this.diskFor(picture)
      ?.write(pixels)
      .then((place) => {
        if (place !== undefined && !this.has(path)) this.entries.set(path, { stamp, kept: place });
      });
  }

  private get fitsMemory(): boolean {
    const bytes = this.length * Float32Array.BYTES_PER_ELEMENT;
    return this.memoryUsed + bytes <= this.budget.memory;
  }

  /** The disk, if the picture is worth it and there is room. A dataset that fits into memory makes no file. */
  private diskFor({ size: [width, height] }: Source): DiskCache | undefined {
    if (3 * width * height < WORTH_DISK * this.length || this.diskRefused) return undefined;
    const bytes = this.length * Float32Array.BYTES_PER_ELEMENT;
    if (!this.disk && bytes <= this.budget.disk) {
      try {
        this.disk = new DiskCache(this.length, this.budget.disk);
      } catch (error) {
        this.diskRefused = true;
        tellOff(error);
      }
    }
    return this.disk?.hasRoom === true ? this.disk : undefined;
  }
}
