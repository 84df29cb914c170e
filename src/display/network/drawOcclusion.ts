import type { HeatMap } from '../../evaluation/inspecting/heatMap';
import { occlusionMap, type OcclusionOptions } from '../../evaluation/inspecting/occlusionMap';
import { checkOptionNames } from '../../errors/checkOptionNames';
import type { Classifier } from '../../models/classifier';
import { percent } from '../pictures/percent';
import { showing } from '../svg/showSvg';
import { heatPanels, type HeatRow, maximum, strongestRegion } from './heatPanels';
import { checkedList, pictureFor, type PictureSource } from './pictureFor';

/** How occlusion is drawn. */
export interface DrawOcclusionOptions extends OcclusionOptions {
  /** Text under each picture, as many as pictures. Default: none but the probabilities. */
  captions?: readonly string[];
}

const ACTION = 'Cannot draw the occlusion';
const MOST_PICTURES = 6;
/** Below this nothing is worth a colour: stretched to the strongest one, it would look like something. */
const LEAST_FALL = 0.0005;

/**
 * Draws what a network misses when a patch of a picture is covered: each picture, and beside it for each class by how much
 * its probability falls, by {@link occlusionMap}. Under each map stands the largest fall.
 *
 * @param classifier stays the caller's to dispose
 * @param pictures one, or 1 to 6: paths, addresses of this machine, or encoded pictures
 * @param options patch, classes and captions
 * @returns a self-contained SVG document
 * @throws what {@link occlusionMap} throws, and RangeError when there are no pictures or too many
 *
 * @example
 * const svg = await drawOcclusion(classifier, 'me.png');
 */
export async function drawOcclusion(
  classifier: Classifier,
  pictures: PictureSource | readonly PictureSource[],
  options: DrawOcclusionOptions = {},
): Promise<string> {
  checkOptionNames(ACTION, options, { patchSize: true, classNames: true, captions: true });
  const { captions, ...others } = options;
  const rows: HeatRow[] = [];
  const descriptions: string[] = [];
  let patch = 0;
  for (const [i, picture] of checkedList(pictures, captions, MOST_PICTURES, ACTION).entries()) {
    const { patchSize, heatMaps } = await occlusionMap(classifier, picture, others);
    patch = patchSize;
    const said = heatMaps.map((map) => `${map.className} ${percent(map.probability)}`);
    const caption = [captions?.[i], ...said].filter(Boolean).join('\n');
    const maps = heatMaps.map((map) => ({ values: worthColour(map.values), caption: fallOf(map) }));
    rows.push({ picture: await pictureFor(classifier, picture), caption, maps });
    descriptions.push(`${caption.split('\n').join(', ')}: ${heatMaps.map(inWords).join(', ')}`);
  }
  return heatPanels(rows, {
    title: `Occlusion by a patch of ${patch} × ${patch} pixels: ${descriptions.join('; ')}`,
    legend: ['no fall', 'largest in its row'],
  });
}

/**
 * Shows what a network misses when a patch is covered, under the running notebook cell, stored in the notebook with an
 * alternative text.
 *
 * @param classifier as for {@link drawOcclusion}
 * @param pictures as for {@link drawOcclusion}
 * @param options as for {@link drawOcclusion}
 * @throws what {@link drawOcclusion} throws, and Error outside a notebook
 *
 * @example
 * await showOcclusion(classifier, 'me.png');
 */
export const showOcclusion = showing(drawOcclusion);

function worthColour(values: Float32Array): Float32Array {
  return maximum(values) < LEAST_FALL ? new Float32Array(values.length) : values;
}

function fallOf({ className, values }: HeatMap): string {
  const most = maximum(values);
  return most < LEAST_FALL
    ? `${className}: no fall`
    : `${className}: falls by up to ${(100 * most).toFixed(1)} points`;
}

function inWords(map: HeatMap): string {
  const fall = fallOf(map);
  return maximum(map.values) < LEAST_FALL ? fall : `${fall}, most at the ${strongestRegion(map)}`;
}
