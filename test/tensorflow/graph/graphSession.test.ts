import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GraphBuilder } from '../../../src/tensorflow/graph/graphBuilder';
import { constantNode, type GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { GraphError, GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { attribute, nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import { createTensor, tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { runCompiled } from '../../support/children';
import { nativeTensors } from '../../support/nativeOps';
import { graphFolders, sessions } from '../../support/tinyModel';

/** y = x + 1, and a variable that `add` raises by y. */
function buildGraph(): GraphNode[] {
  const graph = new GraphBuilder();
  const x = graph.placeholder('x', [2]);
  const y = graph.op('y', 'AddV2', [x, graph.number('one', 1)]);
  const sum = graph.variable('sum', [2]);
  graph.assign('set', 'AssignVariableOp', sum, [x]);
  graph.op('isSet', 'Identity', ['one', '^set']);
  const raised = graph.op('raised', 'AddV2', [graph.read('before', sum), y]);
  graph.assign('add', 'AssignVariableOp', sum, [raised]);
  graph.op('after', 'Identity', [raised, '^add']);
  return graph.nodes;
}

function run(session: GraphSession, x: number[], outputs: string[]): number[][] {
  return tf.tidy(() =>
    session
      .run([['x', tensorId(tf.tensor1d(x))]], outputs)
      .map((result) => Array.from(createTensor(result).dataSync())),
  );
}

afterEach(() => {
  jest.restoreAllMocks();
  expect(sessions()).toBe(0);
  expect(graphFolders()).toEqual([]);
});

test('runs what the outputs need, in the order in which they are named', () => {
  const session = new GraphSession(buildGraph());
  expect(run(session, [1, 2], ['y', 'one'])).toEqual([[2, 3], [1]]);
  session.close();
});

test('numbers that stand in the graph come out of it to the last bit, also those that are none', () => {
  const { TF_FLOAT, TF_INT32 } = nativeLibrary().binding;
  const given = (dtype: number, values: Float32Array | Int32Array) => {
    const { length } = values;
    const type = attribute.type('T', dtype);
    const session = new GraphSession([
      constantNode('x', dtype, [length], values),
      { name: 'y', op: 'Identity', inputs: ['x'], attributes: [type] },
    ]);
    const [result] = session.run([], ['y']);
    session.close();
    return Buffer.from(createTensor(result!).dataSync().slice().buffer);
  };
  const floats = [NaN, Infinity, -Infinity, -0, 0, 2 ** -149, 3.4e38, 0.1, -1.5e-7, 16777217];
  for (const x of floats) {
    for (const values of [Float32Array.of(x, x), Float32Array.of(x, 1)]) {
      expect(given(TF_FLOAT, values)).toEqual(Buffer.from(values.buffer));
    }
  }
  for (const x of [-(2 ** 31), 2 ** 31 - 1]) {
    const values = Int32Array.of(x, x);
    expect(given(TF_INT32, values)).toEqual(Buffer.from(values.buffer));
  }
  const everyByte = Int32Array.from({ length: 256 }, (_, byte) => byte * 0x01010101);
  expect(given(TF_INT32, everyByte)).toEqual(Buffer.from(everyByte.buffer));
});

test('keeps the values of variables from run to run, each session its own', () => {
  const [one, two] = [buildGraph(), buildGraph()].map((nodes) => new GraphSession(nodes));
  run(one!, [0, 0], ['isSet']);
  run(two!, [10, 10], ['isSet']);
  expect(run(one!, [1, 2], ['after'])).toEqual([[2, 3]]);
  expect(run(one!, [1, 2], ['after'])).toEqual([[4, 6]]);
  expect(run(two!, [1, 2], ['after'])).toEqual([[12, 13]]);
  one!.close();
  two!.close();
});

test('leaves no file behind while it is open, and no tensor when it is closed', () => {
  const before = nativeTensors();
  const session = new GraphSession(buildGraph());
  expect(graphFolders()).toEqual([]);
  run(session, [1, 2], ['y']);
  session.close();
  session.close();
  expect(nativeTensors()).toBe(before);
});

test('throws a GraphError of one line for a graph that TensorFlow refuses', () => {
  const graph = new GraphBuilder();
  graph.op('y', 'NoSuchOp', []);
  const open = () => new GraphSession(graph.nodes);
  expect(open).toThrow(GraphError);
  expect(open).toThrow(/^[^\n]*NoSuchOp[^\n]*$/);
});

test('throws a GraphError for an op that fails, and runs again after it', () => {
  const session = new GraphSession(buildGraph());
  const uninitialized = () => run(session, [1, 2], ['after']);
  expect(uninitialized).toThrow(GraphError);
  expect(run(session, [1, 2], ['y'])).toEqual([[2, 3]]);
  session.close();
});

test('throws a GraphError once it is closed', () => {
  const session = new GraphSession(buildGraph());
  session.close();
  expect(() => run(session, [1, 2], ['y'])).toThrow(new GraphError('the session is closed'));
});

describe('a file that is changed between writing and reading', () => {
  const write = fs.writeFileSync;

  /** Changes the file as soon as it is written, as somebody else would. */
  function tamper(change: (graph: Buffer) => void): void {
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, graph) => {
      const changed = Buffer.from(graph as string);
      write(file, graph);
      change(changed);
      write(file, changed);
    });
  }

  test.each<[string, (graph: Buffer) => void]>([
    ['with other bytes', (graph) => graph.fill(0xff)],
    // It is read well, and y = x + 1 would be y = x + 2.
    ['in one number', (graph) => void graph.write('2', graph.indexOf('float_val:1') + 10)],
  ])('%s is named and not run', (_, change) => {
    tamper(change);
    expect(() => new GraphSession(buildGraph())).toThrow(
      /^its file \S+saved_model\.pbtxt was changed before TensorFlow had read it$/,
    );
  });

  test('is missed when it is gone', () => {
    jest.spyOn(fs, 'writeFileSync').mockImplementation();
    expect(() => new GraphSession(buildGraph())).toThrow(GraphError);
  });
});

test('trains op by op, and says why, where the disk takes no file', async () => {
  // A limit of the file size for the process; in Node its signal must be caught, then a write fails as on a full disk.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'limited-'));
  const { stdout, stderr, status } = await runCompiled(
    `process.on('SIGXFSZ', () => {});
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })], name: 'm' });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    model.setWeights([tf.ones([2, 1]), tf.zeros([1])]);
    const losses = [];
    for (let i = 0; i < 3; i++) losses.push(await model.trainOnBatch(tf.ones([1, 2]), tf.zeros([1, 1])));
    console.log(JSON.stringify([losses, require('node:fs').readdirSync(args[0])]));`,
    [folder],
    {
      env: { TMPDIR: folder },
      wrap: (command) => ['bash', '-c', 'ulimit -f 1; exec "$@"', 'bash', ...command],
    },
  );
  fs.rmSync(folder, { recursive: true });
  expect(status).toBe(0);
  // y = 2, d = y² by 2y = 4 for each of 3 weights: with the rate 0.01 y falls by 0.12 at first, to 94 % at each step.
  const losses = [4, 4 * 0.94 ** 2, 4 * 0.94 ** 4].map((loss) => expect.closeTo(loss, 4));
  expect(JSON.parse(stdout)).toEqual([losses, []]);
  expect(
    stderr.match(/The model "m_model" trains op by op.*EFBIG: file too large.*\./g),
  ).toHaveLength(1);
});
