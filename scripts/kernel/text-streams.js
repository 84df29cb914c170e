const { TextDecoder } = require('node:util');

/** How long text may wait for more, in milliseconds; as long as nothing else is sent. */
const LONGEST_WAIT = 50;

/**
 * Sends what a cell prints. The first line goes at once; what follows closely goes together, so that a loop that prints
 * a hundred thousand lines sends a few messages, even while it keeps the process busy.
 * @param {(name: string, text: string) => void} send
 */
function textStreams(send) {
  let [waiting, stream, sent] = ['', 'stdout', 0];
  let isScheduled = false;

  function flush() {
    if (waiting === '') return;
    const text = waiting;
    [waiting, sent] = ['', Date.now()];
    send(stream, text);
  }

  /** @param {string} name @param {string} text */
  function write(name, text) {
    if (name !== stream) flush();
    stream = name;
    waiting += text;
    if (Date.now() - sent >= LONGEST_WAIT) return flush();
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      flush();
    });
  }

  /**
   * @param {'stdout' | 'stderr'} name
   * @returns {typeof process.stdout.write} for `process[name].write`
   */
  function writerOf(name) {
    const decoder = new TextDecoder();
    /** @param {string | Uint8Array} chunk @param {any[]} rest perhaps its encoding, perhaps whom to tell */
    return (chunk, ...rest) => {
      const done = rest.find((one) => typeof one === 'function');
      write(name, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
      if (done) process.nextTick(done);
      return true;
    };
  }

  return { flush, writerOf };
}

module.exports = { textStreams };
