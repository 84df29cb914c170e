import { show } from '../errors/show';
import { ServingError } from './ServingError';

/** Standard base64, or that for addresses. */
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Reads base64, also with line breaks, as the command `base64` prints it, and as a `data:` address.
 *
 * @param what begins the error: "Picture number 2"
 * @throws {ServingError} when it is none
 */
export function bytesOfBase64(text: string, what: string): Buffer {
  const bare = text.replace(/^data:[^,]{0,200};base64,/, '').replaceAll(/\s+/g, '');
  if (!BASE64.test(bare)) {
    throw new ServingError(400, `${what} must be base64, got ${show(bare.slice(0, 40))}`);
  }
  return Buffer.from(bare, 'base64');
}
