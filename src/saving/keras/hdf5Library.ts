import { nativeImport } from '../../files/nativeImport';

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
  const hdf5 = await nativeImport<Hdf5Library>('h5wasm');
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
