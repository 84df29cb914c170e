import { type CellOutput, executeCells } from '../../support/kernel';

const sources = {
  before: 'const before = 1;',
  elsewhere: "process.chdir('/'); process.cwd()",
  after: 'before + 1',
  imports: "import { homedir } from 'node:os'; process.chdir('/tmp'); typeof homedir()",
};
let outputs: Record<keyof typeof sources, CellOutput[]>;

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  const all = await executeCells(Object.values(sources).map((source) => ({ source })));
  outputs = Object.fromEntries(
    Object.keys(sources).map((name, index) => [name, all[index]]),
  ) as typeof outputs;
}, 300_000);

const result = (name: keyof typeof sources) => outputs[name].at(-1)?.data?.['text/plain'];

test('after process.chdir() cells run as before', () => {
  expect(result('elsewhere')).toBe('/');
  expect(result('after')).toBe('2');
  expect(result('imports')).toBe('string');
});
