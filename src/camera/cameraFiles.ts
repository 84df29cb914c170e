import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { FACE_FOLDER, readFaceFile } from '../faces/faceFiles';
import { projectFolder } from '../files/projectFolder';
import { checkedResizing } from '../images/formats/resizing';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { outputMeaning } from '../models/outputMeaning';
import { KNOWN_BACKBONES } from '../models/pretrained/knownBackbones';
import { loadBackbone } from '../models/pretrained/loadBackbone';
import { resizingOf } from '../models/resizingOf';
import { toSaved } from '../saving/savedMetadata';
import { tfjsFiles } from '../saving/tfjsFiles';
import { bundlePage } from './bundlePage';
import { licences } from './licences';
import type { CameraSettings, PageInput } from './page/settings';

const page = path.join(projectFolder, 'src', 'camera', 'page');
const wasm = path.join(projectFolder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
const PLAIN = ['index.html', 'page.css', 'icon.svg', 'manifest.webmanifest'];
const WASM = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
const ICONS = [192, 512];

/** What may be chosen of the page. */
export interface CameraOptions {
  /** A network of `listBackbones` for «Teach me»; null for a page without. */
  backbone: string | null;
  /** Where pictures and what they really are are sent to, from the page; null where there is no server. */
  server: CameraSettings['server'];
}

/** The files of a camera page. */
export interface CameraFiles {
  /** By their names, all in one folder. */
  files: Map<string, Buffer>;
  /** Whether the finder of faces is among them; `npx smile-lab get fer` brings it. */
  hasFaces: boolean;
}

const ACTION = 'Cannot make the camera page';

/**
 * Makes the page that asks a classifier about what a camera sees, in the browser, with all that it needs: nothing is fetched from
 * elsewhere.
 *
 * @param classifier stays the caller's
 * @throws {Error} when the backbone is not there, or esbuild does not run
 */
export async function cameraFiles(
  classifier: Classifier,
  { backbone, server }: CameraOptions,
): Promise<CameraFiles> {
  checkClassifier(classifier, ACTION);
  const faces = await faceFiles();
  const taught = backbone === null ? undefined : await backboneFiles(backbone);
  const settings: CameraSettings = {
    classNames: [...classifier.classNames],
    input: pageInput(classifier),
    meaning: outputMeaning(classifier),
    hasFaces: faces.size > 0,
    backbone: taught?.settings ?? null,
    server,
  };
  const files = new Map([
    ...(await plainFiles()),
    ...(await bundlePage('page')),
    ...(await bundlePage('worker')),
    ['camera.json', Buffer.from(JSON.stringify(settings))] as const,
    ...(await modelFiles('model.json', classifier)),
    ...faces,
    ...(taught?.files ?? []),
    ['LICENCES.txt', Buffer.from(await licences())] as const,
  ]);
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update(content);
  const constants = {
    PAGE_FILES: ['', ...files.keys()],
    PAGE_VERSION: hash.digest('hex').slice(0, 16),
  };
  for (const [name, content] of await bundlePage('service-worker', constants)) {
    files.set(name, content);
  }
  return { files, hasFaces: settings.hasFaces };
}

function pageInput(classifier: Pick<Classifier, 'model' | 'input'>): PageInput {
  const resizing = checkedResizing(ACTION, resizingOf(classifier));
  return { resizing, rescale: classifier.input.rescale };
}

async function plainFiles(): Promise<Array<[string, Buffer]>> {
  const read = (folder: string, name: string): Promise<[string, Buffer]> =>
    fs.readFile(path.join(folder, name)).then((content) => [name, content]);
  const drawn = ICONS.map(async (size): Promise<[string, Buffer]> => {
    const icon = sharp(path.join(page, 'icon.svg'), { density: (72 * size) / 32 });
    return [`icon-${size}.png`, await icon.resize(size, size).png().toBuffer()];
  });
  return Promise.all([
    ...PLAIN.map((name) => read(page, name)),
    ...WASM.map((name) => read(wasm, name)),
    ...drawn,
  ]);
}

async function modelFiles(
  name: string,
  given: Parameters<typeof tfjsFiles>[0],
): Promise<Array<[string, Buffer]>> {
  const { json, weightsFile, weights } = await tfjsFiles(given, ACTION);
  return [
    [name, Buffer.from(json)],
    [weightsFile, Buffer.from(weights)],
  ];
}

const backbones = new Map<string, ReturnType<typeof readBackbone>>();

/** Once in a process: a server makes a page for each model that comes into use. */
function backboneFiles(name: string): ReturnType<typeof readBackbone> {
  const reading = backbones.get(name) ?? readBackbone(name);
  backbones.set(name, reading);
  // What is missing may be brought meanwhile.
  reading.catch(() => backbones.delete(name));
  return reading;
}

async function readBackbone(name: string) {
  const backbone = await loadBackbone(name);
  const { model, input, layer } = backbone;
  try {
    const network = KNOWN_BACKBONES[name]?.description.split(',')[0] ?? name;
    const settings = {
      name: `${network}, up to ${layer}`,
      input: pageInput(backbone),
      saved: toSaved({ classNames: [], input: { ...resizingOf(backbone), ...input } }),
    };
    return { settings, files: await modelFiles('backbone.json', model) };
  } finally {
    model.dispose();
  }
}

/** Empty where they were not got. @throws {Error} when they are damaged */
async function faceFiles(): Promise<Map<string, Buffer>> {
  const isGot = await fs.stat(FACE_FOLDER).then(
    () => true,
    () => false,
  );
  if (!isGot) return new Map();
  const names = ['blazeface.json', 'blazeface.bin'] as const;
  const read = names.map(async (name) => [name, await readFaceFile(name)] as const);
  return new Map(await Promise.all(read));
}
