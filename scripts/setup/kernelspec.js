const fs = require('node:fs');
const path = require('node:path');
const { kernelspec, nodeModules, root } = require('./paths');

function wanted() {
  return `${JSON.stringify(
    {
      argv: [process.execPath, path.join(root, 'scripts', 'kernel.js'), '{connection_file}'],
      display_name: 'Smile Lab (TypeScript)',
      language: 'typescript',
      interrupt_mode: 'signal',
      env: {
        TF_CPP_MIN_LOG_LEVEL: '3',
        TF_FORCE_GPU_ALLOW_GROWTH: 'true',
        // For notebooks outside the project.
        NODE_PATH: nodeModules,
      },
    },
    null,
    2,
  )}\n`;
}

/** JupyterLab's entry for our kernel, inside the virtual environment: nobody else's JupyterLab is touched. */
module.exports = {
  name: 'Jupyter kernel',
  isDone: () => fs.existsSync(kernelspec) && fs.readFileSync(kernelspec, 'utf8') === wanted(),
  async run() {
    fs.mkdirSync(path.dirname(kernelspec), { recursive: true });
    fs.writeFileSync(kernelspec, wanted());
  },
};
