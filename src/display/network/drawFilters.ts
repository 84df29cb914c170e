import { type Filters, filtersOf } from '../../evaluation/inspecting/filtersOf';
import type { tf } from '../../tensorflow/tf';
import type { RgbPicture } from '../pictures/readPicture';
import { rgbPicture } from '../pictures/rgbPicture';
import { showing } from '../svg/showSvg';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { escapeXml } from '../svg/escapeXml';
import { maximum } from './heatPanels';
import { MOST_TILES, strongest, tileSheet } from './tileSheet';

const LINE_HEIGHT = 20;
const LEAST_WIDTH = 340;
const MEANINGS = {
  1: 'Middle grey: 0. Lighter: it looks for light there. Darker: against it.',
  3: 'Middle grey: 0. Lighter in a colour: it looks for that colour there. Darker: against it.',
};

/**
 * Draws the filters of a convolution that looks at the picture itself, as small pictures, numbered from 1. All share one
 * scale: middle grey stands for 0, and the largest weight of all, plus or minus, for full or no colour.
 *
 * @param model stays the caller's to dispose
 * @param layer the name of a convolution over 3 colours, or over a grey picture; the first convolution when left out
 * @returns a self-contained SVG document of up to 64 filters; of more, those with the largest weights, plus or minus
 * @throws what {@link filtersOf} throws: filters of later layers go over maps, not colours, and are no pictures
 *
 * @example
 * const svg = await drawFilters(model);
 */
export async function drawFilters(model: tf.LayersModel, layer?: string): Promise<string> {
  const found = await filtersOf(model, layer);
  const meaning = MEANINGS[found.channels];
  const shown = strongest(found.filters.map(largestWeight), MOST_TILES);
  const tiles = picturesOf(found);
  const sheet = await tileSheet(
    shown.map((i) => tiles[i]!),
    shown.map((i) => i + 1),
  );
  const width = Math.max(LEAST_WIDTH, sheet.width);
  const lines = wrapLabel(meaning, width / FONT_SIZE, 4);
  const texts = lines.map(
    (line, i) => `<text y="${sheet.height + (i + 1) * LINE_HEIGHT}">${escapeXml(line)}</text>`,
  );
  return svgCard({
    width,
    height: sheet.height + lines.length * LINE_HEIGHT + 6,
    title: `The ${tiles.length > shown.length ? `${shown.length} strongest of ${tiles.length}` : tiles.length} filters of layer ${found.layer}, ${found.height} × ${found.width} pixels each. ${meaning}`,
    content: sheet.svg + texts.join(''),
  });
}

/**
 * Shows the filters of a convolution under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param model as for {@link drawFilters}
 * @param layer as for {@link drawFilters}
 * @throws what {@link drawFilters} throws, and Error outside a notebook
 *
 * @example
 * await showFilters(model);
 */
export const showFilters = showing(drawFilters);

function picturesOf({ filters, width, height }: Filters): RgbPicture[] {
  const largest = filters.reduce((most, filter) => Math.max(most, largestWeight(filter)), 1e-12);
  return filters.map((filter) =>
    rgbPicture(
      filter.map((weight) => 127.5 * (1 + weight / largest)),
      width,
      height,
    ),
  );
}

function largestWeight(filter: Float32Array): number {
  return maximum(filter.map(Math.abs));
}
