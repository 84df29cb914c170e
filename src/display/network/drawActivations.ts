import { featureMaps } from '../../evaluation/inspecting/featureMaps';
import type { Classifier } from '../../models/classifier';
import type { RgbPicture } from '../pictures/readPicture';
import { escapeXml } from '../svg/escapeXml';
import { showing } from '../svg/showSvg';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { HEAT_GRADIENT, heatColour } from './heatColour';
import { maximum } from './heatPanels';
import { pictureFor, type PictureSource } from './pictureFor';
import { MOST_BYTES, storedPicture } from './storedPicture';
import { MOST_TILES, strongest, tileSheet } from './tileSheet';

const PICTURE = 120; // CSS pixels, the longer side
const GAP = 16;
const LINE_HEIGHT = 20;
const LEAST_WIDTH = 460;
const LEGEND = { height: 14, width: 140 };

/**
 * Draws what a layer gives for one picture: the picture as the network takes it, and under it a map for each filter,
 * numbered from 1. All maps share one scale, so a filter that finds nothing stays white.
 *
 * @param classifier stays the caller's to dispose
 * @param picture a path, an address of this machine, or an encoded picture
 * @param options.layer the name of a layer that gives maps; the first convolution when left out
 * @returns a self-contained SVG document of up to 64 maps; of more, those with the largest values
 * @throws what {@link featureMaps} throws
 *
 * @example
 * const svg = await drawActivations(classifier, 'me.png', { layer: 'conv2d_Conv2D2' });
 */
export async function drawActivations(
  classifier: Classifier,
  picture: PictureSource,
  options: { layer?: string } = {},
): Promise<string> {
  const { layer, height, width, maps } = await featureMaps(classifier, picture, options);
  const largest = maps.map(maximum);
  const highest = Math.max(...largest);
  const shown = strongest(largest, MOST_TILES);
  const sheet = await tileSheet(
    shown.map((i) => pictureOf(maps[i]!, width, height, highest)),
    shown.map((i) => i + 1),
  );
  const count = `${shown.length < maps.length ? `The ${shown.length} strongest of ${maps.length}` : maps.length} maps`;
  const silent = largest.filter((value) => value <= 0).length;
  const text = `${count} of layer ${layer}, ${height} × ${width} each`;
  const cardWidth = Math.max(LEAST_WIDTH, sheet.width);
  const head = await drawHead(await pictureFor(classifier, picture), text, highest, cardWidth);
  return svgCard({
    width: cardWidth,
    height: head.height + sheet.height,
    title: `${text}. ${silent === 0 ? 'Each has found something' : `${silent} of them found nothing`} in this picture; the largest value is ${highest.toPrecision(3)}`,
    content: `${head.svg}<g transform="translate(0 ${head.height})">${sheet.svg}</g>`,
  });
}

/**
 * Shows what a layer gives for one picture under the running notebook cell, stored in the notebook with an alternative
 * text.
 *
 * @param classifier as for {@link drawActivations}
 * @param picture as for {@link drawActivations}
 * @param options as for {@link drawActivations}
 * @throws what {@link drawActivations} throws, and Error outside a notebook
 *
 * @example
 * await showActivations(classifier, 'me.png');
 */
export const showActivations = showing(drawActivations);

function pictureOf(map: Float32Array, width: number, height: number, highest: number): RgbPicture {
  const pixels = new Uint8Array(map.length * 3);
  map.forEach((value, i) => {
    pixels.set(heatColour(highest > 0 ? value / highest : 0).map(Math.round), 3 * i);
  });
  return { pixels, width, height };
}

/** The picture, beside it what is shown, and what the colours mean. */
async function drawHead(picture: RgbPicture, text: string, highest: number, cardWidth: number) {
  const longer = Math.max(picture.width, picture.height);
  const width = Math.round((PICTURE * picture.width) / longer);
  const height = Math.round((PICTURE * picture.height) / longer);
  const uri = await storedPicture(picture, Math.round(PICTURE * 1.5), 0.15 * MOST_BYTES);
  const left = width + GAP;
  const lines = wrapLabel(text, (cardWidth - left) / FONT_SIZE, 3);
  const texts = lines.map(
    (line, i) => `<text x="${left}" y="${(i + 1) * LINE_HEIGHT - 4}">${escapeXml(line)}</text>`,
  );
  const top = lines.length * LINE_HEIGHT + 10;
  const legend = [
    `<text x="${left}" y="${top + LEGEND.height}">0</text>`,
    `<rect x="${left + 18}" y="${top}" width="${LEGEND.width}" height="${LEGEND.height + 4}" fill="url(#heat)" stroke="#d0d0d0"/>`,
    `<text x="${left + 26 + LEGEND.width}" y="${top + LEGEND.height}">${highest.toPrecision(3)}</text>`,
  ].join('');
  const style = longer < PICTURE / 2 ? ' style="image-rendering:pixelated"' : '';
  return {
    svg: `<defs>${HEAT_GRADIENT}</defs><image width="${width}" height="${height}" href="${uri}"${style}/>${texts.join('')}${legend}`,
    height: Math.max(height, top + LEGEND.height + 4) + GAP,
  };
}
