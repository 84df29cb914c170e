import { existsSync } from 'node:fs';

import { freeNames, readExamples } from './support/examples/readExamples';
import { exampleImports } from './support/examples/exampleImports';
import { claimOf, runExample } from './support/examples/runExample';
import { typeProblems } from './support/examples/typeProblems';

const examples = readExamples();

/** Examples of these are checked, and not run: why. */
const notRun: Record<string, string> = {
  openDashboard: 'opens a browser',
  startDashboard: 'serves until it is closed',
  openPlotPage: 'opens a browser',
  trainRecipe: 'trains',
  crossValidate: 'trains five times',
  stopTrainings: 'waits for Ctrl-C',
  fetchLocalPicture: 'needs a server',
  makeFolder: 'writes into models',
  openRegistry: 'writes into models',
};

const isRun = (example: (typeof examples)[number]) =>
  !exampleImports(example).usesContext &&
  ![...freeNames(example.code)].some((name) => name in notRun || inNotebook.test(name)) &&
  [...example.code.matchAll(userFile)].every(([, named]) => existsSync(named!));

/** What only shows something in a cell. */
const inNotebook = /^show[A-Z]/;
/** A name of a file, or of a folder of pictures, that is the reader's where it is not here. */
const userFile =
  /'([\w./-]+\.(?:png|jpe?g|heic|bmp|json|keras)|my-faces|holidays|first-try|models[\w./-]*)'/g;

test('all examples in doc comments compile as they stand', () => {
  expect(examples.length).toBeGreaterThan(100);
  expect(typeProblems(examples)).toEqual(new Map());
});

beforeAll(() => void jest.spyOn(console, 'log').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test.each(examples.filter(isRun).map((example) => [example.place, example] as const))(
  'the example at %s runs, and gives what its comment says',
  async (_, example) => {
    for (const { value, comment } of await runExample(example)) {
      const claim = claimOf(comment);
      if (claim) expect(rounded(value)).toEqual(rounded(claim.value));
    }
  },
);

/** To three decimals, as comments give them. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Number(value.toFixed(3)) + 0 : value;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as number[], rounded);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]));
}
