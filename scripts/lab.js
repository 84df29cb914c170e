require('./setup/check-node');
const { spawn } = require('node:child_process');
const os = require('node:os');
const { jupyterEnvironment } = require('./jupyter');
const { python, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run lab [-- OPTIONS OF JUPYTERLAB]`: JupyterLab opened on lesson 1. */
afterSetUp(
  () =>
    new Promise((resolve) => {
      const args = ['-m', 'jupyterlab'];
      // Given as an argument the lesson would hide the folders beside it: data, src and the models that it saves.
      args.push(`--ServerApp.root_dir=${root}`);
      args.push('--LabApp.default_url=/lab/tree/notebooks/01-happy-or-sad.ipynb');
      // Containers run everything as root, where JupyterLab refuses to start without being told.
      if (os.userInfo().uid === 0) args.push('--allow-root');
      args.push(...process.argv.slice(2));
      const lab = spawn(python, args, { cwd: root, env: jupyterEnvironment(), stdio: 'inherit' });
      // Ctrl-C reaches JupyterLab too, which asks before it stops.
      process.on('SIGINT', () => {});
      lab.on('close', (code) => resolve(code === null ? 1 : code));
    }),
);
