import vm from 'node:vm';

/**
 * Imports a package that is published as an ES module only, which this library, compiled to CommonJS, cannot `require`.
 *
 * @param name the package's
 * @returns what it exports
 * @throws {Error} when it is not installed, and what it throws while it loads
 */
export async function nativeImport<T>(name: string): Promise<T> {
  // Written as `import()` alone, the compiler would turn it into `require()`; it leaves text alone.
  const source = `() => import(${JSON.stringify(name)})`;
  try {
    return await (new Function(`return (${source})()`)() as Promise<T>);
  } catch (error) {
    if (!/^ERR_VM_DYNAMIC_IMPORT/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // In a context of `node:vm`, as jest's tests are. Not always, because Node prints a warning that this may change.
    const { USE_MAIN_CONTEXT_DEFAULT_LOADER: importModuleDynamically } = vm.constants;
    const script = new vm.Script(source, { filename: __filename, importModuleDynamically });
    return await (script.runInThisContext() as () => Promise<T>)();
  }
}
