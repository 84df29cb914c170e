import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { show } from '../errors/show';
import { ServingError } from './ServingError';

const UNPACK: Record<string, (bytes: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>> = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  deflate: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate),
};

/**
 * Reads a request's body whole, and unpacks it.
 *
 * @param most bytes, packed or not
 * @throws {ServingError} 413 when it is larger, 415 when it is packed in a way not known, 400 when it breaks off
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLarge = () =>
    new ServingError(413, `A body of at most ${most} bytes is accepted, and this one is larger`);
  const packing = request.headers['content-encoding'] ?? 'identity';
  const unpack = UNPACK[packing];
  if (!unpack && packing !== 'identity') {
    throw new ServingError(
      415,
      `A body packed with gzip or deflate is required, or one that is not packed, got ${show(packing)}`,
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const body = await collect(request, most, tooLarge);
  if (!unpack) return body;
  try {
    return await unpack(body, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ServingError(400, `The body is no ${packing}: ${(error as Error).message}`);
  }
}

function collect(request: IncomingMessage, most: number, tooLarge: () => Error): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const onData = (part: Buffer) => {
      length += part.length;
      if (length <= most) parts.push(part);
      else {
        // Node passes over the rest as soon as the request is answered.
        request.off('data', onData);
        reject(tooLarge());
      }
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', () => reject(new ServingError(400, 'The body breaks off')));
  });
}
