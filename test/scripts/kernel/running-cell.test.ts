import { type Cell, type CellOutput, executeCells } from '../../support/kernel';

const ended = 'the Stop button was pressed, and the cell ended here';
const pending = `${ended}; what it was waiting for may still come to its own end`;

/** Cells that print «begun» are stopped there; behind an await, because Node forgets a signal that comes as a script ends. */
const sources = {
  helpers: `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const nap = async (ms: number): Promise<number> => { await sleep(ms); return ms; };
    let steps = 0;
    async function* count() {
      try { for (let i = 0; ; i++) { await nap(20); yield i; } } finally { console.log('closed'); }
    }`,

  waits: `await null; console.log('begun'); await nap(300); console.log('behind the wait');`,
  loops: `for (;; steps++) { await sleep(steps < 4 ? 5 : 300); if (steps === 3) console.log('begun'); }`,
  stepsAtOnce: `const atOnce = steps; await nap(400); steps - atOnce;`,
  inFunction: `const work = async () => {
      for (;; steps++) { if (steps === 10) console.log('begun'); await nap(steps < 10 ? 5 : 80); }
    };
    await Promise.all([work(), work()]);`,
  stepsThen: `const then = steps; await nap(100); steps - then;`,
  eachValue: `for await (const i of count()) if (i === 1) console.log('begun');`,
  microtasks: `await null; console.log('begun'); for (let i = 0; i < 1e9; i++) await null;`,
  predictions: `import { tf } from 'smile-lab';
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    const x = tf.ones([1, 2]); await null; console.log('begun');
    for (let i = 0; i < 1e9; i++) { const p = model.predict(x) as tf.Tensor; await p.data(); p.dispose(); }`,
  dataset: `const rows = tf.data.array([1, 2, 3]).repeat();
    await null; await rows.forEachAsync(() => { if (++steps % 1000 === 0) console.log('begun'); });`,
  stepsOfDataset: `const ofDataset = steps; await nap(100); steps - ofDataset;`,
  covers: `import { buildHappyOrSad, showOcclusion } from 'smile-lab';
    const happy = buildHappyOrSad(); let rows = 0;
    const predict = happy.predict.bind(happy);
    happy.predict = (xs) => { if (++rows === 3) console.log('begun'); return predict(xs); };
    const input = { imageSize: [150, 150] as [number, number], rescale: { divisor: 255 } };
    const face = '../data/happy-or-sad/happy/noto-1f600-grinning-face.png';
    await showOcclusion({ model: happy, classNames: ['a', 'b'], input }, [face, face], { patchSize: 6 });`,
  rowsAfter: `const ofCovering = rows; await nap(500); [ofCovering < 73, rows - ofCovering];`,
  checks: `import { checkPictures } from 'smile-lab';
    let looked = 0; await null;
    const onProgress = (done: number) => { if (looked === 0) console.log('begun'); looked = done; };
    await checkPictures('../data/emotions', { onProgress });`,
  checkedAfter: `const ofChecking = looked; await nap(300); [ofChecking < 320, looked - ofChecking];`,
  swallows: `await null; console.log('begun'); for (;;) try { await nap(5); steps++; } catch {}`,
  stepsOfSwallower: `const ofSwallower = steps; await nap(100); steps - ofSwallower;`,
  caught: `await null; console.log('begun'); try { await nap(1e6); } catch (error) { console.log(String(error)); }`,
  tidies: `await null; console.log('begun');
    try { await nap(1e6); } finally { await sleep(50); console.log('tidied'); }`,
  tidiesLong: `await null; console.log('begun');
    try { await nap(1e6); } finally { await sleep(1500); console.log('tidied late'); }`,
  late: `await sleep(1500);`,

  background: `let ticks = 0; void (async () => { for (;;) { await nap(20); ticks++; } })(); 'at once';`,
  stopped: `await null; console.log('begun'); await nap(1e6);`,
  afterwards: `const atStop = ticks; await nap(300); console.log(ticks > atStop, await nap(7));`,

  loopForm: `for await (const i of [1, nap(2), 3]) { console.log(i); if (i === 2) break; }
    for await (const i of count()) { if (i === 1) break; }
    const doubled: number = (await (nap(4))) * 2; console.log(doubled, await [nap(5)][0]);`,
  trace: `async function fails(): Promise<never> { await nap(1);
      throw new Error('deep'); }
    const via = async (): Promise<never> =>
      await fails();

    await via();`,
  notIterable: `for await (const one of 5 as any) console.log(one);`,
  rejected: `try { await Promise.reject(new RangeError('as before')); } catch (error) { console.log(String(error)); }`,
};

