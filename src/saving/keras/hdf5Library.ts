import vm from 'node:vm';

type Hdf5Library = typeof import('h5wasm');
export type Hdf5Module = Awaited<Hdf5Library['ready']>;

let library: Promise<{ hdf5: Hdf5Library; module: Hdf5Module }> | undefined;

/**
 * Loads h5wasm, the HDF5 library compiled for JavaScript, once and only when it is needed: it takes 0.1 s.
 *
 * It computes in memory of its own and sees no file of the machine, whatever a foreign file asks it to open.
 */
export function hdf5Library(): Promise<{ hdf5: Hdf5Library; module: Hdf5Module }> {
  library ??= load();
  return library;
}

async function load() {
  const hdf5 = await importH5wasm();
  const module = await hdf5.ready;
  // Otherwise it prints a page to standard error at whatever it refuses.
  module.activate_throwing_error_handler();
  // What a foreign file could name as the location of its data: reading them would wait for the keyboard, or never end.
  const fs = module.FS as unknown as {
    readdir(path: string): string[];
    unlink(path: string): void;
  };
  const devices = ['stdin', 'tty', 'tty1', 'random', 'urandom'];
  for (const name of fs.readdir('/dev')) if (devices.includes(name)) fs.unlink(`/dev/${name}`);
  return { hdf5, module };
}

/** h5wasm is an ES module. TypeScript turns an import() of this file into a require(), but leaves text alone. */
async function importH5wasm(): Promise<Hdf5Library> {
  const source = '() => import("h5wasm")';
  try {
    return await (new Function(`return (${source})()`)() as Promise<Hdf5Library>);
  } catch (error) {
    if (!/^ERR_VM_DYNAMIC_IMPORT/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // The code runs in a realm of its own, as under jest, which has no import(): Node's first realm has.
    const { USE_MAIN_CONTEXT_DEFAULT_LOADER: loader } = vm.constants as unknown as {
      USE_MAIN_CONTEXT_DEFAULT_LOADER: vm.ScriptOptions['importModuleDynamically'];
    };
    const script = new vm.Script(source, {
      filename: __filename,
      importModuleDynamically: loader,
    });
    return await (script.runInThisContext() as () => Promise<Hdf5Library>)();
  }
}
