import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { zip } from '../../../src/camera/pixels/zip';

test('zip() makes an archive whose files come out as they went in', async () => {
  const files = new Map([
    ['taught/model.json', new TextEncoder().encode('{"größe":1}')],
    ['taught/nothing.bin', new Uint8Array()],
    ['taught/weights.bin', Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 251)],
  ]);
  const archive = await yauzl.fromBufferPromise(Buffer.from(zip(files)));
  const unpacked = new Map<string, Uint8Array>();
  for await (const entry of archive.eachEntry()) {
    const stream = await archive.openReadStreamPromise(entry);
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const content = Buffer.concat(parts);
    expect(entry.crc32).toBe(crc32(content));
    unpacked.set(entry.fileName, new Uint8Array(content));
  }
  expect(unpacked).toEqual(files);
});
