import { executeCells } from '../../support/kernel';

test("in the real kernel cells know Node's global types, and not those of the test framework", async () => {
  const [node, jest] = await executeCells([
    { source: 'const version: string = process.version; console.log(typeof version);' },
    { source: "describe('a cell', () => {});" },
  ]);
  expect(node?.map(({ text }) => text)).toEqual(['string\n']);
  expect(JSON.stringify(jest)).toContain("Cannot find name 'describe'");
});
