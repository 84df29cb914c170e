import fs from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../files/projectFolder';

/** What of others is in the page, whose licence asks to be passed on. */
const PARTS = `This page holds:
- the code of Smile Lab (MIT)
- TensorFlow.js 4.22.0: core, layers, converter, and the backends for WebAssembly and WebGPU, of Google (Apache-2.0), and in it
  long.js (Apache-2.0) and seedrandom of David Bau (MIT)
- BlazeFace, a network that finds faces, of Google's MediaPipe (Apache-2.0), as the npm package @vladmandic/human 3.3.6 brings it
  (MIT, © Vladimir Mandic), where the page finds faces
- EfficientNet-Lite0 of Google (Apache-2.0), or MobileNetV2 of Keras (MIT), where the page can be taught
and the network of who made the page, whose licence it is for them to say.

`;

/** The text that goes along with the page. */
export async function licences(): Promise<string> {
  const own = await fs.readFile(path.join(projectFolder, 'LICENSE'), 'utf8');
  const apache = path.join(projectFolder, 'node_modules/typescript/LICENSE.txt');
  return `${PARTS}${'-'.repeat(70)}\n${own}\n${'-'.repeat(70)}\n${await fs.readFile(apache, 'utf8')}`;
}
