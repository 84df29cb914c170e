const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Project } = require('../support/project');
const { findPythons } = require('../support/programs');

module.exports = {
  name: 'each Python',
  promise: 'on Python 3.10 to 3.13 the set-up ends well and TensorFlow trains',
  async prove() {
    const project = new Project();
    const pythons = findPythons();
    const seen = [];
    for (const minor of [10, 11, 12, 13]) {
      const python = pythons.get(minor);
      if (!python) {
        seen.push(`3.${minor} not found here`);
        continue;
      }
      fs.rmSync(project.path('.venv'), { recursive: true, force: true });
      const { status, stderr, seconds } = await project.setUp({
        path: [path.dirname(python), ...(process.env['PATH'] ?? '').split(':')],
      });
      assert.strictEqual(status, 0, `Python 3.${minor}: ${stderr}`);
      const made = execFileSync(project.path('.venv', 'bin', 'python'), ['--version'], {
        encoding: 'utf8',
      });
      assert.ok(made.startsWith(`Python 3.${minor}.`), `asked for 3.${minor}, made with ${made}`);
      const { tensorflow } = await project.train(`models/python-3.${minor}`);
      seen.push(`3.${minor} with TensorFlow ${tensorflow} (${seconds.toFixed(0)} s)`);
    }
    return seen.join(', ');
  },
};
