import { executeCells } from '../../support/kernel';

test('what no cell needs any more is collected between two cells, so that its finalizers run', async () => {
  const [, second] = await executeCells([
    {
      source: `
let large: number[][] | undefined = Array.from({ length: 100 }, () => new Array<number>(1e5).fill(0.5)); // 80 MB
let tell = (_: string) => {};
const isGone = new Promise<string>((resolve) => (tell = resolve));
const registry = new FinalizationRegistry<string>((text) => tell(text));
registry.register(large, 'collected');
large = undefined;`,
    },
    {
      source: `
const late = new Promise<string>((resolve) => setTimeout(() => resolve('still there'), 20_000));
console.log(await Promise.race([isGone, late]));`,
    },
  ]);
  expect(second).toEqual([{ output_type: 'stream', name: 'stdout', text: 'collected\n' }]);
});
