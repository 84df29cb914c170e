import { joined } from './joined';

/** CRC-32 of each byte. Source: ISO 3309, as in APPNOTE.TXT 4.4.7 of PKWARE. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}

/** Names in UTF-8. */
const UTF_8 = 0x0800;
const VERSION = 20;
/** 1980-01-01: a file that depends on nothing but its content. */
const DATE = 0x21;

/**
 * Puts files into one archive, not compressed: weights hardly shrink.
 *
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @param files by path, with `/` between folders; together less than 4 GB
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    const name = new TextEncoder().encode(path);
    // Flags, method, time, date, CRC, sizes and lengths, as both headers have them.
    const same = [
      ...[two(VERSION), two(UTF_8), two(0), two(0), two(DATE), four(crc32(content))],
      ...[four(content.length), four(content.length), two(name.length), two(0)],
    ].flat();
    const header = [0x50, 0x4b, 3, 4, ...same];
    parts.push(Uint8Array.from(header), name, content);
    const rest = [two(0), two(0), two(0), four(0), four(offset)].flat();
    directory.push(Uint8Array.from([0x50, 0x4b, 1, 2, ...two(VERSION), ...same, ...rest]), name);
    offset += header.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = two(files.size);
  const end = [two(0), two(0), count, count, four(size), four(offset), two(0)].flat();
  return joined([...parts, ...directory, Uint8Array.from([0x50, 0x4b, 5, 6, ...end])]);
}

const two = (value: number): number[] => [value & 255, (value >> 8) & 255];
const four = (value: number): number[] => [...two(value), ...two(value >>> 16)];
