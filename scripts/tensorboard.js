require('./setup/check-node');
const path = require('node:path');
const { runUntilEnd } = require('./processes/run-until-end');
const { cleanEnvironment } = require('./setup/python-environment');
const { processes, python, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/**
 * `npm run tensorboard [-- OPTIONS OF TENSORBOARD]`: the curves of all trainings in `logs`, on this computer alone. An
 * option that is given replaces ours of the same name.
 */
afterSetUp(() => {
  const endWithParent = path.join(processes, 'end_with_parent.py');
  const args = [endWithParent, 'tensorboard.main', `--logdir=${path.join(root, 'logs')}`];
  // Nobody else in the network can reach it.
  args.push('--host=localhost', ...process.argv.slice(2));
  // Its TensorFlow would fill the screen before the address comes.
  const env = { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3' };
  return runUntilEnd(python, args, { cwd: root, env });
});
