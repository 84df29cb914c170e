import { textStreams } from '../../../scripts/kernel/text-streams';

function recorded() {
  const sent: Array<[name: string, text: string]> = [];
  return { sent, ...textStreams((name, text) => sent.push([name, text])) };
}

test('the first text goes at once, what follows it in the same turn together', async () => {
  const { sent, writerOf } = recorded();
  const write = writerOf('stdout');
  write('a');
  expect(sent).toEqual([['stdout', 'a']]);
  for (let i = 0; i < 100; i++) write('b');
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent.map(([, text]) => text).join('')).toBe(`a${'b'.repeat(100)}`);
  expect(sent.length).toBeLessThan(100);
});

test('the two streams keep their order', () => {
  const { sent, writerOf, flush } = recorded();
  writerOf('stdout')('1');
  writerOf('stdout')('2');
  writerOf('stderr')('3');
  writerOf('stdout')('4');
  flush();
  expect(sent).toEqual([
    ['stdout', '1'],
    ['stdout', '2'],
    ['stderr', '3'],
    ['stdout', '4'],
  ]);
});

test('a letter that comes in two pieces arrives whole, and who waits is told', async () => {
  const { sent, writerOf, flush } = recorded();
  const write = writerOf('stdout');
  const [first, second] = [Buffer.from('ö').subarray(0, 1), Buffer.from('ö').subarray(1)];
  write(first);
  await new Promise<void>((resolve) => write(second, () => resolve()));
  flush();
  expect(sent.map(([, text]) => text).join('')).toBe('ö');
});
