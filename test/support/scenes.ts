import seedrandom from 'seedrandom';
import sharp, { type Sharp } from 'sharp';

/**
 * A picture of blots, as uneven as a photograph and the same on each call; two of different seeds have nothing in common.
 *
 * @returns 120 × 96 pixels, red, green, blue
 */
export function scene(seed: number): Sharp {
  const random = seedrandom.alea(`scene ${seed}`);
  const byte = () => Math.floor(random() * 256);
  const colour = () => `rgb(${byte()},${byte()},${byte()})`;
  const blots = Array.from(
    { length: 12 },
    () =>
      `<ellipse cx="${random() * 120}" cy="${random() * 96}" rx="${10 + random() * 30}" ry="${10 + random() * 30}" fill="${colour()}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="96"><rect width="120" height="96" fill="${colour()}"/>${blots.join('')}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: 'white' }).toColourspace('srgb');
}
