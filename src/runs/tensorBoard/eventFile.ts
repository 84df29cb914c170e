import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../files/makeFolder';
import { event, type Summary, versionEvent } from './summary';

let files = 0;

/** A file that TensorBoard reads while it is written: records of the format TFRecord, one an event. */
export class EventFile {
  private constructor(private readonly file: string) {}

  /**
   * Makes a new file in a folder.
   *
   * @param folder made where it is missing; TensorBoard takes all event files in it for one run
   * @throws Error what `node:fs` throws
   */
  static async create(folder: string): Promise<EventFile> {
    makeFolder(folder);
    const seconds = Date.now() / 1000;
    // TensorBoard reads the files of a run in the order of their names.
    const name = `events.out.tfevents.${Math.floor(seconds)}.${os.hostname()}.${process.pid}.${files++}.v2`;
    const file = path.join(folder, name);
    await fs.writeFile(file, record(versionEvent(seconds)), { flag: 'wx' });
    return new EventFile(file);
  }

  /**
   * Adds what was measured at a step. A reader sees it at once.
   *
   * @throws Error what `node:fs` throws
   */
  async add(step: number, summaries: readonly Summary[]): Promise<void> {
    await fs.appendFile(this.file, record(event(Date.now() / 1000, step, summaries)));
  }
}

/** Source: https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details */
function record(content: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(content.length));
  return Buffer.concat([length, checksum(length), content, checksum(content)]);
}

function checksum(content: Uint8Array): Uint8Array {
  const crc = crc32c(content);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(masked);
  return bytes;
}

/** What a byte adds to a CRC-32C, whose polynomial is Castagnoli's, reversed. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Source: https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4 */
export function crc32c(content: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of content) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
