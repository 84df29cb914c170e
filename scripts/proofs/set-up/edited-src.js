const assert = require('node:assert');
const fs = require('node:fs');
const { readyProject } = require('../support/ready-project');
const { run } = require('../support/run');

const answer = "import { answer } from 'smile-lab';";

module.exports = {
  name: 'edited src',
  promise:
    'an edit is there on the next command and in the next kernel, a removed file is gone; a mistake is told by both',
  async prove() {
    const project = await readyProject();
    const index = project.path('src', 'index.ts');
    const original = fs.readFileSync(index, 'utf8');
    const added = project.path('src', 'added.ts');
    /** @param {string} line */
    const edit = (line) => fs.writeFileSync(index, `${original}\n${line}\n`);
    try {
      edit('export const answer = 41;');
      assert.strictEqual((await project.setUp()).status, 0);
      const ask = "console.log(require('smile-lab').answer)";
      const { stdout } = await run(process.execPath, ['-e', ask], { cwd: project.folder });
      assert.strictEqual(stdout, '41\n');

      const compiled = project.path('dist', 'added.js');
      fs.writeFileSync(added, 'export {};\n');
      await project.setUp();
      assert.ok(fs.existsSync(compiled));
      fs.rmSync(added);
      await project.setUp();
      assert.ok(!fs.existsSync(compiled));

      // No command runs between: the kernel itself compiles.
      edit('export const answer = 42;');
      assert.strictEqual(await project.cell(answer, 'answer'), 42);

      edit("export const answer: number = 'many';");
      const command = await project.command('smile-lab.js', ['--help']);
      assert.strictEqual(command.status, 1);
      const mistake = /src does not compile: src\/index\.ts\(\d+,\d+\): error TS2322/;
      assert.match(command.stderr, mistake);
      assert.doesNotMatch(command.stderr, /^\s+at /m);
      await assert.rejects(project.cell(answer, 'answer'), mistake);

      edit('export const answer = 43;');
      assert.strictEqual(await project.cell(answer, 'answer'), 43);
      return command.stderr.split('\n').find((line) => mistake.test(line)) ?? '';
    } finally {
      fs.rmSync(added, { force: true });
      fs.writeFileSync(index, original);
      await project.setUp();
    }
  },
};
