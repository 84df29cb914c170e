const fs = require('node:fs');
const path = require('node:path');
const { kernelspec, nodeModules, processes, root, venv } = require('./paths');

/** What JupyterLab must know, inside the virtual environment: nobody else's JupyterLab is touched. */
function wanted() {
  const kernel = {
    argv: [process.execPath, path.join(root, 'scripts', 'kernel.js'), '{connection_file}'],
    display_name: 'Smile Lab (TypeScript)',
    language: 'typescript',
    interrupt_mode: 'signal',
    env: {
      TF_CPP_MIN_LOG_LEVEL: '3',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      TF_ENABLE_ONEDNN_OPTS: '1',
      // For notebooks outside the project.
      NODE_PATH: nodeModules,
    },
  };
  // A learner's first screen is the lesson, not a question about news from the network.
  const settings = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  };
  // The dashboard as a tab of JupyterLab. Behind a socket in a folder of its own nobody else on the computer reaches it, and
  // JupyterLab lets in whom it knows.
  const proxy = {
    ServerProxy: {
      servers: {
        'smile-lab-dashboard': {
          command: [
            ...[process.execPath, path.join(root, 'scripts', 'dashboard.js')],
            ...['--logs', path.join(root, 'logs'), '--socket', '{unix_socket}'],
          ],
          unix_socket: true,
          timeout: 60, // src may have to be compiled first
          new_browser_tab: false,
          launcher_entry: {
            title: 'Smile Lab dashboard',
            icon_path: path.join(root, 'src', 'dashboard', 'page', 'icon.svg'),
          },
        },
      },
    },
  };
  const json = [
    { file: kernelspec, content: kernel },
    { file: path.join(venv, 'etc/jupyter/jupyter_server_config.json'), content: proxy },
    { file: path.join(venv, 'share/jupyter/lab/settings/overrides.json'), content: settings },
  ].map(({ file, content }) => ({ file, text: `${JSON.stringify(content, null, 2)}\n` }));
  return [
    ...json,
    {
      file: path.join(venv, 'etc/jupyter/jupyter_server_config.py'),
      text: fs.readFileSync(path.join(processes, 'jupyter_server_config.py'), 'utf8'),
    },
  ];
}

module.exports = {
  name: 'Jupyter kernel',
  isDone: () =>
    wanted().every(
      ({ file, text }) => fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text,
    ),
  async run() {
    for (const { file, text } of wanted()) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  },
};
