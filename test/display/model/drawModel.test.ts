import sharp from 'sharp';

import { drawModel, showModel } from '../../../src/display/model/drawModel';
import { buildHappyOrSad } from '../../../src/models/buildHappyOrSad';
import { tf } from '../../../src/tensorflow/tf';
import { inNotebookCell, svgIn } from '../notebookCell';

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

function connectionsOf(svg: string): number {
  const [, path = ''] = /<path d="([^"]*)" fill="none" stroke="#767676"/.exec(svg) ?? [];
  return path.split('M').length / 2 - 0.5; // a line and an arrow head each
}

test('drawModel() tells each layer, its shape and its parameters, as model.summary() does', () => {
  const model = buildHappyOrSad();
  const svg = drawModel(model);
  const texts = textsOf(svg);
  expect(texts.slice(3, 11)).toEqual([
    ...['input', 'InputLayer', '150 × 150 × 3', '0'],
    ...[model.layers[0]!.name, 'Conv2D, 16 filters 3 × 3, relu', '148 × 148 × 16', '448'],
  ]);
  expect(texts.slice(-5)).toEqual([
    ...[model.layers.at(-1)!.name, 'Dense, 1 unit, sigmoid', '1', '129'],
    '2,391,329 parameters',
  ]);
  expect(connectionsOf(svg)).toBe(9);
  expect(svg).toContain('<title>Network &quot;happy_or_sad&quot;, 2,391,329 parameters: input');
  model.dispose();
});

/** Two inputs, two branches that are added, a shared and a frozen layer. */
function branches(): tf.LayersModel {
  const input = tf.input({ shape: [8, 6, 3], name: 'left' });
  const other = tf.input({ shape: [8, 6, 3], name: 'right' });
  const shared = tf.layers.conv2d({ filters: 4, kernelSize: 3, name: 'shared_eye' });
  const both = [input, other].map((one) => shared.apply(one) as tf.SymbolicTensor);
  const added = tf.layers.add({ name: 'both' }).apply(both) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: 'flat' }).apply(added);
  const frozen = tf.layers.dense({ units: 2, name: 'frozen_head', trainable: false }).apply(flat);
  return tf.model({
    inputs: [input, other],
    outputs: frozen as tf.SymbolicTensor,
    name: 'two <b>&"eyes"',
  });
}

test('drawModel() draws branches, and tells what is shared and what is frozen', async () => {
  const model = branches();
  const svg = drawModel(model);
  const texts = textsOf(svg);
  expect(texts.filter((text) => text === 'shared_eye')).toHaveLength(2);
  expect(texts.filter((text) => text === 'shared')).toHaveLength(1);
  expect(texts.filter((text) => text === 'frozen')).toHaveLength(1);
  // 4 · (3 · 3 · 3 + 1) = 112, and 2 · (6 · 4 · 4 + 1) = 194 frozen ones.
  expect(texts.at(-1)).toBe('306 parameters, 112 of them trainable');
  expect(connectionsOf(svg)).toBe(6);
  expect(svg).toContain('both (Add) from shared_eye and shared_eye gives 6 × 4 × 4');
  expect(svg).toContain('Network &quot;two &lt;b&gt;&amp;');
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
  model.dispose();
});

test('drawModel() makes no tensor and changes nothing', () => {
  const model = branches();
  const before = [tf.memory().numTensors, JSON.stringify(model.toJSON())];
  drawModel(model);
  expect([tf.memory().numTensors, JSON.stringify(model.toJSON())]).toEqual(before);
  model.dispose();
});

test('drawModel() draws a network inside a network as one layer', () => {
  const inner = tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dense({ units: 4 })],
    name: 'inner',
  });
  const input = tf.input({ shape: [2], name: 'two' });
  const model = tf.model({ inputs: input, outputs: inner.apply(input) as tf.SymbolicTensor });
  const texts = textsOf(drawModel(model));
  expect(texts.slice(7, 11)).toEqual(['inner', 'Sequential, 2 layers', '4', '25']); // 9 + 16
  model.dispose();
});

test('drawModel() draws sides that are not fixed', () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ filters: 1, kernelSize: 3, inputShape: [null, null, 3] })],
  });
  expect(textsOf(drawModel(model))).toContain('? × ? × 3');
  model.dispose();
});

test('drawModel() tells the last of more than 100 layers in one row, in less than 200 kB', () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 1, inputShape: [1] }));
  for (let i = 0; i < 149; i += 1) model.add(tf.layers.dense({ units: 1 }));
  const svg = drawModel(model);
  expect(textsOf(svg).slice(-5)).toEqual([
    ...['52 more layers', 'listed by model.summary()', '1', '104', '300 parameters'],
  ]);
  expect((4 / 3) * svg.length).toBeLessThan(200_000);
  model.dispose();
});

test.each([[undefined], [null], [5], [{}]])('drawModel() throws on %j', (wrong) => {
  expect(() => drawModel(wrong as unknown as tf.LayersModel)).toThrow(
    /^Cannot draw the model: a tf.LayersModel is required, got /,
  );
});

test('drawModel() throws on a model that does not know its input yet', () => {
  const model = tf.sequential({ name: 'empty' });
  expect(() => drawModel(model)).toThrow(
    new TypeError(
      'Cannot draw the model: "empty" must know its input\'s shape, give the first layer an inputShape',
    ),
  );
});

test('showModel() displays what drawModel() draws', async () => {
  const model = branches();
  const displayed = await inNotebookCell(() => showModel(model));
  expect(svgIn(displayed)).toBe(drawModel(model));
  expect(displayed[0]?.['text/html']).toContain('alt="Network &quot;two &lt;b&gt;');
  model.dispose();
});
