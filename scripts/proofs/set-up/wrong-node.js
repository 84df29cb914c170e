const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../../setup/paths');
const { fetchNodes } = require('../support/programs');
const { run } = require('../support/run');

module.exports = {
  name: 'wrong Node',
  promise:
    'every command answers an old Node, even one that cannot read today’s JavaScript, with one sentence',
  async prove() {
    const scripts = path.join(root, 'scripts');
    const commands = fs
      .readdirSync(scripts)
      .filter((file) => /^require\('.\/setup\/check-node'\)/m.test(read(path.join(scripts, file))));
    assert.ok(commands.includes('lesson.js'));
    const nodes = await fetchNodes(['10', '12', '16', '18']);
    for (const { version, node } of nodes) {
      for (const command of commands) {
        const { status, stdout, stderr } = await run(node, [path.join(scripts, command)]);
        const expected = `Smile Lab needs Node 20.19 to 26, and this is Node ${version}. Install Node 24 `;
        assert.deepStrictEqual(
          [status, stdout, stderr.split('\n').length],
          [1, '', 2],
          `${command}: ${stderr}`,
        );
        assert.ok(stderr.startsWith(expected), `${command}: ${stderr}`);
      }
    }
    return `${commands.length} commands on Node ${nodes.map(({ version }) => version).join(', ')}`;
  },
};

/** @param {string} file */
function read(file) {
  return file.endsWith('.js') ? fs.readFileSync(file, 'utf8') : '';
}
