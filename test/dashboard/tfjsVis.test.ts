import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../../scripts/setup/paths';
import { tfjsVis } from '../../src/dashboard/tfjsVis';

test('tfjsVis() is the installed tfjs-vis, whose linechart() gives its specification to an option "mend" first', () => {
  const file = path.join(root, 'node_modules/@tensorflow/tfjs-vis/dist/tfjs-vis.umd.min.js');
  const installed = readFileSync(file, 'utf8');
  const served = tfjsVis();
  expect(served.replace('h.mend?h.mend(m):m', 'm') === installed).toBe(true);
  const linechart = served.slice(served.indexOf('.linechart='), served.indexOf('.scatterplot='));
  expect(linechart).toContain('h.mend?h.mend(m):m');
});
