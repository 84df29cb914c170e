import http from 'node:http';

import { show } from '../../errors/show';
import { UnreadablePicture } from './UnreadablePicture';

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Larger than the largest JPEG of a camera; a server that never ends must not fill the memory. */
const MAX_BYTES = 100 * 2 ** 20;

/** For the whole answer. */
const MAX_MS = 10_000;

/** Whether a text is an address, such as `http://…`, and no path. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/**
 * Fetches a picture from a server on this machine, such as one that is being written. Nothing is asked of any other
 * machine: who classifies faces should know where they come from.
 *
 * @param address `http://localhost`, `http://127.0.0.1` or `http://[::1]`, with port and path; no other is opened, and no
 *   redirection is followed
 * @returns the encoded picture, at most 100 MiB
 * @throws {UnreadablePicture} when the address is another one, nobody answers within 10 seconds, or the answer is no
 *   success or too large
 *
 * @example
 * const bytes = await fetchLocalPicture('http://localhost:8000/me.jpg');
 */
export async function fetchLocalPicture(address: string): Promise<Buffer> {
  try {
    const url = localUrl(address);
    return await get(url, AbortSignal.timeout(MAX_MS));
  } catch (error) {
    throw new UnreadablePicture(show(address), reasonOf(error as NodeJS.ErrnoException), {
      cause: error,
    });
  }
}

function localUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' || !LOCAL_HOSTS.includes(url.hostname)) {
    throw new Error(
      'its address must begin with http://localhost, http://127.0.0.1 or http://[::1]; nothing is fetched from elsewhere, so save the picture first and give its path',
    );
  }
  return url;
}

function get(url: URL, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { signal }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const refuse = (reason: string) => {
        reject(new Error(reason));
        request.destroy();
      };
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MAX_BYTES) refuse(`it has more than ${MAX_BYTES} bytes`);
      });
      response.on('end', () => resolve(Buffer.concat(chunks)));
      if (response.statusCode !== 200) {
        refuse(`its server must answer 200, it answered ${response.statusCode}`);
      }
    });
    request.on('error', reject);
  });
}

function reasonOf({ code, name, message }: NodeJS.ErrnoException): string {
  if (name === 'AbortError') return `its server did not send it within ${MAX_MS / 1000} seconds`;
  if (code === 'ECONNREFUSED') return 'its server does not run, the connection was refused';
  if (code === 'ECONNRESET') return 'its server ended the connection';
  return message;
}
