import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import sharp, { type Sharp } from 'sharp';

/** Makes a new folder and writes files into it, by path inside the folder. */
export async function folderWith(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  for (const [name, contents] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), contents);
  }
  return folder;
}

/** A PNG of one colour. */
export function png(red = 0, green = 0, blue = 0, width = 2, height = 2): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: { r: red, g: green, b: blue } },
  })
    .png()
    .toBuffer();
}

/** A PNG that claims 20,000 × 20,000 pixels; its loader must not get so far as to miss them. */
export async function hugePng(): Promise<Buffer> {
  const bytes = await png();
  bytes.writeUInt32BE(20_000, 16);
  bytes.writeUInt32BE(20_000, 20);
  return bytes;
}

/** Uneven pixels, the same on each call, so that a wrong resize or channel shows. */
export function speckled(width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp {
  return sharp(Buffer.from(bytesOf(width * height * channels)), {
    raw: { width, height, channels },
  });
}

/** As `speckled`, red, green and blue of 16 bits. */
export function speckled16(width: number, height: number): Sharp {
  const values = bytesOf(width * height * 6);
  return sharp(new Uint16Array(values.buffer), { raw: { width, height, channels: 3 } });
}

/** A JPEG with bytes between its first two segments that belong to neither. */
export async function paddedJpeg(padding: readonly number[]): Promise<Buffer> {
  const bytes = await speckled(37, 29, 3).jpeg().toBuffer();
  const next = 4 + bytes.readUInt16BE(4);
  return Buffer.concat([bytes.subarray(0, next), Buffer.from(padding), bytes.subarray(next)]);
}

/** Two frames, the second one the negative of the first. */
export async function animatedGif(): Promise<Buffer> {
  const first = speckled(37, 29, 3);
  const frames = [await first.clone().png().toBuffer(), await first.negate().png().toBuffer()];
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer();
}

/** An uncompressed BMP of 8 (a grey palette), 24 or 32 bits per pixel; a negative height stores the top row first. */
export function bmp(width: number, height: number, bits: number): Buffer {
  const palette = bits === 8 ? Array.from({ length: 256 }, (_, i) => [i, i, i, 0]).flat() : [];
  const rows = bytesOf(Math.ceil((width * bits) / 32) * 4 * Math.abs(height));
  const start = 54 + palette.length;
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(start + rows.length, 2);
  header.writeUInt32LE(start, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  return Buffer.concat([header, Buffer.from(palette), rows]);
}

function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * i * 7 + i * 31) % 256);
}
