import { PassThrough } from 'node:stream';

import { terminalLine } from '../../../src/display/text/progressLine';

/** A terminal of 20 columns that keeps what is written. */
function terminal(isTTY = true) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 20 });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    written: () => String(stream.read() ?? ''),
  };
}

test('terminalLine() rewrites a line, cuts it to the width, and leaves it once', () => {
  const { stream, written } = terminal();
  const line = terminalLine(stream);
  expect([line.width(), line.isDue()]).toEqual([19, true]);
  line.show('a');
  line.show('b'.repeat(40));
  expect(written()).toBe(`\r\x1b[2Ka\r\x1b[2K${'b'.repeat(19)}`);
  line.end();
  line.end();
  expect(written()).toBe('\n');
  line.end('done');
  line.end();
  expect(written()).toBe('\r\x1b[2Kdone\n');
});

test('terminalLine() writes nothing where the stream is no terminal', () => {
  const { stream, written } = terminal(false);
  const line = terminalLine(stream);
  line.show('a');
  line.end();
  expect(written()).toBe('');
});
