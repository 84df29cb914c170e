require('./setup/check-node');
const { spawn } = require('node:child_process');
const path = require('node:path');
const { cleanEnvironment } = require('./setup/python-environment');
const { python, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/**
 * `npm run tensorboard [-- OPTIONS OF TENSORBOARD]`: the curves of all trainings in `logs`, on this computer alone. An
 * option that is given replaces ours of the same name.
 */
afterSetUp(
  () =>
    new Promise((resolve) => {
      const args = ['-m', 'tensorboard.main', `--logdir=${path.join(root, 'logs')}`];
      // Nobody else in the network can reach it.
      args.push('--host=localhost', ...process.argv.slice(2));
      // Its TensorFlow would fill the screen before the address comes.
      const env = { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3' };
      const board = spawn(python, args, { cwd: root, env, stdio: 'inherit' });
      // Ctrl-C reaches TensorBoard too, which ends by it.
      process.on('SIGINT', () => {});
      board.on('close', (code) => resolve(code === null ? 1 : code));
    }),
);
