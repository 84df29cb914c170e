import path from 'node:path';

import { run } from '../../support/children';

const SCRIPT = `
const oneProgram = require('./scripts/kernel/one-program');
const { createOneProgram } = oneProgram;
const programs = new Set();
const alive = () => [...programs].filter((program) => program.deref()).length;
oneProgram.createOneProgram = (...given) => {
  const builder = createOneProgram(...given);
  const program = builder.getProgram();
  if (![...programs].some((one) => one.deref() === program)) programs.add(new WeakRef(program));
  return builder;
};
const { mendedConverter } = require('./scripts/kernel/mended-converter');
const converter = mendedConverter();
let declarations = '';
(async () => {
  for (let i = 0; i < 6; i++) {
    declarations = converter.convert(declarations, 'const name' + i + ' = ' + i + ';').declOutput;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  gc();
  console.log(JSON.stringify({ made: programs.size, alive: alive(), declarations }));
  converter.close();
})();
`;

test('six cells make six programs beside the first, and none is kept but the last', async () => {
  const { stdout, stderr } = await run(process.execPath, ['--expose-gc', '-e', SCRIPT], {
    cwd: path.join(__dirname, '../../..'),
  });
  expect(stderr).toBe('');
  const { made, alive, declarations } = JSON.parse(stdout) as Record<string, unknown>;
  expect([made, alive]).toEqual([7, 1]);
  expect(declarations).toContain('name5');
});
