import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** The parts of a Keras 3 archive, a zip file. Others, as the vocabularies of text layers, are left alone. */
export const CONFIG = 'config.json';
export const METADATA = 'metadata.json';
export const WEIGHTS = 'model.weights.h5';

/** Under what name Smile Lab's own metadata travel: in METADATA, or as an attribute of an `.h5` file. */
export const SMILE_LAB = 'smile_lab';

/**
 * Where our `.h5` says how it was compiled. In Keras' own place Keras 3 does not open every loss, and Keras 2 no optimizer of
 * Keras 3.
 */
export const TRAINING = 'smile_lab_training';

const PARTS = [CONFIG, METADATA, WEIGHTS];

/**
 * Packs an archive, uncompressed as Keras does: weights hardly shrink.
 *
 * @returns its bytes one after the other, so that it is never whole in memory beside its parts
 */
export function packArchive(
  parts: ReadonlyMap<string, Uint8Array | string>,
): NodeJS.ReadableStream {
  const zip = new yazl.ZipFile();
  for (const [name, content] of parts) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, {
      compress: false,
    });
  }
  zip.end();
  return zip.outputStream;
}

/**
 * Unpacks the parts of an archive in memory; nothing is written to the disk, whatever names it holds.
 *
 * @param limit how many bytes a part may unpack to: a small file can claim to hold any number of them
 * @throws {Error} when it is cut off or changed, a name in it leads out of it, or it unpacks to too much
 */
export async function unpackArchive(
  archive: Uint8Array,
  limit: number,
): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (!PARTS.includes(fileName)) continue;
      if (parts.has(fileName)) throw new Error(`it holds ${fileName} twice`);
      if (entry.uncompressedSize > limit) {
        throw new Error(
          `its ${fileName} claims to unpack to ${entry.uncompressedSize} bytes, far more than there is room for in the file`,
        );
      }
      const content = await buffer(await zip.openReadStreamPromise(entry));
      if (crc32(content) !== entry.crc32) throw new Error(`its ${fileName} was changed`);
      parts.set(fileName, content);
    }
  } catch (error) {
    throw new Error(`it is damaged or dangerous (${(error as Error).message})`, { cause: error });
  }
  return parts;
}
