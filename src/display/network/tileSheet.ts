import type { RgbPicture } from '../pictures/readPicture';
import { MOST_BYTES, storedPicture } from './storedPicture';

const COLUMNS = 8;
/** Sides of the longer side of a tile, in CSS pixels; with the gaps, eight fill the column of a notebook. */
const TILE = 72;
const GAP = 10;
const NUMBER = { size: 13, line: 18 };
/** The longer side of a stored tile: enough for 150 % zoom. */
const STORED_TILE = 108;
/** The rest is for sixty-four frames and numbers, and the picture above them. */
const SHEET_ROOM = 0.7 * MOST_BYTES;

/** As many as a reader looks at, and as fit an output. */
export const MOST_TILES = 64;

/**
 * The indices of the largest values, in their order.
 *
 * @example
 * strongest([3, 1, 2], 2); // [0, 2]
 */
export function strongest(values: readonly number[], most: number): number[] {
  const byStrength = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  return byStrength.slice(0, most).sort((a, b) => a - b);
}

/**
 * Lays small pictures of one size out in rows of eight, each with its number under it. They are stored as one picture,
 * of which each tile is a part: sixty-four files would have sixty-four headers.
 *
 * @param tiles pictures of one size
 * @param numbers what stands under each
 * @returns SVG elements, drawn from (0, 0), and their size
 */
export async function tileSheet(tiles: readonly RgbPicture[], numbers: readonly number[]) {
  const [{ width, height }] = tiles as [RgbPicture];
  const scale = Math.min(1, STORED_TILE / Math.max(width, height));
  const columns = Math.min(COLUMNS, tiles.length);
  const rows = Math.ceil(tiles.length / columns);
  const sheet = sheetOf(tiles, columns);
  const size = Math.ceil(scale * Math.max(sheet.width, sheet.height));
  const uri = await storedPicture(sheet, size, SHEET_ROOM);
  const drawn = {
    width: TILE * Math.min(1, width / height),
    height: TILE * Math.min(1, height / width),
  };
  const line = drawn.height + NUMBER.line + GAP;
  const elements = tiles.map((_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const x = column * (TILE + GAP) + (TILE - drawn.width) / 2;
    const y = row * line;
    return (
      `<svg x="${x}" y="${y}" width="${drawn.width}" height="${drawn.height}" viewBox="${column * width} ${row * height} ${width} ${height}" preserveAspectRatio="none"><use href="#tiles"/></svg>` +
      `<rect x="${x - 0.5}" y="${y - 0.5}" width="${drawn.width + 1}" height="${drawn.height + 1}" fill="none" stroke="#b0b0b0"/>` +
      `<text x="${x + drawn.width / 2}" y="${y + drawn.height + NUMBER.line - 3}">${numbers[i]}</text>`
    );
  });
  const image = `<image id="tiles" width="${sheet.width}" height="${sheet.height}" href="${uri}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`;
  return {
    svg: `<defs>${image}</defs><g font-size="${NUMBER.size}" text-anchor="middle">${elements.join('')}</g>`,
    width: columns * (TILE + GAP) - GAP,
    height: rows * line - GAP,
  };
}

/** Pictures of one size as one picture, in rows of so many columns. */
export function sheetOf(tiles: readonly RgbPicture[], columns: number): RgbPicture {
  const [{ width, height }] = tiles as [RgbPicture];
  const rows = Math.ceil(tiles.length / columns);
  const pixels = new Uint8Array(columns * width * rows * height * 3).fill(255);
  tiles.forEach((tile, i) => {
    const left = (i % columns) * width;
    const top = Math.floor(i / columns) * height;
    for (let y = 0; y < height; y += 1) {
      const row = tile.pixels.subarray(3 * y * width, 3 * (y + 1) * width);
      pixels.set(row, 3 * ((top + y) * columns * width + left));
    }
  });
  return { pixels, width: columns * width, height: rows * height };
}
