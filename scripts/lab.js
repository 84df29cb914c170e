require('./setup/check-node');
const os = require('node:os');
const { jupyterEnvironment } = require('./jupyter');
const { labArguments } = require('./lab-arguments');
const { runUntilEnd } = require('./processes/run-until-end');
const { processes, python, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run lab [-- OPTIONS OF JUPYTERLAB]`: JupyterLab opened on lesson 1. */
afterSetUp(() => {
  const args = ['-m', 'jupyterlab', ...labArguments(process.argv.slice(2))];
  // Containers run everything as root, where JupyterLab refuses to start without being told.
  if (os.userInfo().uid === 0) args.push('--allow-root');
  const env = {
    ...jupyterEnvironment(),
    // Read by processes/jupyter_server_config.py.
    SMILE_LAB_END_WITH: String(process.pid),
    SMILE_LAB_PROCESSES: processes,
  };
  return runUntilEnd(python, args, { cwd: root, env });
});
