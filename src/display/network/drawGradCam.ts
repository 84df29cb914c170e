import { gradCam, type GradCamOptions } from '../../evaluation/inspecting/gradCam';
import type { HeatMap } from '../../evaluation/inspecting/heatMap';
import { checkOptionNames } from '../../errors/checkOptionNames';
import type { Classifier } from '../../models/classifier';
import { percent } from '../pictures/percent';
import { showing } from '../svg/showSvg';
import { heatPanels, type HeatRow, strongestRegion } from './heatPanels';
import { checkedList, pictureFor, type PictureSource } from './pictureFor';

/** How Grad-CAM is drawn. */
export interface DrawGradCamOptions extends GradCamOptions {
  /** Text under each picture, as many as pictures. Default: none but the probabilities. */
  captions?: readonly string[];
}

const ACTION = 'Cannot draw Grad-CAM';
const MOST_PICTURES = 6;

/**
 * Draws where in pictures a network finds what speaks for a class: each picture, and beside it a heat map for each class,
 * by {@link gradCam}. The maps of a picture share their colours, so that those of two classes can be compared.
 *
 * @param classifier stays the caller's to dispose
 * @param pictures one, or 1 to 6: paths, addresses of this machine, or encoded pictures
 * @param options layer, classes and captions
 * @returns a self-contained SVG document
 * @throws what {@link gradCam} throws, and RangeError when there are no pictures or too many
 *
 * @example
 * const svg = await drawGradCam(classifier, 'me.png');
 */
export async function drawGradCam(
  classifier: Classifier,
  pictures: PictureSource | readonly PictureSource[],
  options: DrawGradCamOptions = {},
): Promise<string> {
  checkOptionNames(ACTION, options, { layer: true, classNames: true, captions: true });
  const { captions, ...others } = options;
  const rows: HeatRow[] = [];
  const descriptions: string[] = [];
  let layer = '';
  for (const [i, picture] of checkedList(pictures, captions, MOST_PICTURES, ACTION).entries()) {
    const cam = await gradCam(classifier, picture, others);
    layer = cam.layer;
    const said = cam.heatMaps.map((map) => `${map.className} ${percent(map.probability)}`);
    const caption = [captions?.[i], ...said].filter(Boolean).join('\n');
    rows.push({
      picture: await pictureFor(classifier, picture),
      caption,
      maps: cam.heatMaps.map(({ values, className }) => ({ values, caption: `for ${className}` })),
    });
    descriptions.push(`${caption.split('\n').join(', ')}: ${cam.heatMaps.map(inWords).join(', ')}`);
  }
  return heatPanels(rows, {
    title: `Grad-CAM of layer ${layer}: ${descriptions.join('; ')}`,
    legend: ['none', 'largest in its row'],
  });
}

/**
 * Shows Grad-CAM under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param classifier as for {@link drawGradCam}
 * @param pictures as for {@link drawGradCam}
 * @param options as for {@link drawGradCam}
 * @throws what {@link drawGradCam} throws, and Error outside a notebook
 *
 * @example
 * await showGradCam(classifier, 'me.png');
 */
export const showGradCam = showing(drawGradCam);

function inWords(map: HeatMap): string {
  const region = strongestRegion(map);
  return region === undefined
    ? `nothing for ${map.className}`
    : `most for ${map.className} at the ${region}`;
}
