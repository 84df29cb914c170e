const fs = require('node:fs');
const path = require('node:path');
const { Project, assertTold } = require('../support/project');
const { findPythons, goodPython, programFolder } = require('../support/programs');
const { temporaryFolder } = require('../support/temporary-folder');

module.exports = {
  name: 'wrong Python',
  promise: 'a Python that is too old, too new or not there is told, with the ones that were found',
  async prove() {
    const project = new Project();
    /** @param {Record<string, string>} pythons @param {RegExp} cause */
    const told = async (pythons, cause) =>
      assertTold(await project.setUp({ path: [programFolder(pythons)] }), {
        cause,
        cure: /Install Python 3\.12/,
      });

    const seen = [await told({}, /no Python was found$/)];
    const all = findPythons();
    const old = Math.max(...[...all.keys()].filter((minor) => minor < 10));
    if (all.has(old))
      seen.push(
        await told({ python3: /** @type {string} */ (all.get(old)) }, /found only 3\.\d\.\d+/),
      );
    seen.push(
      await told({ python3: futurePython() }, /found only 3\.14\.0; TensorFlow is not published/),
    );
    return seen.map((sentence) => sentence.replace(/^.*to 3\.13, and /, '')).join('; ');
  },
};

/** A real Python that takes itself for 3.14, which cannot be had everywhere. */
function futurePython() {
  const wrapper = path.join(temporaryFolder(), 'python3');
  const claim = 'import sys; sys.version_info = (3, 14, 0)';
  fs.writeFileSync(wrapper, `#!/bin/sh\nexec "${goodPython()}" -c "${claim}\n$2"\n`, {
    mode: 0o755,
  });
  return wrapper;
}
