import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { learningRateOf } from '../../src/training/fit/setLearningRate';
import { scheduleLearningRate } from '../../src/training/callbacks/scheduleLearningRate';
import { tf } from '../../src/tensorflow/tf';
import { exportsOf, CONTEXT } from '../support/examples/exampleImports';
import { freeNames } from '../support/examples/readExamples';
import { typeProblems } from '../support/examples/typeProblems';
import { runPython } from '../support/keras';
import { publicNames } from '../support/publicApi/publicNames';
import { buildTiny, tinyData } from '../support/tinyTraining';

const text = readFileSync('docs/names-from-keras-and-fastai.md', 'utf8');

/** The code in a column of the tables under a heading. */
function column(heading: string, index: number): string[] {
  const part = text.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).flatMap((row) => codeIn(row.split(/(?<=[^\\]) \| | \|$|^\| /)[index + 1]!));
}

function codeIn(prose: string): string[] {
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}

const keras = column('From Keras', 0);
const ours = [...column('From Keras', 1), ...column('From fast.ai', 1)];
const lastPart = codeIn(text.split('## What neither has\n')[1]!).filter((code) => /\(/.test(code));
const [block] = /(?<=```ts\n)[^]*?(?=```)/.exec(text)!;

test('Keras has each name of the first column, with each argument', async () => {
  expect(keras.length).toBeGreaterThan(25);
  const missing = await runPython<string[]>(
    `
import inspect, json, re, sys, keras

def is_there(name):
    path, _, given = name.rstrip(')').partition('(')
    found = keras
    for part in path.split('.')[1:]:
        found = getattr(found, part, None)
    if found is None:
        return False
    parameters = inspect.signature(found).parameters
    takes_all = any(one.kind == one.VAR_KEYWORD for one in parameters.values())
    return all(one in parameters or takes_all for one in re.findall(r'(\\w+)=', given))

print(json.dumps([name for name in sys.argv[1:] if not is_there(name)]))
`,
    [...keras, ...codeIn(text).filter((code) => /^keras\.[\w.]+$/.test(code))],
  );
  expect(missing).toEqual([]);
});

test('each line of the second column, and the code below, compiles', () => {
  expect(ours.length).toBeGreaterThan(50);
  const file = 'src/training/callbacks/scheduleLearningRate.ts';
  const examples = [...ours, ...lastPart, block].map((code) => ({ place: code, file, code }));
  expect(typeProblems(examples)).toEqual(new Map());
});

test('each name in it can be imported from smile-lab', () => {
  const { values } = publicNames();
  const context = exportsOf(CONTEXT);
  const names = new Set([...ours, ...lastPart, block].flatMap((code) => [...freeNames(code)]));
  const others = [...names].filter((name) => !values.has(name) && !context.includes(name));
  expect(others.sort()).toEqual(['Infinity']);
});

test('the schedule in it lowers the rate after the same epochs as ReduceLROnPlateau of Keras', async () => {
  const model = buildTiny();
  const [rates, losses]: number[][] = [[], []];
  const record = new tf.CustomCallback({
    onEpochEnd: async (_, logs) => {
      rates!.push(learningRateOf(model.optimizer)!);
      losses!.push(logs!['val_loss'] as number);
    },
  });
  // Validated on the opposite answers, the loss rises after a few epochs.
  const validation = tinyData().mapAsync(async ({ xs, ys }) => ({ xs, ys: tf.sub(1, ys) }));
  const given = { tf, scheduleLearningRate, record, model, train: tinyData(), validation };
  const code = ts.transpile(block.replace('[watch, ', '[record, watch, '), {
    target: ts.ScriptTarget.ES2022,
  });
  const AsyncFunction = (async () => {}).constructor as new (
    ...code: string[]
  ) => (...given: unknown[]) => Promise<void>;
  await new AsyncFunction(...Object.keys(given), code)(...Object.values(given));
  expect(losses).toHaveLength(20);
  const expected = await runPython<number[]>(
    `
import json, sys, keras
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.001), 'mse')
callback = keras.callbacks.ReduceLROnPlateau(monitor='val_loss', mode='min', factor=0.1, patience=2)
callback.set_model(model)
callback.on_train_begin()
rates = []
for epoch, loss in enumerate(json.loads(sys.argv[1])):
    rates.append(float(model.optimizer.learning_rate))
    callback.on_epoch_end(epoch, {'val_loss': loss})
print(json.dumps(rates))
`,
    [JSON.stringify(losses)],
  );
  expect(new Set(expected).size).toBeGreaterThan(2);
  expect(rates!.map((rate) => rate.toPrecision(5))).toEqual(
    expected.map((rate) => rate.toPrecision(5)),
  );
});
