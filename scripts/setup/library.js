const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { dist, nodeModules, root } = require('./paths');
const { explain } = require('./run-command');
const { SetUpError } = require('./set-up-error');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(dist, '.smile-lab-library'));
const link = path.join(nodeModules, 'smile-lab');

function wanted() {
  const src = path.join(root, 'src');
  const files = fs
    .readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|json)$/.test(file))
    .sort();
  return fingerprint(
    ...files.flatMap((file) => [file, fs.readFileSync(path.join(src, file), 'utf8')]),
    fs.readFileSync(path.join(root, 'tsconfig.json'), 'utf8'),
  );
}

function isLinked() {
  try {
    return fs.realpathSync(link) === fs.realpathSync(root);
  } catch {
    return false;
  }
}

/**
 * Makes `import 'smile-lab'` say why it cannot be had, where it would otherwise give the code from before the edit.
 * @param {string} message
 */
function refuseImport(message) {
  fs.mkdirSync(dist, { recursive: true });
  fs.writeFileSync(path.join(dist, 'index.js'), `throw new Error(${JSON.stringify(message)});\n`);
}

/** What was compiled from a source that is gone would still be found by an import of it. */
function removeLeftOver() {
  for (const file of fs.readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const source = /^(.+?)(\.d\.ts|\.js(\.map)?)$/.exec(file)?.[1];
    if (source !== undefined && !fs.existsSync(path.join(root, 'src', `${source}.ts`))) {
      fs.rmSync(path.join(dist, file));
    }
  }
}

/** `src` compiled to `dist`, and importable as `smile-lab` from every folder of the project. */
module.exports = {
  name: 'library',
  isDone: () => isLinked() && stamp.holds(wanted()),
  async run() {
    if (!isLinked()) {
      fs.rmSync(link, { force: true, recursive: true });
      fs.symlinkSync('..', link);
    }
    // After a run that did not end well, what tsc has noted of its own outputs may be wrong.
    if (!fs.existsSync(stamp.file)) fs.rmSync(path.join(dist, '.tsbuildinfo'), { force: true });
    stamp.remove();
    const compiled = wanted();
    const compiler = path.join(nodeModules, 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(
      process.execPath,
      [compiler, '-p', path.join(root, 'src'), '--pretty', 'false'],
      { cwd: root, encoding: 'utf8' },
    );
    if (status !== 0) {
      const known = explain('tsc', stdout);
      if (known.kind) throw known;
      const error = new SetUpError(
        `src does not compile: ${stdout.trim().split('\n').slice(0, 3).join('; ').replace(/\.$/, '')}`,
        'Mend the named lines, then run the command again (in a notebook: restart the kernel).',
      );
      refuseImport(`${error.message}. ${error.cure}`);
      throw error;
    }
    removeLeftOver();
    stamp.write(compiled);
  },
};
