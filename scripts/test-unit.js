require('./setup/check-node');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { nodeModules, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run test:unit [-- NAME …]`: the unit tests whose path holds a name, all without one; options are jest's. */
afterSetUp(async () => {
  const jest = path.join(nodeModules, 'jest', 'bin', 'jest.js');
  const given = process.argv.slice(2);
  const { status } = spawnSync(process.execPath, [jest, ...given], { cwd: root, stdio: 'inherit' });
  return status === null ? 1 : status;
});
