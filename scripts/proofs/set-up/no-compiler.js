const assert = require('node:assert');
const fs = require('node:fs');
const { Project, assertTold } = require('../support/project');
const { goodPython, programFolder } = require('../support/programs');

module.exports = {
  name: 'no compiler',
  promise: 'without a C++ compiler the set-up says so before it downloads anything',
  async prove() {
    const project = new Project();
    const told = await project.setUp({
      path: [programFolder({ python3: goodPython() })],
      env: { CXX: '' },
    });
    assert.ok(!fs.existsSync(project.path('node_modules')), 'packages were installed first');
    return assertTold(told, {
      cause: /"native addon"\. No C\+\+ compiler was found/,
      cure: /apt install g\+\+/,
    });
  },
};
