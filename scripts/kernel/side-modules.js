const Module = require('node:module');
const path = require('node:path');
const { aliasOf } = require('./package-aliases');
const { realPath } = require('./mend-builder');

/**
 * The modules that cells import and tslab compiles: cells that begin with `@module NAME`, and .ts and .js files. What
 * was edited is loaded anew by the next cell that imports it.
 * @param {string} folder the notebook's
 */
function sideModules(folder) {
  /** @type {Map<string, string>} */
  const sources = new Map();
  /** @type {Map<string, { exports: unknown }>} */
  const loaded = new Map();

  /** @param {string} file @param {string} source */
  const load = (file, source) => {
    const module = /** @type {any} */ (new Module(file));
    module.filename = file;
    module.paths = /** @type {any} */ (Module)._nodeModulePaths(path.dirname(file));
    module.require = requireFrom(path.dirname(file), Module.createRequire(file));
    loaded.set(file, module);
    try {
      module._compile(source, file);
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
    return module;
  };

  /** @param {string} file */
  const find = (file) => {
    for (const name of [file, `${file}.js`, `${file}/index.js`]) {
      const source = sources.get(name);
      if (loaded.has(name)) return loaded.get(name);
      if (source !== undefined) return load(name, source);
    }
    return undefined;
  };

  /**
   * @param {string} from a folder
   * @param {NodeRequire} nodes what Node itself would require
   */
  const requireFrom = (from, nodes) =>
    new Proxy(nodes, {
      apply: (target, self, [id, ...more]) => {
        // Whatever the folder, `display` must be that of the running kernel.
        if (id === 'tslab') return require('tslab');
        const isRelative = typeof id === 'string' && /^\.{0,2}\//.test(id);
        const module = isRelative && find(path.resolve(from, id).replaceAll('\\', '/'));
        return module ? module.exports : Reflect.apply(target, self, [aliasOf(id), ...more]);
      },
    });

  return {
    require: requireFrom(folder, Module.createRequire(path.join(folder, 'cell.js'))),
    /** @param {import('tslab/dist/converter').SideOutput[]} compiled */
    update(compiled) {
      for (const { path: file, data } of compiled) {
        sources.set(realPath(file), data);
        loaded.delete(realPath(file));
      }
    },
  };
}

module.exports = { sideModules };
