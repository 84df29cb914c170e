import { describeForKeras } from '../../../src/saving/keras/describeForKeras';
import { asKeras2, onlyInKeras3 } from '../../../src/saving/keras/asKeras2';
import { tf } from '../../../src/tensorflow/tf';

/*
The names of fields, layers and calls as tf_keras 2.21.0 writes them; of each layer, what it gets here.

i = keras.Input((4, 4, 3), name='img')
x = layers.LeakyReLU(alpha=0.25, name='leaky')(i)
o = layers.Dense(1, kernel_initializer='zeros', name='out')(layers.Add(name='sum')([i, x]))
print(keras.Model(i, o, name='net').to_json())
*/
test('asKeras2() writes a Functional model as Keras 2 does', () => {
  const input = tf.input({ shape: [4, 4, 3], name: 'img' });
  const leaky = tf.layers.leakyReLU({ alpha: 0.25, name: 'leaky' }).apply(input);
  const sum = tf.layers.add({ name: 'sum' }).apply([input, leaky as tf.SymbolicTensor]);
  const out = tf.layers.dense({ units: 1, kernelInitializer: 'zeros', name: 'out' }).apply(sum);
  const model = tf.model({ inputs: input, outputs: out as tf.SymbolicTensor, name: 'net' });
  const { config } = describeForKeras(model);
  expect(onlyInKeras3(config)).toBeUndefined();
  const zeros = { class_name: 'Zeros', config: {} };
  const common = { trainable: true, dtype: 'float32' };
  expect(asKeras2(config)).toEqual({
    class_name: 'Functional',
    config: {
      name: 'net',
      trainable: true,
      layers: [
        {
          name: 'img',
          class_name: 'InputLayer',
          config: {
            batch_input_shape: [null, 4, 4, 3],
            dtype: 'float32',
            sparse: false,
            ragged: false,
            name: 'img',
          },
          inbound_nodes: [],
        },
        {
          name: 'leaky',
          class_name: 'LeakyReLU',
          config: { name: 'leaky', ...common, alpha: 0.25 },
          inbound_nodes: [[['img', 0, 0, {}]]],
        },
        {
          name: 'sum',
          class_name: 'Add',
          config: { name: 'sum', ...common },
          inbound_nodes: [
            [
              ['img', 0, 0, {}],
              ['leaky', 0, 0, {}],
            ],
          ],
        },
        {
          name: 'out',
          class_name: 'Dense',
          config: {
            name: 'out',
            ...common,
            units: 1,
            activation: 'linear',
            use_bias: true,
            kernel_initializer: zeros,
            kernel_regularizer: null,
            kernel_constraint: null,
            bias_initializer: zeros,
            bias_regularizer: null,
            bias_constraint: null,
          },
          inbound_nodes: [[['sum', 0, 0, {}]]],
        },
      ],
      input_layers: [['img', 0, 0]],
      output_layers: [['out', 0, 0]],
    },
  });
  model.dispose();
});

test('onlyInKeras3() names the first layer that Keras 2 has not, computes otherwise, or counts the calls of otherwise', () => {
  const shown = (layers: tf.layers.Layer[]) => {
    const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [6] }), ...layers] });
    const said = onlyInKeras3(describeForKeras(model).config);
    model.dispose();
    return said;
  };
  const dense = (name: string, activation: 'relu' | 'hardSigmoid') =>
    tf.layers.dense({ units: 2, name, activation });
  expect(shown([dense('a', 'relu')])).toBeUndefined();
  const hard = tf.layers.activation({
    activation: 'kerasHardSigmoid' as 'hardSigmoid',
    name: 'hard',
  });
  const within = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] }), hard] });
  expect(shown([dense('b', 'relu'), within])).toBe('"hard" (Activation)');
  const plain = tf.sequential({
    name: 'plain',
    layers: [tf.layers.dense({ units: 1, inputShape: [2] })],
  });
  expect(shown([dense('c', 'relu'), plain])).toBeUndefined();
  const input = tf.input({ shape: [2] });
  const outer = tf.model({ inputs: input, outputs: plain.apply(input) as tf.SymbolicTensor });
  expect(onlyInKeras3(describeForKeras(outer).config)).toBe('"plain" (Sequential)');
});
