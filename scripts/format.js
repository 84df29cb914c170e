require('./setup/check-node');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { nodeModules, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run format`: formats code and notebook cells. */
afterSetUp(async () => {
  const prettier = path.join(nodeModules, 'prettier', 'bin', 'prettier.cjs');
  const commands = [
    [prettier, '--write', '--log-level', 'warn', '.'],
    [path.join('scripts', 'notebooks', 'check-notebooks.js'), '--fix'],
  ];
  const statuses = commands.map(
    (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status,
  );
  return statuses.every((status) => status === 0) ? 0 : 1;
});
