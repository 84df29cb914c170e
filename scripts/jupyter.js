const { cleanEnvironment } = require('./setup/python-environment');
const path = require('node:path');
const { venv } = require('./setup/paths');

/**
 * The environment in which our JupyterLab runs: settings, runtime files and kernels stay inside the project, so a
 * classroom's machine is left as it was, and another Jupyter's settings cannot break the lesson.
 */
function jupyterEnvironment() {
  const own = path.join(venv, 'var', 'jupyter');
  return {
    ...cleanEnvironment(),
    JUPYTER_CONFIG_DIR: path.join(own, 'config'),
    JUPYTER_DATA_DIR: path.join(own, 'data'),
    JUPYTER_RUNTIME_DIR: path.join(own, 'runtime'),
    IPYTHONDIR: path.join(own, 'ipython'),
    JUPYTER_PLATFORM_DIRS: '1',
  };
}

module.exports = { jupyterEnvironment };
