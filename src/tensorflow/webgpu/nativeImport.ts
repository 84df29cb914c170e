import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

type Import = (url: string) => Promise<unknown>;

/**
 * Imports a package that is published as an ES module only, which this library, compiled to CommonJS, cannot `require`.
 *
 * @param name the package's
 * @returns what it exports
 * @throws {Error} when it is not installed, and what it throws while it loads
 */
export async function nativeImport<T>(name: string): Promise<T> {
  const { href } = pathToFileURL(require.resolve(name));
  try {
    // Written as `import()` alone, the compiler would turn it into `require()`.
    const load = new Function('url', 'return import(url)') as Import;
    return (await load(href)) as T;
  } catch (error) {
    if (!/dynamic import callback/.test((error as Error).message)) throw error;
    return (await importFromSandbox(href)) as T;
  }
}

/** In a context of `node:vm`, as jest's tests are. Not always, because Node prints a warning that this may change. */
function importFromSandbox(url: string): Promise<unknown> {
  const { USE_MAIN_CONTEXT_DEFAULT_LOADER: importModuleDynamically } = vm.constants;
  const script = new vm.Script('(url) => import(url)', { importModuleDynamically });
  return (script.runInThisContext() as Import)(url);
}
