import path from 'node:path';

import { refuseOwnSource } from '../../../scripts/kernel/refuse-own-source';

const notebooks = path.resolve(__dirname, '../../../notebooks');

test.each([
  "import '../src/index';",
  "import { tf } from '../src/tensorflow/tf';",
  "const { tf } = await import('../src');",
])('refuseOwnSource() says what to write in place of %s', (cell) => {
  expect(() => refuseOwnSource(cell, notebooks)).toThrow(
    /^Cannot import "\.\.\/src\S*": .* Write import \{ … \} from 'smile-lab'\.$/,
  );
});

test.each([
  "import { tf } from 'smile-lab';",
  "import { helper } from './src/helper';",
  "import { helper } from '../srcs/helper';",
  "import * as fs from 'node:fs';",
])('refuseOwnSource() lets %s be', (cell) => {
  expect(() => refuseOwnSource(cell, notebooks)).not.toThrow();
});