let outputs: Record<keyof typeof sources, CellOutput[]>;

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  const cells = Object.values(sources).map((source): Cell =>
    source.includes('begun') ? { source, stopAfter: 'begun' } : { source },
  );
  const all = await executeCells(cells);
  outputs = Object.fromEntries(
    Object.keys(sources).map((name, index) => [name, all[index]]),
  ) as typeof outputs;
});

const printed = (name: keyof typeof sources) =>
  outputs[name].map(({ text = '' }) => text.replace('begun\n', '')).join('');
const result = (name: keyof typeof sources) => outputs[name].at(-1)?.data?.['text/plain'];
const error = (name: keyof typeof sources) => {
  const { ename, evalue } = outputs[name].at(-1) ?? {};
  return `${ename}: ${evalue}`;
};

describe('Stop ends a cell', () => {
  test('at its await: what stands behind it does not run, then or later', () => {
    expect(error('waits')).toBe(`Stopped: ${pending}`);
    expect(printed('waits')).toBe('');
    expect(printed('stepsAtOnce')).toBe('');
  });

  test.each([
    ['in a loop', 'loops', 'stepsAtOnce'],
    ['in functions that it awaits', 'inFunction', 'stepsThen'],
  ] as const)('%s', (_, name, later) => {
    expect(error(name)).toBe(`Stopped: ${pending}`);
    expect(result(later)).toBe('0');
  });

  test('in a for await, and ends its generator', () => {
    expect(error('eachValue')).toContain(ended);
    expect(printed('eachValue')).toBe('closed\n');
  });

  test.each(['microtasks', 'predictions'] as const)(
    'in a loop whose awaits all are fulfilled at once: %s',
    (name) => expect(error(name)).toBe(`Stopped: ${ended}`),
  );

  test('in its function that a dataset calls', () => {
    expect(error('dataset')).toBe(`Stopped: ${ended}`);
    expect(result('stepsOfDataset')).toBe('0');
  });

  test('and the predictions of the library that it waits for', () => {
    expect(error('covers')).toContain(`Stopped: ${ended}`);
    expect(result('rowsAfter')).toMatch(/^\[ true, [01] \]$/);
  });

  test('and the check of pictures that it waits for', () => {
    expect(error('checks')).toContain(`Stopped: ${ended}`);
    expect(result('checkedAfter')).toBe('[ true, 0 ]');
  });

  test('that catches what its awaits throw and goes on', () => {
    expect(error('swallows')).toBe(`Stopped: ${ended}`);
    expect(result('stepsOfSwallower')).toBe('0');
  });

  test('that catches it and comes to its end', () => {
    expect(printed('caught')).toBe(`Stopped: ${ended}\n`);
    expect(error('caught')).toContain(`Stopped: ${ended}`);
  });
});

describe('its finally', () => {
  test('runs to the end', () => {
    expect(printed('tidies')).toBe('tidied\n');
    expect(error('tidies')).toContain(`Stopped: ${ended}`);
  });

  test('is told to go on where it takes long', () => {
    expect(printed('tidiesLong')).toBe('');
    expect(error('tidiesLong')).toBe(
      `Stopped: ${ended}; but what stands in its finally still runs`,
    );
    expect(printed('late')).toBe('tidied late\n');
  });
});

test('Stop ends neither what an earlier cell left in the background nor its functions', () => {
  expect(result('background')).toBe('at once');
  expect(error('stopped')).toBe(`Stopped: ${pending}`);
  expect(printed('afterwards')).toBe('true 7\n');
});

describe('without Stop a cell', () => {
  test('awaits in each form', () => {
    expect(printed('loopForm')).toBe('1\n2\nclosed\n8 5\n');
    expect(printed('rejected')).toBe('RangeError: as before\n');
  });

  test('is told what for await needs', () => {
    expect(error('notIterable')).toMatch(/^TypeError: for await needs a list, .*; got 5$/);
  });

  test('that fails behind awaits tells the lines that awaited', () => {
    const lines = (outputs.trace.at(-1)?.traceback ?? []).map(
      (line) => /, line .*/.exec(line)?.[0],
    );
    expect(lines.slice(1).map((line) => line?.replace('\x1b[0m', ''))).toEqual([
      ', line 2 in fails',
      ', line 4 in via',
      ', line 6',
    ]);
  });
});
