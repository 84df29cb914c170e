import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { projectFolder } from '../files/projectFolder';

const source = path.join(projectFolder, 'src');
const page = path.join(source, 'camera', 'page');
const layers = path.join(source, 'models', 'layers');

/** What TensorFlow's native library is asked for, and what stands there in a browser. */
const IN_BROWSERS: Array<[asked: RegExp, file: string]> = [
  [/\/(tensorflow\/tf|native\/tfjs)$/, 'tf.ts'],
  [/\/(customCode|outputPenalties|aroundSteps|drawNoise)$|^node:/, 'standIns.ts'],
];

/** The layers of the library, all of them: a network may hold any. */
const LAYERS = 'smile-lab:layers';

const forBrowsers: Plugin = {
  name: 'for-browsers',
  setup(building) {
    for (const [filter, file] of IN_BROWSERS) {
      building.onResolve({ filter }, () => ({ path: path.join(page, file) }));
    }
    building.onResolve({ filter: new RegExp(`^${LAYERS}$`) }, () => ({
      path: LAYERS,
      namespace: 'layers',
    }));
    building.onLoad({ filter: /./, namespace: 'layers' }, async () => {
      const files = await fs.promises.readdir(layers);
      const imports = files.map((file) => `import './${path.basename(file, '.ts')}';`);
      return { contents: imports.join('\n'), resolveDir: layers, loader: 'ts' };
    });
  },
};

const made = new Map<string, Promise<Map<string, Buffer>>>();

/**
 * Compiles a part of the page, and what it uses of the library, for browsers; once in a process.
 *
 * @param entry a file of `src/camera/page` without its ending
 * @param constants what stands for names that the file declares
 * @returns the files by their names, first that of the entry
 * @throws {Error} when esbuild does not run here
 */
export function bundlePage(
  entry: string,
  constants: Record<string, unknown> = {},
): Promise<Map<string, Buffer>> {
  const define = Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  const key = JSON.stringify([entry, define]);
  const making = made.get(key) ?? bundle(entry, define);
  made.set(key, making);
  return making;
}

async function bundle(entry: string, define: Record<string, string>) {
  const { outputFiles } = await build({
    entryPoints: [path.join(page, `${entry}.ts`)],
    outdir: page,
    write: false,
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022' },
    chunkNames: '[name]-[hash]',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'silent',
    define,
    plugins: [forBrowsers],
  });
  return new Map(
    outputFiles.map(({ path: file, contents }) => [path.basename(file), Buffer.from(contents)]),
  );
}
