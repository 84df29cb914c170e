import fs from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../files/projectFolder';

const file = path.join(projectFolder, 'node_modules/@tensorflow/tfjs-vis/dist/tfjs-vis.umd.min.js');

/** Where tfjs-vis 1.5.1 hands the curves' specification `m` to Vega; `h` are the options of `linechart()`. */
const HANDS_OVER = 'yield o.default(g,m,{';
const HANDS_OVER_MENDED = 'yield o.default(g,h.mend?h.mend(m):m,{';

/**
 * tfjs-vis for a browser. Its `linechart()` counts points from 0 whatever their x, and has no option for the axis below
 * them: here it takes an option `mend`, a function that gets the chart's Vega-Lite specification and gives it back.
 *
 * @throws {Error} where the installed tfjs-vis is not the one that is known
 */
export function tfjsVis(): string {
  const text = fs.readFileSync(file, 'utf8');
  const parts = text.split(HANDS_OVER);
  if (parts.length !== 2) {
    throw new Error(
      `Cannot serve tfjs-vis: requires version 1.5.1, which draws curves in one place, got ${parts.length - 1} places in "${file}"`,
    );
  }
  return parts.join(HANDS_OVER_MENDED);
}
